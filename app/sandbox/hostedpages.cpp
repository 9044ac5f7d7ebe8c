// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/hostedpages.h"

#include <QMessageAuthenticationCode>
#include <QUrl>

#include <algorithm>

namespace sandbox {

namespace {

std::string formStart(const World &world, const HostedFlow &flow, std::string_view action, std::string_view id)
{
    const std::string &key = flow.session().key;
    return "<form id=\"" + std::string(id) + "\" method=\"post\" action=\"" + sessionPath(key) + '/'
        + std::string(action) + "\"><input type=\"hidden\" name=\"token\" value=\"" + formToken(world, key) + "\">\n";
}

std::string button(std::string_view id, std::string_view label, std::string_view look = "main")
{
    return "<button type=\"submit\" class=\"button " + std::string(look) + "\" id=\"" + std::string(id) + "\">"
        + escaped(label) + "</button>\n";
}

std::string otherForm(
    const World &world, const HostedFlow &flow, std::string_view action, std::string_view id, std::string_view label)
{
    return formStart(world, flow, action, std::string(action) + "-form") + button(id, label, "other") + "</form>\n";
}

std::string monogram(const Institution &bank)
{
    const char letter = bank.slug.back() == 'h' ? 'O' : static_cast<char>(bank.slug.back() - 'a' + 'A');
    return std::string("<span class=\"mark bank-mark\" aria-hidden=\"true\">F") + letter + "</span>";
}

void addSum(std::string &out, std::string_view name, Cents cents, std::string_view attributes = {})
{
    const std::string marked(attributes);
    out += "<dt" + marked + ">" + escaped(name) + "</dt><dd" + marked + ">" + dollars(cents) + "</dd>\n";
}

std::string summaryCard(const SessionOrder &order)
{
    const auto total = order.total ? order.total : order.payment;
    if (!total)
        return {};
    std::string out = "<aside class=\"card\" id=\"order-summary\" aria-label=\"Order summary\">\n<h2>Your order</h2>\n"
                      "<dl class=\"sums\">\n";
    for (const OrderItem &item : order.items)
        addSum(out, item.description, item.amount);
    if (order.subtotal || order.discount || order.shipping || order.tax)
        out += "<div class=\"rule\"></div>\n";
    if (order.subtotal)
        addSum(out, "Subtotal", *order.subtotal);
    if (order.discount)
        addSum(out, "Discount", -*order.discount);
    if (order.shipping)
        addSum(out, "Shipping", *order.shipping);
    if (order.tax)
        addSum(out, "Tax", *order.tax);
    if (!order.items.empty() || order.subtotal)
        out += "<div class=\"rule\"></div>\n";
    addSum(out, "Total", *total, " class=\"total\"");
    return out + "</dl>\n</aside>\n";
}

std::string headerPart()
{
    return "<header class=\"merchant\"><span class=\"mark\" aria-hidden=\"true\">"
        + std::string(merchantName.substr(0, 1)) + "</span><div><p class=\"merchant-name\" id=\"merchant-name\">"
        + escaped(merchantName) + "</p><p class=\"quiet\">Pay by Bank with Link Money</p></div></header>\n";
}

std::string shell(const std::string &content, bool narrow)
{
    return std::string("<div class=\"shell") + (narrow ? " narrow-shell" : "") + "\">\n" + headerPart() + content
        + "</div>\n";
}

// The origin a form's redirect may lead to. A custom scheme has none but itself.
std::string formTargetOf(const SessionOrder &order)
{
    const QUrl url(QString::fromStdString(order.redirectUrl), QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || url.isRelative())
        return {};
    return web ? (url.scheme() + QLatin1String("://") + url.authority(QUrl::FullyEncoded)).toStdString()
               : url.scheme().toStdString() + ':';
}

std::string_view titleOf(const HostedFlow &flow)
{
    switch (flow.session().progress.step) {
    case PageStep::Bank:
        return "Choose your bank";
    case PageStep::SignIn:
        return "Sign in to your bank";
    case PageStep::Account:
        return flow.order().verify ? "Choose the account to share" : "Choose an account";
    case PageStep::Consent:
        return flow.order().verify ? "Share your account details" : "Connect this account";
    case PageStep::Pay:
        return "Confirm your payment";
    case PageStep::Done:
        return "Your bank is connected";
    case PageStep::Refused:
        return "This bank cannot be used";
    case PageStep::Ended:
        return "All done";
    }
    return {};
}

std::string bankPart(const World &world, const HostedFlow &flow)
{
    const std::string purpose = flow.order().verify ? "Share an account with " + escaped(merchantName)
        : flow.order().payment                      ? "Pay straight from your bank account"
                                                    : "Connect the account you pay from";
    std::string out = "<p>" + purpose + ". You sign in with the user name your bank gave you.</p>\n";
    out += formStart(world, flow, "bank", "bank-form") + "<ul class=\"choices\">\n";
    for (const Institution *bank : testBanks()) {
        out += "<li><button type=\"submit\" class=\"choice\" name=\"bank\" value=\"" + std::string(bank->slug)
            + "\" id=\"bank-" + std::string(bank->slug) + "\">" + monogram(*bank) + "<span><strong>"
            + escaped(bank->name) + "</strong><span class=\"quiet\">"
            + (signsInElsewhere(*bank) ? "Signs in at the bank's own page" : "Signs in here")
            + "</span></span></button></li>\n";
    }
    return out + "</ul>\n</form>\n";
}

std::string signInFields(std::string_view prefix)
{
    const std::string start(prefix);
    return "<label class=\"field\" for=\"" + start + "username\">User name<input id=\"" + start
        + "username\" name=\"username\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" required"
          " autofocus></label>\n<label class=\"field\" for=\""
        + start + "password\">Password<input id=\"" + start
        + "password\" name=\"password\" type=\"password\" autocomplete=\"off\" required></label>\n";
}

std::string wrongPassword(std::string_view id)
{
    return "<p class=\"alarm\" role=\"alert\" id=\"" + std::string(id)
        + "\">The user name or the password is wrong. Check both and try again.</p>\n";
}

std::string elsewherePart(const World &world, const HostedFlow &flow)
{
    return "<p>" + escaped(flow.bank()->name)
        + " asks you to sign in on its own page, in a new window. Come back here afterwards.</p>\n"
          "<p id=\"oauth-status\" role=\"status\" class=\"quiet\"></p>\n<div class=\"actions\">\n"
          "<a class=\"button main\" id=\"oauth-open\" target=\"_blank\" rel=\"opener\" href=\"/client/oauth/"
        + flow.session().key + "\">Continue at " + escaped(flow.bank()->name)
        + "</a>\n<a class=\"button other\" id=\"oauth-continue\" href=\"" + sessionPath(flow.session().key)
        + "\">I have signed in</a>\n" + otherForm(world, flow, "back", "back-submit", "Choose another bank")
        + "</div>\n";
}

std::string signInPart(const World &world, const HostedFlow &flow, const PageNotice &notice)
{
    if (signsInElsewhere(*flow.bank()))
        return elsewherePart(world, flow);
    return "<div class=\"account-line\">" + monogram(*flow.bank()) + "<strong id=\"bank-name\">"
        + escaped(flow.bank()->name) + "</strong></div>\n" + (notice.wrongPassword ? wrongPassword("signin-error") : "")
        + formStart(world, flow, "signin", "signin-form") + signInFields({}) + "<div class=\"actions\">"
        + button("signin-submit", "Sign in", "main wide") + "</div></form>\n<div class=\"actions\">"
        + otherForm(world, flow, "back", "back-submit", "Choose another bank") + "</div>\n";
}

std::string accountText(const OfferedAccount &account)
{
    return "<span><strong>" + escaped(account.name) + "</strong><span class=\"quiet\">"
        + (account.savings ? "Savings" : "Checking") + " " + masked(account.lastFour()) + "</span></span>";
}

std::string accountPart(const World &world, const HostedFlow &flow)
{
    std::string out = formStart(world, flow, "account", "account-form")
        + "<ul class=\"choices\" role=\"radiogroup\" aria-labelledby=\"page-title\">\n";
    const auto accounts = flow.accounts();
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        const std::string number = std::to_string(i);
        const bool chosen = i == std::min<std::size_t>(flow.session().progress.choice, accounts.size() - 1);
        out += "<li><label class=\"choice\" for=\"account-" + number
            + "\"><input type=\"radio\" name=\"account\" value=\"" + number + "\" id=\"account-" + number + "\""
            + (chosen ? " checked" : "") + ">" + accountText(accounts[i]) + "</label></li>\n";
    }
    return out + "</ul>\n<div class=\"actions\">" + button("account-submit", "Continue", "main wide")
        + "</div></form>\n<div class=\"actions\">"
        + otherForm(world, flow, "back", "back-submit", "Choose another bank") + "</div>\n";
}

std::string chosenLine(const HostedFlow &flow)
{
    const OfferedAccount account = flow.chosenAccount();
    return "<div class=\"account-line\" id=\"chosen-account\">" + monogram(*flow.bank()) + "<span><strong>"
        + escaped(flow.bank()->name) + "</strong><span class=\"quiet\">" + escaped(account.name) + " "
        + masked(account.lastFour()) + "</span></span></div>\n";
}

std::string consentPart(const World &world, const HostedFlow &flow)
{
    const std::string shop = escaped(merchantName);
    std::string out = chosenLine(flow) + "<p>When you agree, " + shop + " can:</p>\n<ul class=\"facts\">\n";
    if (flow.order().verify)
        out += "<li>see the full account and routing number of this account</li>\n<li>see your name as the bank knows "
               "it</li>\n";
    else
        out += "<li>take payments you approve from this account</li>\n<li>see its last four digits and its bank</li>\n";
    out += "<li>do so until you take this back at your bank</li>\n</ul>\n"
        + formStart(world, flow, "consent", "consent-form") + "<div class=\"actions\">"
        + button("consent-submit", flow.order().verify ? "Agree and share" : "Agree and connect", "main wide")
        + "</div></form>\n<div class=\"actions\">"
        + otherForm(world, flow, "back", "back-submit", "Choose another account") + "</div>\n";
    return out;
}

std::string payPart(const World &world, const HostedFlow &flow)
{
    const std::string amount = dollars(flow.order().payment.value_or(0));
    return "<p>To " + escaped(merchantName) + "</p>\n<p class=\"big\" id=\"pay-amount\">" + amount + "</p>\n"
        + chosenLine(flow) + formStart(world, flow, "pay", "pay-form") + "<div class=\"actions\">"
        + button("pay-submit", "Pay " + amount, "main wide") + "</div></form>\n<div class=\"actions\">"
        + otherForm(world, flow, "decline", "decline-submit", "Do not pay") + "</div>\n";
}

std::string donePart(const World &world, const HostedFlow &flow)
{
    return "<p>" + escaped(merchantName) + " can now take payments you approve from this account.</p>\n"
        + chosenLine(flow) + formStart(world, flow, "done", "done-form") + "<div class=\"actions\">"
        + button("done-submit", "Done", "main wide") + "</div></form>\n";
}

std::string refusedPart(const World &world, const HostedFlow &flow)
{
    return "<p class=\"alarm\" role=\"alert\" id=\"refused-reason\">" + escaped(flow.order().email)
        + " was used with a real bank before. Addresses like that cannot be used with test banks.</p>\n"
        + formStart(world, flow, "done", "done-form") + "<div class=\"actions\">"
        + button("done-submit", "Return to " + std::string(merchantName), "main wide") + "</div></form>\n";
}

std::string partOf(const World &world, const HostedFlow &flow, const PageNotice &notice)
{
    switch (flow.session().progress.step) {
    case PageStep::Bank:
        return bankPart(world, flow);
    case PageStep::SignIn:
        return signInPart(world, flow, notice);
    case PageStep::Account:
        return accountPart(world, flow);
    case PageStep::Consent:
        return consentPart(world, flow);
    case PageStep::Pay:
        return payPart(world, flow);
    case PageStep::Done:
        return donePart(world, flow);
    case PageStep::Refused:
        return refusedPart(world, flow);
    case PageStep::Ended:
        return {};
    }
    return {};
}

std::string stepsLine(const HostedFlow &flow)
{
    const int all = flow.order().payment || flow.order().doneButton ? 5 : 4;
    const int current = static_cast<int>(flow.session().progress.step) + 1;
    if (current > all || flow.session().progress.step == PageStep::Done)
        return {};
    return "<p class=\"steps\" id=\"step-count\">Step " + std::to_string(current) + " of " + std::to_string(all)
        + "</p>\n";
}

std::string footPart(const World &world, const HostedFlow &flow)
{
    return "<footer class=\"foot\">" + formStart(world, flow, "leave", "leave-form")
        + "<button type=\"submit\" class=\"link\" id=\"leave-submit\">Leave and return to " + escaped(merchantName)
        + "</button></form>\n<p class=\"quiet\">This is a sandbox: the banks are made up and no money moves.</p>"
          "</footer>\n";
}

Page messagePage(std::string_view title, std::string_view step, std::string_view text, int status)
{
    Page page;
    page.title = title;
    page.step = step;
    page.status = status;
    page.content = shell("<main class=\"card\"><h1 id=\"page-title\">" + escaped(title) + "</h1>\n<p id=\"page-text\">"
        + escaped(text) + "</p>\n</main>\n", true);
    return page;
}

} // namespace

std::string sessionPath(const std::string &sessionKey)
{
    return "/client/session/" + sessionKey;
}

std::string formToken(const World &world, const std::string &sessionKey)
{
    const QByteArray secret = QByteArray::fromStdString(world.merchant.clientSecret());
    return QMessageAuthenticationCode::hash(
        QByteArray::fromStdString("form " + sessionKey), secret, QCryptographicHash::Sha256)
        .toHex()
        .toStdString();
}

Page stepPage(const World &world, const HostedFlow &flow, const PageNotice &notice)
{
    const std::string title(titleOf(flow));
    const std::string summary = summaryCard(flow.order());
    Page page;
    page.title = title + " - Pay by Bank";
    page.step = nameOf(flow.session().progress.step);
    page.formTargets = formTargetOf(flow.order());
    page.content = shell("<div class=\"columns" + std::string(summary.empty() ? "" : " with-order")
            + "\">\n<main class=\"card\">" + stepsLine(flow) + "<h1 id=\"page-title\">" + title + "</h1>\n"
            + partOf(world, flow, notice) + "</main>\n" + summary + "</div>\n" + footPart(world, flow),
        summary.empty());
    return page;
}

Page verdictPage(SessionVerdict verdict)
{
    if (verdict == SessionVerdict::Used)
        return messagePage("This link was used already", "used",
            "A payment link works once. If you still want to pay, ask the shop for a new one.", 410);
    if (verdict == SessionVerdict::Expired)
        return messagePage("This link has expired", "expired",
            "It was not used in time and nothing was charged. Ask the shop for a new one.", 410);
    return messagePage("There is no such link", "unknown",
        "Check that the whole address was copied, or ask the shop for a new one.", 404);
}

Page farewellPage(const HostedFlow &flow)
{
    const int status = flow.session().progress.status;
    Page page = messagePage(status == 200 ? "All done"
            : status == 204               ? "You left"
                                          : "That did not work",
        "farewell", "You can close this window and go back to the shop.", 200);
    page.attributes = " data-status=\"" + std::to_string(status) + "\"";
    return page;
}

Page strangerPage()
{
    return messagePage("That form cannot be used", "stranger",
        "It did not come from this page, or the page is an old one. Open the link again.", 403);
}

Page diskPage()
{
    return messagePage("Something went wrong here", "failure", "Nothing was changed. Try again in a moment.", 500);
}

Page bankWindowPage(const World &world, const HostedFlow &flow, const PageNotice &notice)
{
    const std::string path = "/client/oauth/" + flow.session().key;
    const std::string token = "<input type=\"hidden\" name=\"token\" value=\"" + formToken(world, flow.session().key)
        + "\">\n";
    Page page;
    page.title = "Sign in - Finbank";
    page.step = "oauth";
    page.attributes = " class=\"bank-window\"";
    page.content = "<div class=\"shell narrow-shell\">\n<header class=\"merchant\">" + monogram(testInstitutionOAuth())
        + "<div><p class=\"merchant-name\">" + escaped(testInstitutionOAuth().name)
        + "</p><p class=\"quiet\">Online banking</p></div></header>\n<main class=\"card\"><h1 id=\"page-title\">Sign "
          "in</h1>\n<p>Link Money asks to see your accounts for "
        + escaped(merchantName) + ".</p>\n" + (notice.wrongPassword ? wrongPassword("oauth-error") : "")
        + "<form id=\"oauth-form\" method=\"post\" action=\"" + path + "\">" + token + signInFields("oauth-")
        + "<div class=\"actions\">" + button("oauth-submit", "Sign in and approve", "main wide")
        + "</div></form>\n<div class=\"actions\"><form id=\"oauth-cancel-form\" method=\"post\" action=\"" + path
        + "/cancel\">" + token + button("oauth-cancel", "Cancel", "other") + "</form></div></main>\n</div>\n";
    return page;
}

Page bankWindowResult(const HostedFlow &flow, std::string_view result)
{
    const bool approved = result == "approved";
    Page page;
    page.title = approved ? "Signed in - Finbank" : "Cancelled - Finbank";
    page.step = "oauth-result";
    page.attributes = " class=\"bank-window\" data-oauth-result=\"" + std::string(result) + "\"";
    page.content = "<div class=\"shell narrow-shell\"><main class=\"card\"><h1 id=\"page-title\">"
        + std::string(approved ? "You are signed in" : "You did not sign in")
        + "</h1>\n<p>You can close this window and go back to the page of the shop.</p>\n<div class=\"actions\">"
          "<a class=\"button main\" id=\"oauth-return\" href=\""
        + sessionPath(flow.session().key) + "\">Continue here instead</a></div></main></div>\n";
    return page;
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/fastlinkpages.h"

#include "app/sandbox/world.h"

#include <QUrl>

#include <algorithm>

namespace sandbox {

namespace {

std::string launchForm(const FastLinkLaunch &launch, std::string_view action)
{
    return "<form id=\"fl-" + std::string(action) + "-form\" method=\"post\" action=\"" + launchPath(launch) + '/'
        + std::string(action) + "\">\n";
}

std::string flButton(std::string_view id, std::string_view label, std::string_view look)
{
    return "<button type=\"submit\" class=\"button " + std::string(look) + "\" id=\"" + std::string(id) + "\">"
        + escaped(label) + "</button>\n";
}

std::string smallForm(const FastLinkLaunch &launch, std::string_view action, std::string_view label)
{
    return launchForm(launch, action) + flButton("fl-" + std::string(action), label, "other") + "</form>\n";
}

std::string providerMark(const Provider &provider)
{
    return "<span class=\"mark bank-mark\" aria-hidden=\"true\">D" + std::string(provider.name.substr(4, 1))
        + "</span>";
}

std::string providerLine(const FastLinkLaunch &launch)
{
    const Provider *provider = providerById(launch.provider);
    if (!provider)
        return {};
    return "<div class=\"account-line\">" + providerMark(*provider) + "<strong id=\"fl-provider-name\">"
        + escaped(provider->name) + "</strong></div>\n";
}

std::string providerPart(const FastLinkLaunch &launch)
{
    std::string out = launchForm(launch, "provider") + "<ul class=\"choices\">\n";
    for (const Provider &provider : providers()) {
        const std::string id = std::to_string(provider.id);
        out += "<li><button type=\"submit\" class=\"choice\" name=\"provider\" value=\"" + id + "\" id=\"fl-provider-"
            + id + "\">" + providerMark(provider) + "<span><strong>" + escaped(provider.name)
            + "</strong></span></button></li>\n";
    }
    return out + "</ul></form>\n";
}

std::string credentialFields(std::string_view prefix)
{
    const std::string start(prefix);
    return "<label class=\"field\" for=\"" + start + "username\">User name<input id=\"" + start
        + "username\" name=\"username\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" required>"
          "</label>\n<label class=\"field\" for=\""
        + start + "password\">Password<input id=\"" + start
        + "password\" name=\"password\" type=\"password\" autocomplete=\"off\" required></label>\n";
}

std::string wrongCredentials(std::string_view id)
{
    return "<p class=\"alarm\" role=\"alert\" id=\"" + std::string(id)
        + "\">The user name or the password is wrong. Check both and try again.</p>\n";
}

std::string credentialsPart(const FastLinkLaunch &launch)
{
    const Provider *provider = providerById(launch.provider);
    if (provider->signsInElsewhere)
        return providerLine(launch) + "<p>" + escaped(provider->name)
            + " asks you to sign in on its own page. This page goes on by itself afterwards.</p>\n"
              "<div class=\"actions\">"
            + launchForm(launch, "openbank") + flButton("fl-oauth-open", "Open the bank's page", "main")
            + "</form><a class=\"button other\" id=\"fl-oauth-link\" target=\"_blank\" href=\"/fastlink-bank/"
            + launch.id + "\">Open it in a new window</a></div>\n";
    return providerLine(launch) + (launch.wrongPassword ? wrongCredentials("fl-error") : std::string())
        + launchForm(launch, "signin") + credentialFields("fl-") + "<div class=\"actions\">"
        + flButton("fl-signin-submit", "Sign in", "main wide") + "</div></form>\n";
}

std::string accountsPart(const World &world, const FastLinkLaunch &launch)
{
    const auto &accounts = world.store.providerAccounts().at(launch.account).accounts;
    const bool one = !launch.aggregates();
    std::string out = providerLine(launch) + launchForm(launch, "accounts") + "<ul class=\"choices\">\n";
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        const std::string number = std::to_string(i);
        out += "<li><label class=\"choice\" for=\"fl-account-" + number + "\"><input type=\""
            + (one ? "radio" : "checkbox") + "\" name=\"account\" value=\"" + number + "\" id=\"fl-account-" + number
            + "\"" + (!one || i == 0 ? " checked" : "") + "><span><strong>" + escaped(accounts[i].name)
            + "</strong><span class=\"quiet\">" + (accounts[i].savings ? "Savings " : "Checking ")
            + masked(accounts[i].lastFour()) + "</span></span><span class=\"amount\">" + dollars(accounts[i].balance)
            + "</span></label></li>\n";
    }
    return out + "</ul><div class=\"actions\">" + flButton("fl-accounts-submit", "Share", "main wide")
        + "</div></form>\n";
}

std::string_view headingOf(FastLinkStep step)
{
    switch (step) {
    case FastLinkStep::Provider:
        return "Find your bank";
    case FastLinkStep::SignIn:
        return "Sign in to your bank";
    case FastLinkStep::Accounts:
        return "Choose accounts to share";
    case FastLinkStep::Success:
        return "Your accounts are linked";
    case FastLinkStep::Failed:
        return "Your bank needs you first";
    case FastLinkStep::Closed:
        return "You can go back now";
    case FastLinkStep::Broken:
        return "FastLink cannot start";
    }
    return {};
}

std::string partFor(const World &world, const FastLinkLaunch &launch)
{
    switch (launch.step) {
    case FastLinkStep::Provider:
        return providerPart(launch);
    case FastLinkStep::SignIn:
        return credentialsPart(launch);
    case FastLinkStep::Accounts:
        return accountsPart(world, launch);
    case FastLinkStep::Success:
        return providerLine(launch) + launchForm(launch, "finish")
            + flButton("fl-finish", "Save and finish", "main wide") + "</form>\n";
    case FastLinkStep::Failed:
        return providerLine(launch)
            + "<p class=\"alarm\" role=\"alert\" id=\"fl-failed\">Sign in at the bank itself, accept its new terms, "
              "then "
              "come back.</p>\n";
    case FastLinkStep::Closed:
        return "<p>This page has told the application how it went.</p>\n";
    case FastLinkStep::Broken:
        return "<p class=\"alarm\" role=\"alert\" id=\"fl-broken\">" + escaped(launch.problem) + ".</p>\n";
    }
    return {};
}

std::string waysOut(const FastLinkLaunch &launch)
{
    const bool back = !launch.edits() && (launch.step == FastLinkStep::SignIn || launch.step == FastLinkStep::Failed);
    std::string out = "<div class=\"actions\">";
    if (back)
        out += smallForm(launch, "back", "Choose another bank");
    if (!launch.edits() && launch.step == FastLinkStep::Success)
        out += smallForm(launch, "another", "Link another bank");
    if (launch.step != FastLinkStep::Closed && launch.step != FastLinkStep::Success)
        out += smallForm(launch, "close", "Close");
    return out + "</div>\n";
}

std::string takeMessages(FastLinkLaunch &launch)
{
    std::string list = "[";
    for (const std::string &message : launch.messages)
        list += (list.size() > 1 ? "," : "") + message;
    launch.messages.clear();
    return list + "]";
}

std::string attribute(std::string_view name, std::string_view value)
{
    return value.empty() ? std::string() : " data-" + std::string(name) + "=\"" + escaped(value) + "\"";
}

// Only web addresses: a callback must not become a script.
std::string callbackOf(const FastLinkLaunch &launch)
{
    const QUrl url(QString::fromStdString(launch.param("callback")), QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return launch.step == FastLinkStep::Closed && url.isValid() && web ? url.toEncoded().toStdString() : std::string();
}

Page plainPage(std::string_view title, std::string_view step, const std::string &content, int status)
{
    Page page;
    page.title = title;
    page.step = step;
    page.status = status;
    page.content = "<div class=\"shell narrow-shell\"><main class=\"card\"><h1 id=\"page-title\">" + escaped(title)
        + "</h1>\n" + content + "</main></div>\n";
    return page;
}

} // namespace

std::string launchPath(const FastLinkLaunch &launch)
{
    return "/fastlink/session/" + launch.id;
}

Page launchPage(const World &world, FastLinkLaunch &launch, std::string_view fault)
{
    const bool waits = launch.step == FastLinkStep::SignIn && providerById(launch.provider)->signsInElsewhere;
    const std::string title(headingOf(launch.step));
    Page page = plainPage(title, nameOf(launch.step), partFor(world, launch) + waysOut(launch), 200);
    page.script = "/fastlink/v4/fastlink.js";
    page.frameParents = world.options.fastLinkUnframed ? "'none'" : "*";
    page.attributes = attribute("messages", takeMessages(launch)) + attribute("trouble", fault)
        + attribute("wait", waits ? launchPath(launch) + "/state" : std::string())
        + attribute("callback", callbackOf(launch)) + attribute("callback-location", launch.param("callbackLocation"));
    if (fault == "fastlinkForeign") {
        QUrl other(QString::fromStdString(world.baseUrl));
        other.setHost(QStringLiteral("localhost"));
        const std::string origin = other.toString().toStdString();
        page.frames = origin;
        page.content += "<iframe id=\"fl-impostor\" title=\"Another origin\" src=\"" + origin
            + "/fastlink/impostor\"></iframe>\n";
    }
    return page;
}

Page noLaunchPage()
{
    return plainPage("FastLink is not open", "nolaunch",
        "<p>It is opened by a form with accessToken and extraParams. If it was open before, start again.</p>\n", 404);
}

Page linkNotKeptPage()
{
    return plainPage("Something went wrong here", "failure",
        "<p>Nothing was changed. Go back and try again in a moment.</p>\n", 500);
}

Page externalBankPage(const FastLinkLaunch &launch, bool wrongPassword)
{
    const Provider *provider = providerById(launch.provider);
    Page page = plainPage("Sign in - " + std::string(provider->name), "bank",
        (wrongPassword ? wrongCredentials("fl-bank-error") : std::string())
            + "<form id=\"fl-bank-form\" method=\"post\" action=\"/fastlink-bank/" + launch.id + "\">"
            + credentialFields("fl-bank-") + "<div class=\"actions\">"
            + flButton("fl-bank-submit", "Sign in and approve", "main wide") + "</div></form>\n",
        200);
    page.attributes = " class=\"bank-window\"";
    const QUrl intent(QString::fromStdString(launch.param("intentUrl")), QUrl::StrictMode);
    if (intent.isValid() && !intent.scheme().isEmpty())
        page.formTargets = "*";
    return page;
}

Page externalBankDone()
{
    Page page = plainPage(
        "You are signed in", "bank-done", "<p>You can close this window. The other page goes on by itself.</p>\n", 200);
    page.attributes = " class=\"bank-window\"";
    return page;
}

Page impostorPage()
{
    Page page = plainPage("Another origin", "impostor", {}, 200);
    page.script = "/fastlink/v4/impostor.js";
    page.frameParents = "*";
    return page;
}

} // namespace sandbox

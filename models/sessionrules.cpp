// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/draftreading.h"
#include "models/maildraft.h"
#include "models/profiles.h"
#include "models/sessiondraft.h"

#include "api/jsonreader.h"
#include "api/paybybank/payments.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

std::expected<std::optional<qint64>, api::AmountProblem> draftCents(QStringView text)
{
    if (text.isEmpty())
        return std::optional<qint64>();
    const auto cents = api::parseTypedAmount(text);
    if (!cents && cents.error() == api::AmountProblem::Zero)
        return std::optional<qint64>(0);
    if (!cents)
        return std::unexpected(cents.error());
    return std::optional(*cents);
}

std::expected<std::optional<bool>, FlagProblem> draftFlag(QStringView text)
{
    if (text.isEmpty())
        return std::optional<bool>();
    const auto isOne = [text](std::initializer_list<QStringView> words) {
        return std::ranges::any_of(
            words, [text](QStringView word) { return text.compare(word, Qt::CaseInsensitive) == 0; });
    };
    if (isOne({yesWord, u"yes", u"1"}))
        return std::optional(true);
    if (isOne({noWord, u"no", u"0"}))
        return std::optional(false);
    return std::unexpected(FlagProblem::NotYesOrNo);
}

namespace {

struct RuleWords
{
    Q_DECLARE_TR_FUNCTIONS(models::SessionDraft)
};

using Findings = QList<DraftFinding>;
using F = SessionField;

constexpr qsizetype profileIdLimit = 128;

void addError(Findings &to, F field, const QString &sentence)
{
    to.append({.field = field, .sentence = sentence});
}

void addWarning(Findings &to, F field, const QString &sentence)
{
    to.append({.field = field, .warning = true, .sentence = sentence});
}

void addItemError(Findings &to, int item, const QString &sentence)
{
    to.append({.field = F::Total, .item = item, .sentence = sentence});
}

//! The cents of a field that can be read; nothing while it is empty or wrong.
std::optional<qint64> draftCentsOf(const SessionDraft &draft, F field)
{
    return draftCents(draft.text(field)).value_or(std::nullopt);
}

QString draftDollars(qint64 cents)
{
    return (cents < 0 ? u"-$"_s : u"$"_s) + api::plainAmount(cents < 0 ? -cents : cents);
}

QString badAmountText(api::AmountProblem problem)
{
    switch (problem) {
    case api::AmountProblem::CommaAsDecimal:
        return RuleWords::tr("Write the cents after a point, such as 12.50.");
    case api::AmountProblem::TooManyDecimals:
        return RuleWords::tr("At most two digits after the point.");
    case api::AmountProblem::Negative:
        return RuleWords::tr("The amount cannot be less than zero.");
    case api::AmountProblem::TooLarge:
        return RuleWords::tr("The amount is too large to be sent.");
    case api::AmountProblem::Empty:
    case api::AmountProblem::NotANumber:
    case api::AmountProblem::Zero:
        break;
    }
    return RuleWords::tr("This is not an amount in dollars, such as 12.50.");
}

void checkRequired(const SessionDraft &draft, Findings &to)
{
    for (const F field : {F::FirstName, F::LastName, F::Email, F::RedirectUrl}) {
        if (draft.text(field).isEmpty())
            addError(to, field, RuleWords::tr("%1 is needed.").arg(sessionFieldLabel(field)));
    }
}

//! A line break in a name or an address has no meaning for the service, and could add a header to a mail.
void checkLineBreaks(const SessionDraft &draft, Findings &to)
{
    const auto breaks = [](const QString &text) {
        return std::ranges::any_of(text, [](QChar c) {
            return c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
        });
    };
    for (const SessionFieldInfo &info : sessionFields()) {
        if (breaks(draft.typed(info.field)))
            addError(to, info.field,
                RuleWords::tr("%1 holds a line break or another invisible character. Type it again on one line.")
                    .arg(sessionFieldLabel(info.field)));
    }
    for (int i = 0; i < draft.items.size(); ++i) {
        if (breaks(draft.items.at(i).description))
            addItemError(to, i, RuleWords::tr("The description holds a line break. Type it again on one line."));
    }
}

void checkEmail(const SessionDraft &draft, Findings &to)
{
    const QString problem = draft.text(F::Email).isEmpty() ? QString() : mailAddressProblem(draft.text(F::Email));
    if (!problem.isEmpty())
        addError(to, F::Email, problem);
}

void checkProduct(const SessionDraft &draft, Findings &to)
{
    const QString product = draft.text(F::Product);
    if (product != productPay && product != productVerify)
        addError(to, F::Product, RuleWords::tr("The product is PAY or VERIFY, not “%1”.").arg(product));
}

void checkExperience(const SessionDraft &draft, Findings &to)
{
    const QString experience = draft.text(F::Experience);
    if (!experience.isEmpty() && experience != payInPage && experience != onboardOnly)
        addError(to, F::Experience,
            RuleWords::tr("The experience is LINK_MANAGED_PAYMENT, ONBOARD_WITH_DONE or empty, not “%1”.")
                .arg(experience));
}

void checkPaymentBelongs(const SessionDraft &draft, Findings &to)
{
    const bool given = std::ranges::any_of(std::array{F::PaymentAmount, F::PaymentDescriptor, F::PaymentReference},
        [&draft](F field) { return !draft.text(field).isEmpty(); });
    if (draft.isVerify() && draft.paysInPage())
        addError(
            to, F::Experience, RuleWords::tr("A verification takes no payment. Choose another way for the customer."));
    if (draft.isVerify() && given)
        addError(to, F::PaymentAmount, RuleWords::tr("A verification takes no payment: leave the payment empty."));
    else if (!draft.paysInPage() && given)
        addError(to, F::PaymentAmount,
            RuleWords::tr("A payment is only sent when the customer pays on Link Money's page. Choose that, or leave "
                          "the payment empty."));
    if (draft.paysInPage() && draft.text(F::PaymentAmount).isEmpty())
        addError(to, F::PaymentAmount, RuleWords::tr("Enter the amount that the customer pays."));
}

void checkPaymentAmount(const SessionDraft &draft, Findings &to)
{
    if (draftCentsOf(draft, F::PaymentAmount) == std::optional<qint64>(0))
        addError(to, F::PaymentAmount, RuleWords::tr("The amount must be more than zero."));
}

void checkDescriptor(const SessionDraft &draft, Findings &to)
{
    const QString text = draft.text(F::PaymentDescriptor);
    const auto finding = api::softDescriptorProblem(text);
    if (!finding)
        return;
    addError(to, F::PaymentDescriptor,
        finding->problem == api::DescriptorProblem::TooLong
            ? RuleWords::tr("The text has %1 characters; the most is %2.")
                  .arg(text.size())
                  .arg(api::softDescriptorLimit)
            : RuleWords::tr("Character %1 is not a letter, a digit or a single space.").arg(finding->position + 1));
}

void checkAmounts(const SessionDraft &draft, Findings &to)
{
    for (const SessionFieldInfo &info : sessionFields()) {
        if (info.input != SessionInput::Money)
            continue;
        if (const auto cents = draftCents(draft.text(info.field)); !cents)
            addError(to, info.field, badAmountText(cents.error()));
    }
}

bool hasOrder(const SessionDraft &draft)
{
    const bool items = std::ranges::any_of(draft.items, [](const DraftItem &item) { return !item.isBlank(); });
    return items || std::ranges::any_of(sessionFields(), [&draft](const SessionFieldInfo &info) {
        return (info.section == SessionSection::Order || info.section == SessionSection::ShippingAddress)
            && !draft.text(info.field).isEmpty();
    });
}

void checkTotal(const SessionDraft &draft, Findings &to)
{
    if (hasOrder(draft) && draft.text(F::Total).isEmpty())
        addError(to, F::Total, RuleWords::tr("An order needs a total."));
    if (draftCentsOf(draft, F::Total) == std::optional<qint64>(0))
        addError(to, F::Total, RuleWords::tr("The total must be more than zero."));
}

void checkSubtotal(const SessionDraft &draft, Findings &to)
{
    const bool parts = std::ranges::any_of(
        std::array{F::Discount, F::Shipping, F::Tax}, [&draft](F field) { return !draft.text(field).isEmpty(); });
    if (parts && draft.text(F::Subtotal).isEmpty())
        addError(to, F::Subtotal, RuleWords::tr("A subtotal is needed with a discount, shipping or tax."));
}

void checkItems(const SessionDraft &draft, Findings &to)
{
    for (int i = 0; i < draft.items.size(); ++i) {
        const DraftItem &item = draft.items.at(i);
        if (item.isBlank())
            continue;
        if (item.description.trimmed().isEmpty())
            addItemError(to, i, RuleWords::tr("Item %1 needs a description.").arg(i + 1));
        const auto cents = draftCents(item.amount.trimmed());
        if (!cents)
            addItemError(to, i, RuleWords::tr("Item %1: %2").arg(i + 1).arg(badAmountText(cents.error())));
        else if (!*cents)
            addItemError(to, i, RuleWords::tr("Item %1 needs an amount.").arg(i + 1));
        if (item.goodType != goodDigital && item.goodType != goodPhysical)
            addItemError(to, i, RuleWords::tr("Item %1 is DIGITAL or PHYSICAL.").arg(i + 1));
    }
}

//! Reference 1.4.3 does not say that the sums must agree, so this only warns.
void checkItemsSum(const SessionDraft &draft, Findings &to)
{
    qint64 sum = 0;
    bool any = false;
    for (const DraftItem &item : draft.items) {
        if (item.isBlank())
            continue;
        const auto cents = draftCents(item.amount.trimmed());
        if (!cents || !*cents)
            return;
        sum += **cents;
        any = true;
    }
    const bool withSubtotal = !draft.text(F::Subtotal).isEmpty();
    const F against = withSubtotal ? F::Subtotal : F::Total;
    const auto named = draftCentsOf(draft, against);
    if (any && named && *named != sum)
        addWarning(to, against,
            (withSubtotal ? RuleWords::tr("The items add up to %1, the subtotal says %2.")
                          : RuleWords::tr("The items add up to %1, the total says %2."))
                .arg(draftDollars(sum), draftDollars(*named)));
}

void checkTotalSum(const SessionDraft &draft, Findings &to)
{
    const auto subtotal = draftCentsOf(draft, F::Subtotal);
    const auto total = draftCentsOf(draft, F::Total);
    if (!subtotal || !total)
        return;
    const qint64 sum = *subtotal - draftCentsOf(draft, F::Discount).value_or(0)
        + draftCentsOf(draft, F::Shipping).value_or(0) + draftCentsOf(draft, F::Tax).value_or(0);
    if (sum != *total)
        addWarning(to, F::Total,
            RuleWords::tr("Subtotal, discount, shipping and tax make %1, the total says %2.")
                .arg(draftDollars(sum), draftDollars(*total)));
}

void checkPaymentIsTotal(const SessionDraft &draft, Findings &to)
{
    const auto total = draftCentsOf(draft, F::Total);
    const auto payment = draftCentsOf(draft, F::PaymentAmount);
    if (draft.paysInPage() && total && payment && *total != *payment)
        addWarning(to, F::PaymentAmount,
            RuleWords::tr("The customer pays %1, but the order's total is %2.")
                .arg(draftDollars(*payment), draftDollars(*total)));
}

void checkAddress(const SessionDraft &draft, F street, Findings &to)
{
    const auto part = [street](int offset) { return static_cast<F>(static_cast<int>(street) + offset); };
    bool any = false;
    for (int i = 0; i < 5; ++i)
        any = any || !draft.text(part(i)).isEmpty();
    for (const int i : {0, 1, 2, 4}) { // the postal code is optional
        if (any && draft.text(part(i)).isEmpty())
            addError(to, part(i),
                RuleWords::tr("%1 is needed with the rest of the address.").arg(sessionFieldLabel(part(i))));
    }
}

void checkBillingAddress(const SessionDraft &draft, Findings &to)
{
    checkAddress(draft, F::BillingStreet, to);
}

void checkShippingAddress(const SessionDraft &draft, Findings &to)
{
    checkAddress(draft, F::ShippingStreet, to);
}

void checkProfileId(const SessionDraft &draft, Findings &to)
{
    const qsizetype length = draft.text(F::ProfileId).size();
    if (length > profileIdLimit)
        addError(to, F::ProfileId,
            RuleWords::tr("Your customer id has %1 characters; the most is %2.").arg(length).arg(profileIdLimit));
}

void checkFlags(const SessionDraft &draft, Findings &to)
{
    for (const SessionFieldInfo &info : sessionFields()) {
        if (info.input == SessionInput::YesNo && !draftFlag(draft.text(info.field)))
            addError(to, info.field, RuleWords::tr("%1: write yes or no.").arg(sessionFieldLabel(info.field)));
    }
}

void checkTimes(const SessionDraft &draft, Findings &to)
{
    for (const SessionFieldInfo &info : sessionFields()) {
        const QString text = draft.text(info.field);
        if (info.input != SessionInput::Time || text.isEmpty())
            continue;
        const auto at = api::parseIsoTime(text);
        if (!at)
            addError(to, info.field,
                RuleWords::tr("Write a date such as 2024-05-31, or a moment such as 2024-05-31T14:00:00Z."));
        else if (*at > QDateTime::currentMSecsSinceEpoch())
            addWarning(to, info.field, RuleWords::tr("This date lies in the future."));
    }
}

void checkCount(const SessionDraft &draft, Findings &to)
{
    const QString text = draft.text(F::TransactionCount);
    bool whole = false;
    const int count = text.toInt(&whole);
    if (!text.isEmpty() && (!whole || count < 0))
        addError(to, F::TransactionCount, RuleWords::tr("Write a whole number, 0 or more."));
}

//! Reference 1.4.1 and 1.6.2: it must be approved by Link Money, which appends what the flow ended with.
void checkRedirect(const SessionDraft &draft, Findings &to)
{
    const QString text = draft.text(F::RedirectUrl);
    if (text.isEmpty())
        return;
    const QUrl url(text, QUrl::StrictMode);
    const bool secure = url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url));
    if (!url.isValid() || url.host().isEmpty() || !secure)
        return addError(to, F::RedirectUrl,
            RuleWords::tr(
                "Write a complete web address that begins with https://, such as https://shop.example/paid."));
    if (!url.userInfo().isEmpty())
        addError(to, F::RedirectUrl, RuleWords::tr("The address must not hold a user name or password."));
    const QUrlQuery query(url);
    for (const QString &name : {u"status"_s, u"customerId"_s, u"paymentId"_s, u"paymentStatusCode"_s}) {
        if (query.hasQueryItem(name))
            addError(
                to, F::RedirectUrl, RuleWords::tr("Link Money adds %1 to this address itself. Take it out.").arg(name));
    }
}

constexpr std::array rules{
    DraftRule{"required", "1.4.1", checkRequired},
    DraftRule{"line breaks", "1.4.1", checkLineBreaks},
    DraftRule{"e-mail", "1.4.1", checkEmail},
    DraftRule{"product", "1.4.1", checkProduct},
    DraftRule{"experience", "1.4.1", checkExperience},
    DraftRule{"payment belongs", "1.4.6", checkPaymentBelongs},
    DraftRule{"payment amount", "1.4.6", checkPaymentAmount},
    DraftRule{"descriptor", "1.4.6", checkDescriptor},
    DraftRule{"amounts", "1.2", checkAmounts},
    DraftRule{"total", "1.4.3", checkTotal},
    DraftRule{"subtotal", "1.4.3", checkSubtotal},
    DraftRule{"items", "1.4.4", checkItems},
    DraftRule{"items sum", "1.4.3", checkItemsSum},
    DraftRule{"total sum", "1.4.3", checkTotalSum},
    DraftRule{"payment is total", "1.4.6", checkPaymentIsTotal},
    DraftRule{"billing address", "1.4.2", checkBillingAddress},
    DraftRule{"shipping address", "1.4.2", checkShippingAddress},
    DraftRule{"profile id", "1.4.5", checkProfileId},
    DraftRule{"yes or no", "1.4.5", checkFlags},
    DraftRule{"times", "1.4.5", checkTimes},
    DraftRule{"count", "1.4.5", checkCount},
    DraftRule{"redirect", "1.4.1", checkRedirect},
};

} // namespace

std::span<const DraftRule> draftRules()
{
    return rules;
}

QList<DraftFinding> checkDraft(const SessionDraft &draft)
{
    QList<DraftFinding> findings;
    for (const DraftRule &rule : rules) {
        const qsizetype before = findings.size();
        rule.check(draft, findings);
        for (qsizetype i = before; i < findings.size(); ++i)
            findings[i].rule = rule.name;
    }
    return findings;
}

bool canBeSent(const QList<DraftFinding> &findings)
{
    return std::ranges::all_of(findings, &DraftFinding::warning);
}

} // namespace models

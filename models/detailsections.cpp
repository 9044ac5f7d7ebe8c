// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detailreader.h"

#include "models/aggregationuser.h"
#include "models/inbox.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

//! Adds fields to one section; what is empty is not shown.
class SectionBuilder
{
    Q_DECLARE_TR_FUNCTIONS(Details)

public:
    SectionBuilder(QString title, const DetailRow &row)
        : m_section{.title = std::move(title)}
        , m_row(row)
    {
    }

    SectionBuilder &text(const QString &label, const QString &value, std::optional<RecordRef> link = {})
    {
        return add(label, {.type = CellType::Text, .value = value, .currency = {}}, value.isEmpty(), std::move(link));
    }
    SectionBuilder &id(const QString &label, const QString &value, std::optional<RecordRef> link = {})
    {
        return add(label, {.type = CellType::Id, .value = value, .currency = {}}, value.isEmpty(), std::move(link));
    }
    SectionBuilder &status(const QString &label, const char *column)
    {
        const QString word = m_row.text(column);
        return add(label, {.type = CellType::Status, .value = word, .currency = {}}, word.isEmpty());
    }
    SectionBuilder &time(const QString &label, const char *column)
    {
        const qint64 at = m_row.number(column);
        return add(label, {.type = CellType::Time, .value = at, .currency = {}}, at == 0);
    }
    SectionBuilder &money(const QString &label, const char *column)
    {
        const qint64 cents = m_row.number(column);
        return add(label, {.type = CellType::Money, .value = cents, .currency = m_row.text("currency")}, cents == 0);
    }
    SectionBuilder &count(const QString &label, const char *column)
    {
        const qint64 number = m_row.number(column);
        return add(label, {.type = CellType::Count, .value = number, .currency = {}}, number == 0);
    }
    SectionBuilder &yesNo(const QString &label, const char *column)
    {
        return text(label, m_row.number(column) != 0 ? tr("yes") : tr("no"));
    }
    void into(RecordDetails &details)
    {
        if (!m_section.fields.isEmpty())
            details.sections.append(std::move(m_section));
    }

private:
    SectionBuilder &add(const QString &label, Cell cell, bool empty, std::optional<RecordRef> link = {})
    {
        if (!empty)
            m_section.fields.append({.label = label, .cell = std::move(cell), .link = std::move(link)});
        return *this;
    }

    DetailSection m_section;
    const DetailRow &m_row;
};

QString detailTr(const char *text)
{
    return QCoreApplication::translate("Details", text);
}

std::optional<RecordRef> linkTo(RecordKind kind, const QString &id)
{
    return id.isEmpty() ? std::nullopt : std::optional(RecordRef{kind, id});
}

//! Who pays and who receives is not for everybody to know from the server's word; an unknown word stays as it came.
QString typeText(const QString &type)
{
    if (type == "DEBIT"_L1)
        return detailTr("Debit (customer pays)");
    return type == "CREDIT"_L1 ? detailTr("Credit (customer receives)") : type;
}

QString accountTypeText(const QString &type)
{
    if (type == "CHECKING"_L1)
        return detailTr("Checking");
    return type == "SAVINGS"_L1 ? detailTr("Savings") : type;
}

QString requestText(const QString &kind)
{
    if (kind == "REFUND"_L1)
        return detailTr("Refund");
    if (kind == "PAYMENT"_L1)
        return detailTr("Payment");
    if (kind == "CREDIT"_L1)
        return detailTr("Credit");
    return kind == "CANCEL"_L1 ? detailTr("Cancellation") : kind;
}

//: the account number as far as it is known, the hidden digits as dots
QString maskedAccount(const QString &lastFour)
{
    return lastFour.isEmpty() ? QString() : u"···· "_s + lastFour;
}

void describeAccountOf(const DetailRow &row, RecordDetails &details, bool isCustomer)
{
    SectionBuilder section(detailTr("Bank account"), row);
    section.text(detailTr("Bank"), row.text("institution"))
        .text(detailTr("Account"), maskedAccount(row.text("last_four")))
        .text(detailTr("Account type"), accountTypeText(row.text("account_type")));
    if (isCustomer)
        section.status(detailTr("Account status"), "account_status").time(detailTr("Linked"), "account_created_at");
    if (!row.text("institution").isEmpty())
        section.yesNo(detailTr("Preferred"), "preferred");
    section.into(details);
    details.bankText = bankText(row.text("institution"), row.text("last_four"));
}

void describeReading(const DetailRow &row, RecordDetails &details)
{
    SectionBuilder(detailTr("Ledger"), row)
        .time(detailTr("First seen"), "first_seen_at")
        .time(detailTr("Last read"), "last_read_at")
        .time(detailTr("Accounts read"), "accounts_read_at")
        .into(details);
}

void describeAmount(const DetailRow &row, RecordDetails &details, int sign)
{
    details.amount = {.cents = row.number("amount_cents"), .currency = row.text("currency")};
    details.headline = {
        .type = CellType::Money, .value = details.amount.cents, .currency = details.amount.currency, .sign = sign};
}

DatabaseResult<void> describeLinkedAccounts(Database &database, const RecordRef &ref, RecordDetails &details)
{
    const auto statement = database.prepare(
        "SELECT institution, last_four, type, status, preferred, created_at, routing_number, account_id "
        "FROM accounts WHERE customer_id = ?1 ORDER BY position");
    if (!statement)
        return std::unexpected(statement.error());
    DetailSection section{.title = detailTr("Linked accounts")};
    const auto add = [&](const QString &label, CellType type, const QVariant &value) {
        if (!value.toString().isEmpty() && value != QVariant(qint64(0)))
            section.fields.append({.label = label, .cell = {.type = type, .value = value, .currency = {}}});
    };
    auto row = (*statement)->bind(0, QStringView(ref.id)).step();
    for (; row && *row; row = (*statement)->step()) {
        const Statement &account = **statement;
        const QString name = bankText(account.text(0), account.text(1));
        add(account.integer(4) != 0 ? detailTr("Account (preferred)") : detailTr("Account"), CellType::Text, name);
        add(detailTr("Type"), CellType::Text, accountTypeText(account.text(2)));
        add(detailTr("Status"), CellType::Status, account.text(3));
        add(detailTr("Linked"), CellType::Time, account.integer(5));
        add(detailTr("Routing number"), CellType::Text, account.text(6));
        add(detailTr("Account id"), CellType::Id, account.text(7));
    }
    if (!row)
        return std::unexpected(row.error());
    if (!section.fields.isEmpty())
        details.sections.append(std::move(section));
    return {};
}

} // namespace

DatabaseResult<void> describeTransaction(const DetailRow &row, RecordDetails &details)
{
    details.type = row.text("type");
    describeAmount(row, details, details.type == "CREDIT"_L1 ? 1 : 0);
    details.customerId = api::CustomerId(row.text("customer_id"));
    details.customerName = row.text("customer_name");
    details.status = row.text("status");
    details.canStillChange = api::canStillChange(details.status);
    SectionBuilder(detailTr("Payment"), row)
        .text(detailTr("Type"), typeText(details.type))
        .text(detailTr("Reference"), row.text("client_reference_id"))
        .text(detailTr("Descriptor"), row.text("descriptor"))
        .time(detailTr("Created"), "created_at")
        .time(detailTr("Expected settlement"), "settlement_at")
        .id(detailTr("Transaction id"), row.text("id"))
        .id(detailTr("Refund of"), row.text("original_id"), linkTo(RecordKind::Transaction, row.text("original_id")))
        .into(details);
    SectionBuilder(detailTr("Failure"), row)
        .text(detailTr("Code"), row.text("failure_code"))
        .text(detailTr("Reason"), row.text("failure_text"))
        .into(details);
    SectionBuilder(detailTr("Customer"), row)
        .text(detailTr("Name"), details.customerName, linkTo(RecordKind::Customer, row.text("customer_id")))
        .text(detailTr("E-mail"), row.text("customer_email"))
        .id(detailTr("Customer id"), row.text("customer_id"), linkTo(RecordKind::Customer, row.text("customer_id")))
        .into(details);
    describeAccountOf(row, details, false);
    SectionBuilder(detailTr("Refunds"), row)
        .money(detailTr("Refunded"), "refunded_cents")
        .money(detailTr("On its way"), "refund_open_cents")
        .into(details);
    describeReading(row, details);
    details.title = !details.customerName.isEmpty() ? details.customerName
        : !details.bankText.isEmpty()               ? details.bankText
                                                    : details.ref.id;
    return {};
}

DatabaseResult<void> describeCustomer(Database &database, const DetailRow &row, RecordDetails &details)
{
    if (row.text("family") == webhookFamilyWord(WebhookFamily::Aggregation))
        return describeLinkedUser(database, row, details);
    details.status = row.text("status");
    details.customerId = api::CustomerId(row.text("id"));
    details.customerName = row.text("name");
    details.title = details.customerName.isEmpty() ? details.ref.id : details.customerName;
    details.canStillChange = details.status == "CREATED"_L1;
    SectionBuilder(detailTr("Customer"), row)
        .text(detailTr("First name"), row.text("first_name"))
        .text(detailTr("Last name"), row.text("last_name"))
        .text(detailTr("E-mail"), row.text("email"))
        .time(detailTr("Created"), "created_at")
        .id(detailTr("Customer id"), row.text("id"))
        .into(details);
    describeAccountOf(row, details, true);
    if (const auto done = describeLinkedAccounts(database, details.ref, details); !done)
        return done;
    describeReading(row, details);
    return {};
}

DatabaseResult<void> describePayout(const DetailRow &row, RecordDetails &details)
{
    describeAmount(row, details, 0);
    details.status = row.text("status");
    details.canStillChange = api::payoutCanStillChange(details.status);
    details.title = row.text("descriptor").isEmpty() ? details.ref.id : row.text("descriptor");
    SectionBuilder(detailTr("Payout"), row)
        .text(detailTr("Reference"), row.text("client_reference_id"))
        .text(detailTr("Descriptor"), row.text("descriptor"))
        .time(detailTr("Created"), "created_at")
        .id(detailTr("Payout id"), row.text("id"))
        .into(details);
    describeReading(row, details);
    return {};
}

DatabaseResult<void> describeEvent(Database &database, const DetailRow &row, RecordDetails &details)
{
    const QString type = row.text("type");
    details.type = type;
    details.status = row.text("state");
    details.title = type.isEmpty() ? detailTr("Unreadable event") : eventTitle(type);
    const auto event = readEvent(database, details.key);
    if (!event)
        return std::unexpected(event.error());
    const auto found = *event ? findResource(database, (*event)->family, (*event)->facts)
                              : DatabaseResult<std::optional<RecordRef>>();
    if (!found)
        return std::unexpected(found.error());
    const std::optional<RecordRef> &resource = *found;
    const bool isUser = resource && linkedUserOf(*resource);
    if (resource && resource->kind == RecordKind::Customer && !isUser)
        details.customerId = api::CustomerId(resource->id);
    SectionBuilder(detailTr("Event"), row)
        .text(detailTr("What happened"), type.isEmpty() ? QString() : eventMeaning(type))
        .text(detailTr("What to do"), type.isEmpty() ? QString() : eventAdvice(type))
        .id(detailTr("About"), row.text("resource_id"), isUser ? std::nullopt : resource)
        .text(detailTr("Reference"), row.text("client_reference_id"))
        .text(detailTr("Return code"), row.text("return_code"))
        .text(detailTr("User"), isUser ? linkedUserOf(*resource)->loginName.text() : row.text("login_name"),
            isUser ? resource : std::nullopt)
        .text(detailTr("Type"), type)
        .time(detailTr("Created"), "created_at")
        .time(detailTr("Received"), "received_at")
        .id(detailTr("Event id"), row.text("event_id"))
        .into(details);
    SectionBuilder(detailTr("What became of it"), row)
        .status(detailTr("Signature"), "verdict")
        .text(detailTr("Why"), row.text("verdict_reason"))
        .status(detailTr("State"), "state")
        .text(detailTr("What it changed"), row.text("changed"))
        .text(detailTr("Problem"), row.text("problem"))
        .time(detailTr("Acted on"), "acted_at")
        .count(detailTr("Repeats"), "repeats")
        .time(detailTr("Last repeat"), "last_repeat_at")
        .id(detailTr("Same id as"), row.text("conflict_with"), linkTo(RecordKind::Event, row.text("conflict_with")))
        .text(detailTr("Subscription"), *event ? (*event)->subscriptionName : QString())
        .into(details);
    return describeDelivery(database, details);
}

DatabaseResult<void> describeOutboxEntry(const DetailRow &row, RecordDetails &details)
{
    describeAmount(row, details, 0);
    details.type = row.text("kind");
    details.status = row.text("state");
    details.customerId = api::CustomerId(row.text("customer_id"));
    details.customerName = row.text("customer_name");
    details.title = details.customerName.isEmpty() ? details.type : details.customerName;
    details.canStillChange = details.status == "HELD"_L1 || details.status == "SENDING"_L1
        || details.status == "UNKNOWN"_L1;
    SectionBuilder(detailTr("Request"), row)
        .text(detailTr("What"), requestText(details.type))
        .text(detailTr("Reason"), row.text("reason"))
        .id(detailTr("Payment"), row.text("original_id"), linkTo(RecordKind::Transaction, row.text("original_id")))
        .text(detailTr("Customer"), details.customerName, linkTo(RecordKind::Customer, row.text("customer_id")))
        .text(detailTr("Reference"), row.text("reference"))
        .text(detailTr("Descriptor"), row.text("soft_descriptor"))
        .id(detailTr("Request key"), row.text("request_key"))
        .text(detailTr("By"), row.text("by_user"))
        .time(detailTr("Created"), "created_at")
        .into(details);
    SectionBuilder(detailTr("Outcome"), row)
        .id(detailTr("Payment made"), row.text("result_id"), linkTo(RecordKind::Transaction, row.text("result_id")))
        .text(detailTr("Answer"), row.text("answer"))
        .count(detailTr("Attempts"), "attempts")
        .time(detailTr("Held until"), "hold_until")
        .time(detailTr("Last change"), "changed_at")
        .into(details);
    return {};
}

DatabaseResult<void> describePayLink(const DetailRow &row, RecordDetails &details)
{
    if (row.number("amount_cents") > 0)
        describeAmount(row, details, 0);
    details.type = row.text("product");
    details.status = row.text("state");
    details.customerId = api::CustomerId(row.text("customer_id"));
    details.customerName = row.text("name");
    details.title = details.customerName;
    SectionBuilder(detailTr("Pay link"), row)
        .text(detailTr("E-mail"), row.text("email"))
        .text(detailTr("Reference"), row.text("reference"))
        .text(detailTr("By"), row.text("by_user"))
        .text(detailTr("Answer"), row.text("answer"))
        .time(detailTr("Created"), "created_at")
        .time(detailTr("Last change"), "changed_at")
        .id(detailTr("Customer id"), row.text("customer_id"), linkTo(RecordKind::Customer, row.text("customer_id")))
        .id(detailTr("Payment made"), row.text("payment_id"), linkTo(RecordKind::Transaction, row.text("payment_id")))
        .into(details);
    return {};
}

} // namespace models

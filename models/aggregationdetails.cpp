// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationuser.h"
#include "models/detailreader.h"
#include "models/eventtypes.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

class UserSection
{
    Q_DECLARE_TR_FUNCTIONS(Details)

public:
    explicit UserSection(const QString &title)
        : m_section{.title = title}
    {
    }

    UserSection &add(CellType type, const QString &label, const QVariant &value, const QString &currency = {})
    {
        const bool empty = value.isNull() || value.toString().isEmpty()
            || (type == CellType::Time && value.toLongLong() == 0);
        if (!empty)
            m_section.fields.append({.label = label, .cell = {.type = type, .value = value, .currency = currency}});
        return *this;
    }
    UserSection &text(const QString &label, const QString &value) { return add(CellType::Text, label, value); }
    void into(RecordDetails &details) const
    {
        if (!m_section.fields.isEmpty())
            details.sections.append(m_section);
    }

private:
    DetailSection m_section;
};

//: what an account of a linked user is, from the bank's own word
QString accountKindText(const QString &type, const QString &container)
{
    const QString word = type.isEmpty() ? container : type;
    if (word.isEmpty())
        return {};
    return word.left(1).toUpper() + word.mid(1).toLower().replace(u'_', u' ');
}

void describeAccount(const Statement &row, RecordDetails &details)
{
    const QString bank = bankText(row.text(0), row.text(4));
    UserSection section(bank.isEmpty() ? QCoreApplication::translate("Details", "Account") : bank);
    section.text(UserSection::tr("Account"), row.text(1))
        .text(UserSection::tr("Type"), accountKindText(row.text(2), row.text(3)))
        .add(CellType::Status, UserSection::tr("Status"), row.text(5));
    if (!row.isNull(6))
        section.add(CellType::Money, UserSection::tr("Balance"), row.integer(6), row.text(7));
    section.add(CellType::Status, UserSection::tr("Last refresh"), row.text(8))
        .add(CellType::Time, UserSection::tr("Linked"), row.integer(9))
        .add(CellType::Time, UserSection::tr("Data from"), row.integer(10))
        .add(CellType::Id, UserSection::tr("Account id"), row.text(11))
        .into(details);
}

void describeLink(const Statement &row, RecordDetails &details)
{
    UserSection(UserSection::tr("Link to a bank"))
        .add(CellType::Status, UserSection::tr("Status"), row.text(0))
        .add(CellType::Status, UserSection::tr("Last refresh"), row.text(1))
        .add(CellType::Time, UserSection::tr("Linked"), row.integer(2))
        .add(CellType::Time, UserSection::tr("Data from"), row.integer(3))
        .add(CellType::Id, UserSection::tr("Link id"), row.text(4))
        .into(details);
}

DatabaseResult<void> describeRows(
    Database &database, const char *sql, RecordDetails &details, void (*describe)(const Statement &, RecordDetails &))
{
    const auto statement = database.prepare(sql);
    if (!statement)
        return std::unexpected(statement.error());
    auto row = (*statement)->bind(0, QStringView(details.ref.id)).step();
    for (; row && *row; row = (*statement)->step())
        describe(**statement, details);
    return row ? DatabaseResult<void>() : std::unexpected(row.error());
}

} // namespace

DatabaseResult<void> describeLinkedUser(Database &database, const DetailRow &row, RecordDetails &details)
{
    details.family = WebhookFamily::Aggregation;
    details.status = row.text("status");
    details.customerName = row.text("login_name");
    details.title = details.customerName;
    details.bankText = bankText(row.text("institution"), row.text("last_four"));
    details.canStillChange = details.status == "STARTED"_L1 || details.status == "IN_PROGRESS"_L1;
    UserSection(UserSection::tr("Linked user"))
        .text(UserSection::tr("Login name"), row.text("login_name"))
        .text(UserSection::tr("Family"), webhookFamilyText(WebhookFamily::Aggregation))
        .add(CellType::Id, UserSection::tr("Tenant"), row.text("tenant_id"))
        .add(CellType::Time, UserSection::tr("Created"), row.number("created_at"))
        .into(details);
    auto described = describeRows(database,
        "SELECT provider, name, type, container, last_four, status, balance_cents, currency, refresh_status, "
        "created_at, updated_at, account_id FROM user_accounts WHERE user_id = ?1 ORDER BY position",
        details, describeAccount);
    if (described)
        described = describeRows(database,
            "SELECT status, refresh_status, created_at, updated_at, provider_account_id FROM user_links "
            "WHERE user_id = ?1 ORDER BY position",
            details, describeLink);
    UserSection(UserSection::tr("Ledger"))
        .add(CellType::Time, UserSection::tr("First seen"), row.number("first_seen_at"))
        .add(CellType::Time, UserSection::tr("Last read"), row.number("last_read_at"))
        .add(CellType::Time, UserSection::tr("Accounts read"), row.number("accounts_read_at"))
        .into(details);
    return described;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paylinkstore.h"

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct KnownPerson
{
    QString id = {};
    QString firstName = {};
    QString lastName = {};
    QString email = {};
    qint64 cents = 0;
    QString descriptor = {};
};

constexpr auto personOfCustomer = "SELECT id, first_name, last_name, email, 0, '' FROM customers WHERE id = ?1";
// A payment may be known before its customer was ever read.
constexpr auto personOfPayment = "SELECT t.customer_id, coalesce(c.first_name, ''), coalesce(c.last_name, ''), "
                                 "coalesce(nullif(c.email, ''), "
                                 "t.customer_email), t.amount_cents, t.descriptor FROM transactions t LEFT JOIN "
                                 "customers c ON c.id = t.customer_id "
                                 "WHERE t.id = ?1";

DatabaseResult<std::optional<KnownPerson>> readPerson(Database &database, const char *sql, const QString &id)
{
    auto statement = database.prepare(sql);
    if (!statement)
        return std::unexpected(statement.error());
    Statement &row = **statement;
    const auto found = row.bind(0, QStringView(id)).step();
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return std::nullopt;
    KnownPerson person{.id = row.text(0),
        .firstName = row.text(1),
        .lastName = row.text(2),
        .email = row.text(3),
        .cents = row.integer(4),
        .descriptor = row.text(5)};
    row.reset();
    return std::optional(std::move(person));
}

} // namespace

DatabaseResult<NewPayLink> prefilledLink(Database &database, PayLinkPurpose purpose, const QString &recordId)
{
    const bool fromPayment = purpose == PayLinkPurpose::PayAgain;
    NewPayLink link{.purpose = purpose};
    link.draft.set(SessionField::Experience, (fromPayment ? payInPage : onboardOnly).toString());
    const auto person = readPerson(database, fromPayment ? personOfPayment : personOfCustomer, recordId);
    if (!person)
        return std::unexpected(person.error());
    if (!*person)
        return link;
    link.forCustomer = api::CustomerId((*person)->id);
    link.draft.set(SessionField::FirstName, (*person)->firstName);
    link.draft.set(SessionField::LastName, (*person)->lastName);
    link.draft.set(SessionField::Email, (*person)->email);
    if (fromPayment) {
        link.draft.set(SessionField::PaymentAmount, api::plainAmount((*person)->cents));
        link.draft.set(SessionField::PaymentDescriptor, (*person)->descriptor);
    }
    return link;
}

DatabaseResult<QList<SessionTemplate>> readSessionTemplates(Database &database)
{
    auto statement = database.prepare("SELECT name, draft FROM pay_link_templates ORDER BY name");
    if (!statement)
        return std::unexpected(statement.error());
    QList<SessionTemplate> templates;
    auto row = (*statement)->step();
    for (; row && *row; row = (*statement)->step())
        templates.append({.name = (*statement)->text(0), .draft = draftOfText((*statement)->blob(1))});
    (*statement)->reset();
    if (!row)
        return std::unexpected(row.error());
    return templates;
}

DatabaseResult<void> saveSessionTemplate(Database &database, const SessionTemplate &saved, qint64 now)
{
    auto statement = database.prepare(
        "INSERT INTO pay_link_templates(name, draft, saved_at) VALUES(?1, ?2, ?3) "
        "ON CONFLICT(name) DO UPDATE SET draft = excluded.draft, saved_at = excluded.saved_at");
    if (!statement)
        return std::unexpected(statement.error());
    return (*statement)
        ->bind(0, QStringView(saved.name))
        .bind(1, draftToText(templateOf(saved.draft)))
        .bind(2, now)
        .run();
}

DatabaseResult<void> removeSessionTemplate(Database &database, const QString &name)
{
    auto statement = database.prepare("DELETE FROM pay_link_templates WHERE name = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    return (*statement)->bind(0, QStringView(name)).run();
}

} // namespace models

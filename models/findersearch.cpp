// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/findersearch.h"

#include "api/money.h"
#include "models/findertext.h"
#include "models/recordrows.h"
#include "models/recordtables.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr std::array searchedKinds{
    RecordKind::Customer, RecordKind::Transaction, RecordKind::Payout, RecordKind::PayLink};
constexpr qsizetype shortestSessionKey = 8; //!< below that, a part of an address says nothing
constexpr qsizetype mostOfKind = 5;
constexpr qsizetype mostFound = 12;

//! How well a record fits, best first.
enum class Fit { SameId, SameReference, SameEmail, CustomersOwn, SameLastFour, SameAmount, Words };

class FinderText
{
    Q_DECLARE_TR_FUNCTIONS(models::Finder)
};

QString joinedFacts(QStringList facts)
{
    facts.removeAll(QString());
    return facts.join(u" · "_s);
}

QString shortBankText(const QString &institution, const QString &lastFour)
{
    return lastFour.isEmpty() ? institution : QString(institution + u" ··"_s + lastFour).trimmed();
}

QString dateText(qint64 utcMs)
{
    return cellText({.type = CellType::Time, .value = utcMs, .currency = {}}, QLocale());
}

Cell moneyCell(qint64 cents, const QString &currency, bool credit)
{
    return {.type = CellType::Money, .value = cents, .currency = currency, .sign = credit ? 1 : 0};
}

QByteArray foundColumns(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return "id, status, created_at, amount_cents, currency, type, customer_name, customer_id, institution, "
               "last_four, client_reference_id";
    case RecordKind::Customer:
        return "id, status, created_at, name, email, institution, last_four";
    case RecordKind::Payout:
        return "id, status, created_at, amount_cents, currency, client_reference_id, descriptor";
    case RecordKind::PayLink:
        return "CAST(key AS TEXT), CASE WHEN inferred THEN state || '?' ELSE state END, created_at, amount_cents, "
               "currency, name, email, reference";
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
        break;
    }
    return "CAST(key AS TEXT), state, created_at";
}

void describeFoundTransaction(const Statement &row, FoundRecord &found)
{
    found.cell = moneyCell(row.integer(3), row.text(4), row.text(5) == "CREDIT"_L1);
    const QString who = row.text(6).isEmpty() ? row.text(7) : row.text(6);
    found.title = joinedFacts({cellText(found.cell, QLocale()), who});
    found.subtitle = joinedFacts({shortBankText(row.text(8), row.text(9)), row.text(10), dateText(row.integer(2))});
}

void describeFoundCustomer(const Statement &row, FoundRecord &found)
{
    QStringList names{row.text(3), row.text(4), found.ref.id};
    names.removeAll(QString());
    found.title = names.takeFirst();
    const QString email = row.text(4) == found.title ? QString() : row.text(4);
    found.subtitle = joinedFacts({email, shortBankText(row.text(5), row.text(6)), dateText(row.integer(2))});
}

void describeFoundPayout(const Statement &row, FoundRecord &found)
{
    found.cell = moneyCell(row.integer(3), row.text(4), false);
    found.title = joinedFacts({cellText(found.cell, QLocale()), FinderText::tr("Payout")});
    found.subtitle = joinedFacts({row.text(5), row.text(6), dateText(row.integer(2))});
}

//! Never its address: that is as good as the customer's password.
void describeFoundLink(const Statement &row, FoundRecord &found)
{
    if (row.integer(3) != 0)
        found.cell = moneyCell(row.integer(3), row.text(4), false);
    const QString amount = row.integer(3) == 0 ? QString() : cellText(found.cell, QLocale());
    const QString who = row.text(5).trimmed().isEmpty() ? row.text(6) : row.text(5);
    found.title = joinedFacts({amount, who, FinderText::tr("Pay link")});
    found.subtitle = joinedFacts({who == row.text(6) ? QString() : row.text(6), row.text(7), dateText(row.integer(2))});
}

DatabaseResult<FoundRecord> readFound(Database &database, RecordKind kind, qint64 key)
{
    const auto statement = database.prepare(
        "SELECT " + foundColumns(kind) + " FROM " + tableOf(kind) + " WHERE key = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto there = (*statement)->bind(0, key).step();
    if (!there)
        return std::unexpected(there.error());
    FoundRecord found{.ref = {.kind = kind, .id = (*statement)->text(0)}, .status = (*statement)->text(1)};
    if (kind == RecordKind::Transaction)
        describeFoundTransaction(**statement, found);
    else if (kind == RecordKind::Customer)
        describeFoundCustomer(**statement, found);
    else if (kind == RecordKind::Payout)
        describeFoundPayout(**statement, found);
    else if (kind == RecordKind::PayLink)
        describeFoundLink(**statement, found);
    (*statement)->reset();
    return found;
}

//! Looks for one text among the records of one kind, from the strictest question to the loosest. The first error ends
//! it.
class KindSearch
{
public:
    KindSearch(Database &database, RecordKind kind, const QString &text, qint64 now)
        : m_database(database)
        , m_kind(kind)
        , m_text(text)
        , m_now(now)
    {
    }

    DatabaseResult<void> run()
    {
        static const QRegularExpression fourDigits(u"^[0-9]{4}$"_s);
        if (m_kind == RecordKind::PayLink)
            sameLink();
        else
            sameId();
        if (m_kind == RecordKind::Transaction || m_kind == RecordKind::Payout)
            column(Fit::SameReference, "client_reference_id = ?1 AND client_reference_id <> ''");
        if (m_text.contains(u'@') && !m_text.contains(u' '))
            sameEmail();
        if (m_kind == RecordKind::Transaction && couldBeId(m_text))
            column(Fit::CustomersOwn, "customer_id = ?1");
        const bool hasBank = m_kind == RecordKind::Customer || m_kind == RecordKind::Transaction;
        if (hasBank && fourDigits.match(m_text).hasMatch())
            query(Fit::SameLastFour, u"last4:"_s + m_text);
        if (const auto cents = api::parseTypedAmount(m_text); cents && m_kind != RecordKind::Customer)
            query(Fit::SameAmount, u"amount:"_s + api::plainAmount(*cents));
        if (const QString words = plainWordsQuery(m_text); !words.isEmpty())
            query(Fit::Words, words);
        return m_error ? DatabaseResult<void>(std::unexpected(*m_error)) : DatabaseResult<void>();
    }

    void sameId() { column(Fit::SameId, "id = ?1"); }

    DatabaseResult<QList<FoundRecord>> records() const
    {
        if (m_error)
            return std::unexpected(*m_error);
        QList<FoundRecord> found;
        for (const qint64 key : m_keys) {
            auto one = readFound(m_database, m_kind, key);
            if (!one)
                return std::unexpected(one.error());
            found.append(*std::move(one));
        }
        return found;
    }

    Fit best() const { return m_best; }

private:
    bool isOver() const { return m_error || m_keys.size() >= mostOfKind; }

    void take(Fit fit, qint64 key)
    {
        if (m_keys.size() >= mostOfKind || m_keys.contains(key))
            return;
        if (m_keys.isEmpty())
            m_best = fit;
        m_keys.append(key);
    }

    //! By what was pasted of its address while that is known, by its reference, or by whom it led to.
    void sameLink()
    {
        if (couldBeId(m_text) && m_text.size() >= shortestSessionKey)
            column(Fit::SameId, "url <> '' AND instr(url, ?1) > 0");
        column(Fit::SameReference, "reference = ?1 AND reference <> ''");
        if (!couldBeId(m_text))
            return;
        column(Fit::CustomersOwn, "customer_id = ?1 AND customer_id <> ''");
        column(Fit::CustomersOwn, "for_customer_id = ?1 AND for_customer_id <> ''");
        column(Fit::CustomersOwn, "payment_id = ?1 AND payment_id <> ''");
    }

    void sameEmail()
    {
        if (m_kind == RecordKind::Customer || m_kind == RecordKind::PayLink)
            column(Fit::SameEmail, "email = ?1");
        else if (m_kind == RecordKind::Transaction && !m_text.contains(u'"'))
            query(Fit::SameEmail, u"email:\""_s + m_text + u'"');
    }

    void column(Fit fit, const QByteArray &condition)
    {
        if (isOver())
            return;
        const auto statement = m_database.prepare(QByteArray("SELECT key FROM ") + tableOf(m_kind) + " WHERE "
            + condition + " ORDER BY key DESC LIMIT " + QByteArray::number(mostOfKind));
        if (!statement) {
            m_error = statement.error();
            return;
        }
        auto row = (*statement)->bind(0, QStringView(m_text)).step();
        for (; row && *row; row = (*statement)->step())
            take(fit, (*statement)->integer(0));
        if (!row)
            m_error = row.error();
        (*statement)->reset();
    }

    void query(Fit fit, const QString &text)
    {
        const auto parsed = parseQuery(m_kind, text, m_now);
        if (isOver() || !parsed)
            return;
        const RecordQuestion newestFirst{.kind = m_kind, .query = *parsed, .sortColumn = -1};
        const auto found = readKeys(m_database, newestFirst, 2 * mostOfKind);
        if (!found) {
            m_error = found.error();
            return;
        }
        for (const qint64 key : found->keys)
            take(fit, key);
    }

    Database &m_database;
    RecordKind m_kind;
    QString m_text;
    qint64 m_now;
    QList<qint64> m_keys;
    Fit m_best = Fit::Words;
    std::optional<DatabaseError> m_error;
};

} // namespace

DatabaseResult<QList<FoundRecord>> searchLedger(Database &database, const QString &cleaned, qint64 now)
{
    struct Group
    {
        Fit best;
        QList<FoundRecord> records;
    };
    std::vector<Group> groups;
    for (const RecordKind kind : searchedKinds) {
        KindSearch search(database, kind, cleaned, now);
        if (const auto done = search.run(); !done)
            return std::unexpected(done.error());
        auto records = search.records();
        if (!records)
            return std::unexpected(records.error());
        groups.push_back({.best = search.best(), .records = *std::move(records)});
    }
    std::ranges::stable_sort(groups, {}, &Group::best);
    QList<FoundRecord> all;
    for (const Group &group : groups)
        all += group.records;
    return all.first(std::min(all.size(), mostFound));
}

DatabaseResult<QList<FoundRecord>> findById(Database &database, const QString &id)
{
    QList<FoundRecord> all;
    for (const RecordKind kind : searchedKinds) {
        if (isNamedByKey(kind))
            continue;
        KindSearch search(database, kind, id, 0);
        search.sameId();
        auto records = search.records();
        if (!records)
            return std::unexpected(records.error());
        all += *std::move(records);
    }
    return all;
}

} // namespace models

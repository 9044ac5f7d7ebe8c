// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/ledgergenerator.h"

#include "models/recordtables.h"
#include "models/schema.h"
#include "models/textindex.h"
#include "tests/benchmarks/merchant.h"

#include <QFile>
#include <QVariant>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using models::Database;
using models::DatabaseError;
using models::DatabaseProblem;
using models::DatabaseResult;
using models::RecordKind;
using models::Statement;

namespace benchmarks {

namespace {

constexpr qint64 rowsBetweenReports = 50'000;

class LedgerMaker
{
public:
    LedgerMaker(Database &database, const LedgerPlan &plan, const LedgerProgress &progress)
        : m_database(database)
        , m_plan(plan)
        , m_progress(progress)
        , m_merchant(plan.seed, std::max<qint64>(1, plan.customers))
    {
    }

    DatabaseResult<void> make()
    {
        // The file is new: when something goes wrong it is thrown away, so it needs no journal while it is made.
        run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA "
            "locking_mode=EXCLUSIVE;");
        const QByteArrayList indexes = dropIndexes();
        run("BEGIN");
        makeCustomers();
        makeTransactions();
        makePayouts();
        run("COMMIT");
        for (const QByteArray &index : indexes)
            run(index);
        fillTextTables();
        run("PRAGMA optimize; PRAGMA locking_mode=NORMAL; PRAGMA journal_mode=WAL;");
        return m_result;
    }

private:
    void run(const QByteArray &sql)
    {
        if (m_result)
            m_result = m_database.execute(sql.constData());
    }

    // All at once in the end is far quicker than row by row. The rules of the outbox ask one of them at every insert,
    // so that one stays.
    QByteArrayList dropIndexes()
    {
        QByteArrayList names;
        QByteArrayList makers;
        Statement *statement = prepared("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
                                        "AND name <> 'transactions_original'");
        while (m_result) {
            const auto row = statement->step();
            if (!row)
                m_result = std::unexpected(row.error());
            if (!row || !*row)
                break;
            names.append(statement->text(0).toUtf8());
            makers.append(statement->text(1).toUtf8());
        }
        if (statement)
            statement->reset();
        for (const QByteArray &name : names)
            run("DROP INDEX " + name);
        return makers;
    }

    // Large portions while filling, then one merge into a compact index.
    void fillTextTables()
    {
        for (const RecordKind kind : {RecordKind::Transaction, RecordKind::Customer, RecordKind::Payout}) {
            const QByteArray table = models::textTableOf(kind);
            const QByteArray set = "INSERT INTO " + table + '(' + table + ", rank) VALUES('hashsize', ";
            run(set + "67108864)");
            if (m_result)
                m_result = models::addAllWords(m_database, kind);
            run("INSERT INTO " + table + '(' + table + ") VALUES('optimize')");
            run(set + "1048576)");
        }
    }

    Statement *prepared(QByteArrayView sql)
    {
        if (!m_result)
            return nullptr;
        const auto statement = m_database.prepare(sql);
        if (!statement)
            m_result = std::unexpected(statement.error());
        return statement ? *statement : nullptr;
    }

    void insert(Statement &statement, const QList<QVariant> &values)
    {
        for (int position = 0; position < values.size(); ++position) {
            const QVariant &value = values[position];
            if (value.typeId() == QMetaType::QString)
                statement.bind(
                    position, value.toString().isNull() ? QStringView(u"") : QStringView(*get<QString>(value)));
            else if (value.isValid())
                statement.bind(position, value.toLongLong());
            else
                statement.bindNull(position);
        }
        if (m_result)
            m_result = statement.run();
    }

    template<typename T> static const T *get(const QVariant &value)
    {
        return static_cast<const T *>(value.constData());
    }

    void makeCustomers()
    {
        Statement *statement = prepared(
            "INSERT INTO customers(key, id, first_name, last_name, name, email, status, institution, last_four, "
            "account_type, account_status, preferred, account_created_at, created_at, first_seen_at, "
            "last_read_at, last_source, accounts_read_at) "
            "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'ACTIVE', 1, ?11, ?11, ?12, ?12, 'import', 0)");
        const qint64 first = firstCreatedAt() - m_plan.customers * 1'000;
        for (qint64 number = 0; m_result && number < m_plan.customers; ++number) {
            const MadeCustomer &made = m_merchant.customers()[static_cast<size_t>(number)];
            const qint64 createdAt = first + number * 1'000;
            const qint64 key = models::firstKeyOf(createdAt);
            insert(*statement,
                {key, made.id, made.firstName, made.lastName, made.name(), made.email, made.status, made.bank,
                    made.lastFour, made.accountType, createdAt, m_plan.lastCreatedAt});
        }
    }

    qint64 firstCreatedAt() const { return m_plan.lastCreatedAt - m_plan.transactions * m_plan.secondsApart * 1'000; }

    void makeTransactions()
    {
        Statement *statement = prepared("INSERT INTO transactions(key, id, type, status, customer_id, customer_name, "
                                        "customer_email, amount_cents, currency, "
                                        "client_reference_id, institution, last_four, account_type, preferred, "
                                        "descriptor, settlement_at, created_at, failure_code, "
                                        "failure_text, original_id, first_seen_at, last_read_at, last_source) "
                                        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'USD', ?9, ?10, "
                                        "?11, ?12, 1, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?19, 'import')");
        for (qint64 number = 0; m_result && number < m_plan.transactions; ++number) {
            const qint64 jitter = m_merchant.dice().below(m_plan.secondsApart * 1'000);
            const qint64 createdAt = firstCreatedAt() + number * m_plan.secondsApart * 1'000 + jitter;
            makeTransaction(*statement, m_merchant.next(createdAt, m_plan.lastCreatedAt - createdAt));
            if (m_progress && number % rowsBetweenReports == 0)
                m_progress(number);
        }
    }

    void makeTransaction(Statement &statement, const MadeTransaction &made)
    {
        const MadeCustomer &customer = m_merchant.customers()[made.customer];
        const qint64 key = models::firstKeyOf(made.createdAt);
        insert(statement,
            {key, made.id, made.credit ? u"CREDIT"_s : u"DEBIT"_s, made.status, customer.id, customer.name(),
                customer.email, made.cents, made.reference, customer.bank, customer.lastFour, customer.accountType,
                made.descriptor, made.settlementAt, made.createdAt, made.failureCode, made.failureText,
                made.original.isEmpty() ? QVariant() : QVariant(made.original), m_plan.lastCreatedAt});
    }

    void makePayouts()
    {
        Statement *statement = prepared(
            "INSERT INTO payouts(key, id, client_reference_id, amount_cents, status, descriptor, created_at, "
            "first_seen_at, last_read_at, last_source) "
            "VALUES(?1, ?2, ?3, ?4, ?5, 'LINK MONEY PAYOUT', ?6, ?7, ?7, 'import')");
        const qint64 apart = m_plan.transactions * m_plan.secondsApart * 1'000 / std::max<qint64>(1, m_plan.payouts);
        for (qint64 number = 0; m_result && number < m_plan.payouts; ++number) {
            const qint64 createdAt = firstCreatedAt() + (number + 1) * std::max<qint64>(1, apart);
            const qint64 key = models::firstKeyOf(createdAt);
            const QString id = m_merchant.dice().uuid();
            const QString reference = u"PO-"_s + QString::number(10'000 + number);
            const qint64 cents = 100'000 + m_merchant.dice().below(9'000'000);
            const bool young = number + 2 >= m_plan.payouts;
            insert(*statement,
                {key, id, reference, cents, young ? u"INITIATED"_s : u"DISBURSED"_s, createdAt, m_plan.lastCreatedAt});
        }
    }

    Database &m_database;
    LedgerPlan m_plan;
    LedgerProgress m_progress;
    Merchant m_merchant;
    DatabaseResult<void> m_result = {};
};

} // namespace

models::DatabaseResult<void> generateLedger(const QString &file, const LedgerPlan &plan, const LedgerProgress &progress)
{
    if (QFile::exists(file))
        return std::unexpected(DatabaseError{DatabaseProblem::Failed, u"the file exists already"_s, file});
    auto database = Database::open(file, Database::Mode::ReadWrite);
    if (!database)
        return std::unexpected(database.error());
    if (const auto migrated = models::migrate(**database, models::ledgerMigrations()); !migrated)
        return migrated;
    return LedgerMaker(**database, plan, progress).make();
}

} // namespace benchmarks

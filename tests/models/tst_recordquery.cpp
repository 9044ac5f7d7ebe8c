// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordquery.h"
#include "models/recordrows.h"
#include "models/recordstore.h"
#include "models/schema.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <ranges>

using namespace Qt::Literals::StringLiterals;
using models::Database;
using models::RecordKind;

namespace {

constexpr qint64 hourMs = 3'600'000;
// 2026-11-07 12:00 UTC
constexpr qint64 now = 1'794'052'800'000;

struct Made
{
    const char *id;
    const char16_t *name;
    qint64 cents;
    const char *status;
    qint64 hoursAgo;
    const char *type = "DEBIT";
    const char *reference = "";
    const char *bank = "First Bank";
    const char *lastFour = "0042";
};

// What the questions below are asked about.
constexpr Made rows[] = {
    {"a1", u"Ada Lovelace", 1250, "SUCCEEDED", 1, "DEBIT", "ORDER-1001"},
    {"b2", u"Grace Hopper", 10'000, "TERMINAL_FAILED", 30, "DEBIT", "ORDER-1002", "Harbor Credit Union", "7788"},
    {"c3", u"Zoë Müller", 10'001, "RETRYABLE_FAILED", 100, "DEBIT", "ORDER-2001"},
    {"d4", u"Ada Byron", 500, "PENDING", 24 * 20, "DEBIT", "", "Harbor Credit Union", "1234"},
    {"e5", u"Ada Lovelace", 1250, "SUCCEEDED", 24 * 40, "CREDIT", "RF-a1-1"},
    {"f6", u"Alan Turing", 123'456, "ON_MARS", 24 * 400, "DEBIT", "100%_sure"},
};

} // namespace

class tst_RecordQuery : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_database = *Database::open(m_folder.filePath(u"ledger.sqlite"_s), Database::Mode::ReadWrite);
        QVERIFY(models::migrate(*m_database, models::ledgerMigrations()));
        models::ChangeSet changes;
        models::RecordStore store(*m_database, changes);
        for (const Made &made : rows) {
            const api::CustomerId customerId(u"customer-"_s + QString::fromLatin1(made.id));
            const QStringList name = QString::fromUtf16(made.name).split(u' ');
            const api::Customer customer{.id = customerId,
                .firstName = name[0],
                .lastName = name[1],
                .email = name[0].toLower() + u"@example.com"_s,
                .status = u"ACTIVE"_s};
            const api::Transaction transaction{.id = api::TransactionId(QString::fromLatin1(made.id)),
                .type = QString::fromLatin1(made.type),
                .status = QString::fromLatin1(made.status),
                .customerId = customerId,
                .amount = {.cents = made.cents, .currency = u"USD"_s},
                .clientReferenceId = QString::fromLatin1(made.reference),
                .account = {.institution = QString::fromLatin1(made.bank),
                    .lastFour = QString::fromLatin1(made.lastFour),
                    .type = {},
                    .status = {}},
                .descriptor = u"SHOES AND MORE"_s,
                .settlementAt = 0,
                .createdAt = now - made.hoursAgo * hourMs,
                .failureCode = made.status[0] == 'T' ? u"R01"_s : QString(),
                .failureText = made.status[0] == 'T' ? u"Insufficient funds"_s : QString()};
            QVERIFY(store.store({.record = customer, .raw = {}, .observedAt = now}));
            QVERIFY(store.store({.record = transaction, .raw = {}, .observedAt = now}));
        }
        QVERIFY(store.finish());
    }

    void answers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("ids");
        const auto row = [](const QString &text, const char *ids) {
            QTest::newRow(qPrintable(text)) << text << QString::fromLatin1(ids);
        };
        row(u""_s, "a1 b2 c3 d4 e5 f6");
        row(u"   "_s, "a1 b2 c3 d4 e5 f6");
        row(u"ada"_s, "a1 d4 e5");
        row(u"ADA"_s, "a1 d4 e5");
        row(u"ada lovelace"_s, "a1 e5");
        row(u"ada AND lovelace"_s, "a1 e5");
        row(u"\"ada lovelace\""_s, "a1 e5");
        row(u"\"lovelace grace\""_s, "");
        row(u"love"_s, "a1 e5");
        row(u"\"love\""_s, "");
        row(u"muller"_s, "c3");
        row(u"zoe"_s, "c3");
        row(u"Müller"_s, "c3");
        row(u"ada -byron"_s, "a1 e5");
        row(u"ada NOT byron"_s, "a1 e5");
        row(u"-ada"_s, "b2 c3 f6");
        row(u"hopper OR turing"_s, "b2 f6");
        row(u"hopper OR ada lovelace"_s, "a1 b2 e5");
        row(u"(hopper OR ada) harbor"_s, "b2 d4");
        row(u"-(hopper OR ada)"_s, "c3 f6");
        row(u"grace@example.com"_s, "b2");
        row(u"order-1002"_s, "b2");
        row(u"1002"_s, "b2");
        row(u"ORDER-1"_s, "a1 b2");
        row(u"a1"_s, "a1 e5");
        row(u"12.50"_s, "a1 e5");
        row(u"$12.50"_s, "a1 e5");
        row(u"1,234.56"_s, "f6");
        row(u"7788"_s, "b2");
        row(u"shoes"_s, "a1 b2 c3 d4 e5 f6");
        row(u"status:succeeded"_s, "a1 e5");
        row(u"STATUS:Succeeded"_s, "a1 e5");
        row(u"status:failed"_s, "b2 c3");
        row(u"status:terminal_failed"_s, "b2");
        row(u"status:terminal-failed"_s, "b2");
        row(u"status:failed,pending"_s, "b2 c3 d4");
        row(u"status:open"_s, "c3 d4");
        row(u"status:\"ON_MARS\""_s, "f6");
        row(u"-status:succeeded"_s, "b2 c3 d4 f6");
        row(u"type:credit"_s, "e5");
        row(u"amount:12.50"_s, "a1 e5");
        row(u"amount:12.5"_s, "a1 e5");
        row(u"amount:>100"_s, "c3 f6");
        row(u"amount:>=100"_s, "b2 c3 f6");
        row(u"amount:<12.50"_s, "d4");
        row(u"amount:<=12.50"_s, "a1 d4 e5");
        row(u"amount:5..100"_s, "a1 b2 d4 e5");
        row(u"amount:..12.50"_s, "a1 d4 e5");
        row(u"amount:1000.."_s, "f6");
        row(u"amount:>=12.50 amount:<=100"_s, "a1 b2 e5");
        row(u"amount:>100 amount:<50"_s, "");
        row(u"amount:<=12.50 -amount:<12.50"_s, "a1 e5");
        row(u"amount:$1,234.56"_s, "f6");
        row(u"created:today"_s, "a1");
        row(u"created:yesterday"_s, "b2");
        row(u"created:2d"_s, "a1 b2");
        row(u"created:7d"_s, "a1 b2 c3");
        row(u"created:1w"_s, "a1 b2 c3");
        row(u"created:2h"_s, "a1");
        row(u"created:2026-11"_s, "a1 b2 c3");
        row(u"created:2026-11-06"_s, "b2");
        row(u"created:2026-11-03..2026-11-06"_s, "b2 c3");
        row(u"created:2026-10..2026-11"_s, "a1 b2 c3 d4");
        row(u"created:2025"_s, "f6");
        row(u"created:>2026-11-06"_s, "a1");
        row(u"created:>=2026-11-06"_s, "a1 b2");
        row(u"created:<2026-10"_s, "e5 f6");
        row(u"created:<=2026-10"_s, "d4 e5 f6");
        row(u"created:..2025"_s, "f6");
        row(u"settlement:2026"_s, "");
        row(u"customer:ada"_s, "a1 d4 e5");
        row(u"customer:\"ada lovelace\""_s, "a1 e5");
        row(u"bank:harbor"_s, "b2 d4");
        row(u"bank:ada"_s, "");
        row(u"last4:1234"_s, "d4");
        row(u"ref:order-2001"_s, "c3");
        row(u"id:a1"_s, "a1");
        row(u"original:a1"_s, "e5");
        row(u"-original:a1"_s, "a1 b2 c3 d4 f6");
        row(u"failure:insufficient"_s, "b2");
        row(u"failure:%"_s.replace(u'%', u"f%n"_s), "");
        row(u"customer:ada status:succeeded type:debit"_s, "a1");
        row(u"ada status:succeeded OR hopper"_s, "a1 b2 e5");
        row(u"ada (status:pending OR amount:>1000)"_s, "d4");
        row(u"harbor -status:failed"_s, "d4");
        row(u"it's'; DROP TABLE transactions; --x"_s, "");
        row(u"\"quo\"\"ted\""_s, "");
    }

    void answers()
    {
        QFETCH(QString, text);
        QFETCH(QString, ids);
        const auto query = models::parseQuery(RecordKind::Transaction, text, now);
        QVERIFY2(query.has_value(), query ? "" : qPrintable(query.error().expected));
        QCOMPARE(idsOf(*query, 0), ids);
        QCOMPARE(idsOf(*query, 4), ids);
    }

    void mistakesAreAnsweredInPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("position");
        QTest::addColumn<qsizetype>("length");
        QTest::addColumn<QString>("hint");
        const auto row = [](const QString &text, qsizetype position, qsizetype length, const QString &hint) {
            QTest::newRow(qPrintable(text)) << text << position << length << hint;
        };
        row(u"statsu:failed"_s, 0, 6, u"status"_s);
        row(u"ada amout:12"_s, 4, 5, u"amount"_s);
        row(u"qqqqqqqqqq:1"_s, 0, 10, u"quotation marks"_s);
        row(u"status:banana"_s, 7, 6, u"succeeded"_s);
        row(u"status:"_s, 7, 0, u"succeeded"_s);
        row(u"amount:abc"_s, 7, 3, u"12.50"_s);
        row(u"amount:1.005"_s, 7, 5, u"12.50"_s);
        row(u"amount:1,50"_s, 7, 4, u"12.50"_s);
        row(u"amount:-3"_s, 7, 2, u"12.50"_s);
        row(u"amount:1e3"_s, 7, 3, u"12.50"_s);
        row(u"amount:20..10"_s, 7, 6, u"end"_s);
        row(u"amount:.."_s, 7, 2, u"12.50"_s);
        row(u"created:tomorrow"_s, 8, 8, u"2026-11"_s);
        row(u"created:2026-13"_s, 8, 7, u"2026-11"_s);
        row(u"created:2026-02-30"_s, 8, 10, u"2026-11"_s);
        row(u"created:2026-11-07..2026-11-03"_s, 8, 22, u"end"_s);
        row(u"(ada"_s, 0, 1, u"closing bracket"_s);
        row(u"ada)"_s, 3, 1, u"opening bracket"_s);
        row(u"ada OR"_s, 6, 0, u"a word"_s);
        row(u"OR ada"_s, 0, 2, u"a word"_s);
        row(u"()"_s, 1, 1, u"a word"_s);
        row(u"ada AND AND byron"_s, 8, 3, u"a word"_s);
        row(u"\"ada"_s, 0, 4, u"closing quotation mark"_s);
        row(u"ref:\"x"_s, 4, 2, u"closing quotation mark"_s);
        row(u"***"_s, 0, 3, u"letter"_s);
        row(u"customer:--"_s, 9, 2, u"letter"_s);
        row(QString(200, u'(') + u"a"_s, 61, 1, u"fewer brackets"_s);
    }

    void mistakesAreAnsweredInPlace()
    {
        QFETCH(QString, text);
        QFETCH(QString, hint);
        const auto query = models::parseQuery(RecordKind::Transaction, text, now);
        QVERIFY(!query);
        QTEST(query.error().position, "position");
        QTEST(query.error().length, "length");
        QVERIFY2(query.error().expected.contains(hint), qPrintable(query.error().expected));
    }

    void everyKindHasItsFields_data()
    {
        QTest::addColumn<RecordKind>("kind");
        QTest::addColumn<QString>("text");
        QTest::newRow("customers") << RecordKind::Customer
                                   << u"ada status:active bank:first created:2026 email:ada last4:1 -x id:y"_s;
        QTest::newRow("payouts") << RecordKind::Payout
                                 << u"link status:open amount:>1 ref:po descriptor:link created:30d id:y"_s;
        QTest::newRow("outbox")
            << RecordKind::OutboxEntry
            << u"ada status:unknown type:refund amount:1..5 reason:x original:a1 by:me created:today -ref:RF id:3"_s;
        QTest::newRow("events")
            << RecordKind::Event
            << u"ada type:payment status:problem verdict:failed family:paybybank received:7d created:today about:p-1 "
               u"ref:x subscription:shop user:u code:R01 changed:x problem:y origin:webhook again:conflict -id:e"_s;
    }

    void everyKindHasItsFields()
    {
        QFETCH(RecordKind, kind);
        QFETCH(QString, text);
        const auto query = models::parseQuery(kind, text, now);
        QVERIFY2(query.has_value(), query ? "" : qPrintable(query.error().expected));
        const auto keys = models::readKeys(*m_database, {.kind = kind, .query = *query}, 0);
        QVERIFY2(keys.has_value(), keys ? "" : qPrintable(keys.error().message));
    }

    void valuesNeverBecomePartOfTheQuestion()
    {
        const auto query = models::parseQuery(
            RecordKind::Transaction, u"ref:zzqqzz failure:zzqqzz amount:77.77 status:\"zzqqzz\""_s, now);
        QVERIFY(query.has_value());
        QVERIFY(!query->where.contains("zzqqzz") && !query->where.contains("7777"));
        QVERIFY(!query->rest.contains("zzqqzz"));
    }

    void rangesOfAnySizeAnswerAlike_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("first"); // cents, both included
        QTest::addColumn<int>("last");
        QTest::newRow("few") << u"amount:10..15"_s << 1'000 << 1'500;
        QTest::newRow("many") << u"amount:1..90"_s << 100 << 9'000;
        QTest::newRow("few of many") << u"amount:1..90 status:succeeded amount:<=15"_s << 100 << 1'500;
        QTest::newRow("none") << u"amount:>200"_s << 20'001 << 0;
    }

    void rangesOfAnySizeAnswerAlike()
    {
        QFETCH(QString, text);
        QFETCH(int, first);
        QFETCH(int, last);
        const auto database = Database::open(m_folder.filePath(u"many.sqlite"_s), Database::Mode::ReadWrite);
        QVERIFY(database);
        QVERIFY(models::migrate(**database, models::ledgerMigrations()));
        // Row n is for n cents; the oldest is the dearest.
        QVERIFY((*database)->execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
            "INSERT OR IGNORE INTO transactions(key, id, type, status, amount_cents, first_seen_at, last_read_at, "
            "last_source) SELECT 20000 - i, 'id' || i, 'DEBIT', 'SUCCEEDED', i, 1, 1, 'LOOKUP' FROM n"));
        const auto query = models::parseQuery(RecordKind::Transaction, text, now);
        QVERIFY(query.has_value());
        models::KeyVector expected;
        qint64 cents = 0;
        for (int each = first; each <= last; ++each) {
            expected.push_back(20'000 - each);
            cents += each;
        }
        const auto all = models::readKeys(**database, {.kind = RecordKind::Transaction, .query = *query}, 0);
        QVERIFY2(all.has_value(), all ? "" : qPrintable(all.error().message));
        QVERIFY(all->keys == expected);
        QCOMPARE(all->cents, cents);
        const auto some = models::readKeys(**database, {.kind = RecordKind::Transaction, .query = *query}, 40);
        QVERIFY(some.has_value());
        QVERIFY(std::ranges::equal(some->keys, expected | std::views::take(40)));
    }

    void completionsFollowTheCursor_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("offers");
        QTest::newRow("a field") << u"ada sta"_s << QStringList{u"status:"_s};
        QTest::newRow("a value") << u"status:suc"_s << QStringList{u"succeeded"_s};
        QTest::newRow("after a comma") << u"status:failed,pen"_s << QStringList{u"pending"_s};
        QTest::newRow("negated, in brackets") << u"(-ty"_s << QStringList{u"type:"_s};
        QTest::newRow("times") << u"created:y"_s << QStringList{u"yesterday"_s};
        QTest::newRow("unknown field") << u"foo:b"_s << QStringList{};
    }

    void completionsFollowTheCursor()
    {
        QFETCH(QString, text);
        QTEST(models::queryCompletions(RecordKind::Transaction, text, text.size()), "offers");
    }

private:
    // In the default order the full-text table leads, sorted by another column it does not: both must agree.
    QString idsOf(const models::RecordQuery &query, int sortColumn)
    {
        const auto keys = models::readKeys(
            *m_database, {.kind = RecordKind::Transaction, .query = query, .sortColumn = sortColumn}, 0);
        if (!keys)
            return keys.error().message;
        const auto found = models::readRows(*m_database, RecordKind::Transaction, keys->keys);
        QStringList ids;
        for (const models::RecordRow &row : *found)
            ids.append(row.id);
        ids.sort();
        return ids.join(u' ');
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
};

QTEST_GUILESS_MAIN(tst_RecordQuery)
#include "tst_recordquery.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/finder.h"

#include "models/cell.h"
#include "models/findertext.h"
#include "tests/models/lookupdesk.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::Finder;
using models::RecordKind;
using models::RecordRef;
using State = models::Finder::State;

namespace {

QString letterOf(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return u"T"_s;
    case RecordKind::Customer:
        return u"C"_s;
    case RecordKind::Payout:
        return u"P"_s;
    case RecordKind::OutboxEntry:
        return u"O"_s;
    case RecordKind::PayLink:
        return u"L"_s;
    case RecordKind::Event:
        return u"E"_s;
    }
    return {};
}

//! "C:cust-1 T:tx-2", from the top.
QString foundBy(const Finder &finder)
{
    QStringList found;
    for (int row = 0; row < finder.rowCount(); ++row) {
        const auto ref = finder.index(row).data(Finder::RefRole).value<RecordRef>();
        found.append(letterOf(ref.kind) + u':' + ref.id);
    }
    return found.join(u' ');
}

//! A desk whose ledger knows a few records, and a finder over it.
struct FinderDesk : LookUpDesk
{
    FinderDesk()
        : finder(*ledger, *lookUps)
        , tester(&finder, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
    }

    bool fill();
    bool addLinks();
    Finder finder;
    QAbstractItemModelTester tester;
};

api::Transaction olderTransaction(
    const QString &id, const QString &reference, qint64 cents, const QString &customer, int days)
{
    api::Transaction transaction = sample::transaction(id, u"SUCCEEDED"_s, cents);
    transaction.clientReferenceId = reference;
    transaction.customerId = api::CustomerId(customer);
    transaction.createdAt -= days * 86'400'000LL;
    return transaction;
}

bool FinderDesk::fill()
{
    api::Customer newer = sample::customer(u"cust-1"_s, u"Ada"_s, u"Lovelace"_s, u"ada@example.com"_s);
    newer.createdAt += 1000;
    return observe({sample::seen(newer),
        sample::seen(sample::customer(u"cust-2"_s, u"Zo\u00eb"_s, u"Adair"_s, u"zoe@example.org"_s)),
        sample::seen(olderTransaction(u"tx-1"_s, u"ORDER-100"_s, 12'840, u"cust-1"_s, 1)),
        sample::seen(sample::transaction(u"tx-2"_s, u"PENDING"_s, 1250)),
        sample::seen(olderTransaction(u"tx-3"_s, u"tx-2"_s, 1255, u"cust-2"_s, 2)),
        sample::seen(sample::payout(u"po-1"_s, u"DISBURSED"_s, u"BATCH-7"_s))});
}

bool FinderDesk::addLinks()
{
    constexpr auto *columns
        = "INSERT INTO pay_links(state, purpose, product, experience, name, email, amount_cents, currency, reference, "
          "redirect_url, draft, verb, path, auth, content_type, request_body, service, owner, by_user, created_at, "
          "changed_at, url, for_customer_id, payment_id) VALUES('READY', 'NEW', 'PAY', '', 'Grace Hopper', "
          "'grace@example.net', ";
    constexpr auto *rest = ", '', x'', 'POST', '/', '', '', x'', '', '', '', 1, 1, ";
    std::optional<bool> written;
    QObject context;
    ledger->write(
        [=](models::Database &database) {
            const QByteArray first = QByteArray(columns) + "7710, 'USD', 'ORDER-200'" + rest
                + "'https://pay.link.money/?sessionKey=key-12345678-abc', '', 'tx-1')";
            const QByteArray second = QByteArray(columns) + "0, 'USD', ''" + rest + "'', 'cust-1', '')";
            const auto made = database.execute(first);
            return made ? database.execute(second) : made;
        },
        models::Ledger::Durability::Full, &context,
        [&written](const models::DatabaseResult<void> &result) { written = result.has_value(); });
    return QTest::qWaitFor([&written] { return written.has_value(); }) && *written;
}

} // namespace

class TestFinder : public QObject
{
    Q_OBJECT
private slots:
    void cleansWhatIsPasted_data();
    void cleansWhatIsPasted();
    void knowsAnId_data();
    void knowsAnId();
    void quotesWords_data();
    void quotesWords();

    void findsInTheLedger_data();
    void findsInTheLedger();
    void findsPayLinks_data();
    void findsPayLinks();
    void saysWhatItFound();
    void findsFiveOfAKind();
    void answersTheNewestTextOnly();
    void forgetsAnEmptyText();

    void opensWhatTheApiKnows_data();
    void opensWhatTheApiKnows();
    void listsSeveral();
    void saysWhatWasNotFound();
    void saysWhyItCouldNotAsk();
    void opensWhatTheLedgerHasUnasked();
    void asksNothingForWords();
    void isCancelled();
    void survivesATextWhileAsking();
};

void TestFinder::cleansWhatIsPasted_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("cleaned");
    QTest::newRow("blanks") << u"  tx-1\t\r\n"_s << u"tx-1"_s;
    QTest::newRow("blanks inside") << u"Ada\n  Lovelace"_s << u"Ada Lovelace"_s;
    QTest::newRow("no-break and zero-width blanks") << u"\u00a0tx-\u200b1\ufeff"_s << u"tx-1"_s;
    QTest::newRow("quotes") << u"\"tx-1\""_s << u"tx-1"_s;
    QTest::newRow("curly quotes and a full stop") << u"\u201ctx-1.\u201d."_s << u"tx-1"_s;
    QTest::newRow("trailing comma") << u"tx-1,"_s << u"tx-1"_s;
    QTest::newRow("brackets") << u"(tx-1);"_s << u"tx-1"_s;
    QTest::newRow("mail address") << u"<ada@example.com>"_s << u"ada@example.com"_s;
    QTest::newRow("number sign") << u"#7637431"_s << u"7637431"_s;
    QTest::newRow("amount stays") << u"$12.50"_s << u"$12.50"_s;
    QTest::newRow("address, path") << u"https://portal.link.money/payments/tx-1001"_s << u"tx-1001"_s;
    QTest::newRow("address, path and more")
        << u"https://portal.link.money/payments/tx-1001/details?tab=raw"_s << u"tx-1001"_s;
    QTest::newRow("address, query") << u"https://shop.example/back?status=200&customerId=cust-1#top"_s << u"cust-1"_s;
    QTest::newRow("address, encoded") << u"https://shop.example/v1/payouts/po%2D1001"_s << u"po-1001"_s;
    QTest::newRow("address, fragment") << u"https://portal.link.money/#/payouts/po-1001"_s << u"po-1001"_s;
    QTest::newRow("address without an id") << u"https://portal.link.money/"_s << u"https://portal.link.money/"_s;
    QTest::newRow("nothing but marks") << u" \"()\" , "_s << QString();
    QTest::newRow("endless") << QString(100'000, u'x') << QString(256, u'x');
}

void TestFinder::cleansWhatIsPasted()
{
    QFETCH(QString, pasted);
    QFETCH(QString, cleaned);
    QCOMPARE(models::cleanedQuestion(pasted), cleaned);
}

void TestFinder::knowsAnId_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isId");
    QTest::newRow("uuid") << u"d0a49ea1-40ab-4bd9-a2b4-2a0d2a1ed0a1"_s << true;
    QTest::newRow("number") << u"7637431"_s << true;
    QTest::newRow("prefix") << u"txn_0a1B"_s << true;
    QTest::newRow("name") << u"Lovelace"_s << false;
    QTest::newRow("two words") << u"tx-1001 tx-1002"_s << false;
    QTest::newRow("last four") << u"0042"_s << false;
    QTest::newRow("amount") << u"128.40"_s << false;
    QTest::newRow("amount with sign") << u"$12840"_s << false;
    QTest::newRow("e-mail") << u"ada1@example.com"_s << false;
    QTest::newRow("climbing path") << u"../v1/tokens1"_s << false;
    QTest::newRow("dots") << u"tx..1001"_s << false;
    QTest::newRow("quote inside") << u"tx'1001"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestFinder::knowsAnId()
{
    QFETCH(QString, text);
    QFETCH(bool, isId);
    QCOMPARE(models::couldBeId(text), isId);
}

void TestFinder::quotesWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("query");
    QTest::newRow("words") << u"Ada Lovelace"_s << u"Ada Lovelace"_s;
    QTest::newRow("operators") << u"Smith AND NOT OR"_s << u"Smith and not or"_s;
    QTest::newRow("no field") << u"status:failed"_s << u"status failed"_s;
    QTest::newRow("no denial") << u"-ada --"_s << u"ada"_s;
    QTest::newRow("brackets and quotes") << u"(Ada \"L"_s << u"Ada L"_s;
    QTest::newRow("marks") << u"$ & *"_s << QString();
}

void TestFinder::quotesWords()
{
    QFETCH(QString, text);
    QFETCH(QString, query);
    QCOMPARE(models::plainWordsQuery(text), query);
}

void TestFinder::findsInTheLedger_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("name begun") << u"ada"_s << u"C:cust-1 C:cust-2 T:tx-2 T:tx-1 T:tx-3"_s;
    QTest::newRow("whole name") << u"Ada Lovelace"_s << u"C:cust-1 T:tx-2 T:tx-1"_s;
    QTest::newRow("without accents") << u"zoe"_s << u"C:cust-2 T:tx-3"_s;
    QTest::newRow("id before reference") << u"tx-2"_s << u"T:tx-2 T:tx-3"_s;
    QTest::newRow("reference") << u"ORDER-100"_s << u"T:tx-1"_s;
    QTest::newRow("reference of a payout") << u"BATCH-7"_s << u"P:po-1"_s;
    QTest::newRow("customer's id") << u"cust-1"_s << u"C:cust-1 T:tx-2 T:tx-1"_s;
    QTest::newRow("e-mail") << u"ADA@example.com"_s << u"C:cust-1 T:tx-2 T:tx-1"_s;
    QTest::newRow("amount") << u"128.40"_s << u"T:tx-1"_s;
    QTest::newRow("amount with sign") << u"$12.50"_s << u"T:tx-2"_s;
    QTest::newRow("amount begun") << u"12.5"_s << u"T:tx-2 T:tx-3"_s;
    QTest::newRow("amount of a payout") << u"$987.65"_s << u"P:po-1"_s;
    QTest::newRow("last four of payments") << u"0042"_s << u"T:tx-2 T:tx-1 T:tx-3"_s;
    QTest::newRow("last four of a customer") << u"9876"_s << u"C:cust-1 C:cust-2"_s;
    QTest::newRow("pasted") << u" \"po-1\", "_s << u"P:po-1"_s;
    QTest::newRow("in an address") << u"https://portal.example/payments/tx-2?id=tx-2"_s << u"T:tx-2 T:tx-3"_s;
    QTest::newRow("filter language means nothing") << u"status:succeeded"_s << QString();
    QTest::newRow("SQL means nothing") << u"' OR 1=1 --"_s << QString();
    QTest::newRow("full-text language means nothing") << u"w_name:* NEAR(\"a"_s << QString();
    QTest::newRow("unknown") << u"nobody"_s << QString();
}

void TestFinder::findsInTheLedger()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    FinderDesk desk;
    QVERIFY(desk.fill());
    desk.finder.setText(text);
    QCOMPARE(desk.finder.state(), State::Searching);
    QTRY_COMPARE(desk.finder.state(), State::Ready);
    QCOMPARE(foundBy(desk.finder), expected);
    QVERIFY(desk.server.asked().isEmpty());
}

void TestFinder::findsPayLinks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("the whole address") << u"https://pay.link.money/?sessionKey=key-12345678-abc"_s << u"L:1"_s;
    QTest::newRow("the session key") << u"key-12345678-abc"_s << u"L:1"_s;
    QTest::newRow("too little of it") << u"key-123"_s << QString();
    QTest::newRow("reference") << u"ORDER-200"_s << u"L:1"_s;
    QTest::newRow("name") << u"grace hop"_s << u"L:2 L:1"_s;
    QTest::newRow("e-mail") << u"GRACE@example.net"_s << u"L:2 L:1"_s;
    QTest::newRow("amount") << u"$77.10"_s << u"L:1"_s;
    QTest::newRow("the customer it was for") << u"cust-1"_s << u"C:cust-1 T:tx-2 T:tx-1 L:2"_s;
    QTest::newRow("the payment it led to") << u"tx-1"_s << u"T:tx-1 L:1"_s;
    QTest::newRow("wildcards mean nothing") << u"%%%%%%%%%%"_s << QString();
}

void TestFinder::findsPayLinks()
{
    FinderDesk desk;
    QVERIFY(desk.fill());
    QVERIFY(desk.addLinks());
    QFETCH(QString, text);
    desk.finder.setText(text);
    QTRY_COMPARE(desk.finder.state(), State::Ready);
    QTEST(foundBy(desk.finder), "expected");
    for (int row = 0; row < desk.finder.rowCount(); ++row) {
        const QModelIndex found = desk.finder.index(row);
        QVERIFY(!found.data().toString().contains(u"sessionKey"_s)); // as good as the customer's password
        QVERIFY(!found.data(Finder::SubtitleRole).toString().contains(u"sessionKey"_s));
    }
}

void TestFinder::saysWhatItFound()
{
    FinderDesk desk;
    QVERIFY(desk.fill());
    desk.finder.setText(u"tx-1"_s);
    QTRY_COMPARE(desk.finder.rowCount(), 1);
    const QModelIndex payment = desk.finder.index(0);
    QCOMPARE(payment.data().toString(), u"$128.40 \u00b7 Ada Lovelace"_s);
    QVERIFY(payment.data(Finder::SubtitleRole)
            .toString()
            .startsWith(u"First Bank \u00b7\u00b70042 \u00b7 ORDER-100 \u00b7 "_s));
    QCOMPARE(payment.data(Finder::CellRole).value<models::Cell>().value.toLongLong(), 12'840);
    QCOMPARE(payment.data(Finder::StatusRole).toString(), u"SUCCEEDED"_s);
    QVERIFY(payment.data(Qt::AccessibleTextRole).toString().contains(u"ORDER-100"_s));

    desk.finder.setText(u"cust-2"_s);
    QTRY_COMPARE(desk.finder.index(0).data().toString(), u"Zo\u00eb Adair"_s);
    QVERIFY(desk.finder.index(0)
            .data(Finder::SubtitleRole)
            .toString()
            .startsWith(u"zoe@example.org \u00b7 Chase \u00b7\u00b79876"_s));
    QVERIFY(!desk.finder.index(0).data(Finder::CellRole).isValid());

    desk.finder.setText(u"po-1"_s);
    QTRY_COMPARE(desk.finder.index(0).data().toString(), u"$987.65 \u00b7 Payout"_s);
}

void TestFinder::findsFiveOfAKind()
{
    FinderDesk desk;
    QList<models::Observation> all;
    for (int number = 0; number < 20; ++number) {
        api::Transaction transaction = sample::transaction(u"tx-%1"_s.arg(number));
        transaction.descriptor = u"SHOES"_s;
        transaction.createdAt += number * 1000;
        all.append(sample::seen(transaction));
        api::Payout payout = sample::payout(u"po-%1"_s.arg(number), u"CREATED"_s);
        payout.descriptor = u"SHOES"_s;
        payout.createdAt += number * 1000;
        all.append(sample::seen(payout));
    }
    QVERIFY(desk.observe(all));
    desk.finder.setText(u"shoes"_s);
    QTRY_COMPARE(
        foundBy(desk.finder), u"T:tx-19 T:tx-18 T:tx-17 T:tx-16 T:tx-15 P:po-19 P:po-18 P:po-17 P:po-16 P:po-15"_s);
}

void TestFinder::answersTheNewestTextOnly()
{
    FinderDesk desk;
    QVERIFY(desk.fill());
    const QSignalSpy reset(&desk.finder, &Finder::modelReset);
    for (const QString &text : {u"a"_s, u"ad"_s, u"po"_s, u"tx-1"_s})
        desk.finder.setText(text);
    QCOMPARE(desk.finder.text(), u"tx-1"_s);
    QTRY_COMPARE(desk.finder.state(), State::Ready);
    QCOMPARE(foundBy(desk.finder), u"T:tx-1"_s);
    QCOMPARE(reset.size(), 1);
}

void TestFinder::forgetsAnEmptyText()
{
    FinderDesk desk;
    QVERIFY(desk.fill());
    desk.finder.setText(u"ada"_s);
    QTRY_VERIFY(desk.finder.rowCount() > 0);
    desk.finder.setText(u"  "_s);
    QCOMPARE(desk.finder.state(), State::Idle);
    QCOMPARE(desk.finder.rowCount(), 0);
    desk.finder.setText(u"tx-1"_s);
    QTRY_COMPARE(foundBy(desk.finder), u"T:tx-1"_s);
}

void TestFinder::opensWhatTheApiKnows_data()
{
    QTest::addColumn<RecordKind>("kind");
    QTest::newRow("transaction") << RecordKind::Transaction;
    QTest::newRow("customer") << RecordKind::Customer;
    QTest::newRow("payout") << RecordKind::Payout;
}

void TestFinder::opensWhatTheApiKnows()
{
    QFETCH(RecordKind, kind);
    FinderDesk desk;
    if (kind == RecordKind::Transaction)
        desk.server.addTransaction(u"rec-1001"_s);
    else if (kind == RecordKind::Customer)
        desk.server.addCustomer(u"rec-1001"_s);
    else
        desk.server.addPayout(u"rec-1001"_s, u"CREATED"_s);
    QList<RecordRef> opened;
    connect(&desk.finder, &Finder::opened, &desk.finder, [&](const RecordRef &ref) { opened.append(ref); });
    desk.finder.setText(u" 'rec-1001' "_s);
    QVERIFY(desk.finder.looksLikeId());
    QTRY_COMPARE(desk.finder.state(), State::Ready);
    QCOMPARE(desk.finder.rowCount(), 0);

    desk.finder.ask();
    QCOMPARE(desk.finder.state(), State::Asking);
    QTRY_COMPARE(opened, (QList<RecordRef>{{kind, u"rec-1001"_s}}));
    QCOMPARE(desk.finder.state(), State::Ready);
    QCOMPARE(foundBy(desk.finder), letterOf(kind) + u":rec-1001"_s);
    const QByteArrayList asked = desk.server.asked();
    for (const char *path : {"/v1/transactions/rec-1001", "/v1/customers/rec-1001", "/v1/payouts/rec-1001"})
        QCOMPARE(asked.count(path), 1);
}

void TestFinder::listsSeveral()
{
    FinderDesk desk;
    desk.server.addTransaction(u"rec-1001"_s);
    desk.server.addPayout(u"rec-1001"_s, u"CREATED"_s);
    const QSignalSpy opened(&desk.finder, &Finder::opened);
    desk.finder.setText(u"rec-1001"_s);
    desk.finder.ask();
    QTRY_COMPARE(desk.finder.state(), State::Ready);
    QCOMPARE(foundBy(desk.finder), u"T:rec-1001 P:rec-1001"_s);
    QCOMPARE(opened.size(), 0);
}

void TestFinder::saysWhatWasNotFound()
{
    FinderDesk desk;
    const QSignalSpy opened(&desk.finder, &Finder::opened);
    desk.finder.setText(u"rec-1001"_s);
    desk.finder.ask();
    QTRY_COMPARE(desk.finder.state(), State::NotFound);
    QVERIFY(desk.finder.message().contains(u"rec-1001"_s));
    QCOMPARE(desk.server.asked().count("/v1/payouts/rec-1001"), 1);
    QCOMPARE(opened.size(), 0);

    desk.finder.setText(u"rec-1002"_s);
    QVERIFY(desk.finder.message().isEmpty());
}

void TestFinder::saysWhyItCouldNotAsk()
{
    FinderDesk desk;
    desk.server.mood = RecordServer::Mood::RefusingTokens;
    desk.finder.setText(u"rec-1001"_s);
    desk.finder.ask();
    QTRY_COMPARE(desk.finder.state(), State::Failed);
    QVERIFY2(desk.finder.message().contains(u"client secret"_s), qPrintable(desk.finder.message()));

    // Asking again works as soon as the trouble is over.
    desk.server.mood = RecordServer::Mood::Answering;
    desk.server.addPayout(u"rec-1001"_s, u"CREATED"_s);
    desk.finder.ask();
    QTRY_COMPARE(foundBy(desk.finder), u"P:rec-1001"_s);
}

void TestFinder::opensWhatTheLedgerHasUnasked()
{
    FinderDesk desk;
    QVERIFY(desk.observe({sample::seen(sample::payout(u"rec-1001"_s, u"CREATED"_s))}));
    QList<RecordRef> opened;
    connect(&desk.finder, &Finder::opened, &desk.finder, [&](const RecordRef &ref) { opened.append(ref); });
    desk.finder.setText(u"rec-1001"_s);
    desk.finder.ask();
    QTRY_COMPARE(opened, (QList<RecordRef>{{RecordKind::Payout, u"rec-1001"_s}}));
    QVERIFY(desk.server.asked().isEmpty());
}

void TestFinder::asksNothingForWords()
{
    FinderDesk desk;
    desk.finder.setText(u"Ada Lovelace"_s);
    QVERIFY(!desk.finder.looksLikeId());
    desk.finder.ask();
    QTRY_COMPARE(desk.finder.state(), State::Ready);
    QVERIFY(desk.server.asked().isEmpty());
}

void TestFinder::isCancelled()
{
    FinderDesk desk;
    desk.server.addTransaction(u"rec-1001"_s);
    desk.server.mood = RecordServer::Mood::Silent;
    const QSignalSpy opened(&desk.finder, &Finder::opened);
    desk.finder.setText(u"rec-1001"_s);
    desk.finder.ask();
    QCOMPARE(desk.finder.state(), State::Asking);
    desk.finder.cancel();
    QCOMPARE(desk.finder.state(), State::Idle);
    QCOMPARE(desk.finder.rowCount(), 0);
    QCOMPARE(desk.ask("SELECT count(*) FROM transactions"), u"0"_s);
    QCOMPARE(desk.finder.state(), State::Idle);
    QCOMPARE(opened.size(), 0);

    // The text is still there for another try.
    QVERIFY(desk.finder.looksLikeId());
    desk.finder.setText(u"rec-1001"_s);
    QTRY_COMPARE(desk.finder.state(), State::Ready);
}

void TestFinder::survivesATextWhileAsking()
{
    FinderDesk desk;
    QVERIFY(desk.fill());
    desk.server.addTransaction(u"rec-1001"_s);
    const QSignalSpy opened(&desk.finder, &Finder::opened);
    desk.finder.setText(u"rec-1001"_s);
    desk.finder.ask();
    QTRY_COMPARE(desk.server.asked().isEmpty(), false);
    desk.finder.setText(u"tx-1"_s);
    const qsizetype openedBefore = opened.size(); // the answer may have been quicker than the new text
    QTRY_COMPARE(foundBy(desk.finder), u"T:tx-1"_s);
    QCOMPARE(desk.lookUp({RecordKind::Transaction, u"rec-1001"_s}), QString());
    QCOMPARE(opened.size(), openedBefore);
    QCOMPARE(foundBy(desk.finder), u"T:tx-1"_s);
}

QTEST_GUILESS_MAIN(TestFinder)
#include "tst_finder.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/lookupdesk.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::RecordKind;
using models::RecordRef;
using models::Source;

class TestLookUps : public QObject
{
    Q_OBJECT
private slots:
    void tellsTheLedger_data();
    void tellsTheLedger();
    void namesTheRecordAsTheServerDoes();
    void readsTheLinkedAccountsOfACustomer();
    void passesErrorsOn_data();
    void passesErrorsOn();
    void staysSilentWhenDropped();
    void staysSilentForADeadContext();
    void readsBackOnceAtATime();
    void neverAsksForAnOutboxEntry();
    void keepsVerifiedNumbersOffTheDisk();
};

void TestLookUps::tellsTheLedger_data()
{
    QTest::addColumn<RecordKind>("kind");
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("expected");
    QTest::newRow("transaction") << RecordKind::Transaction
                                 << QByteArray("SELECT status || amount_cents FROM transactions WHERE id = 'rec-1'")
                                 << u"PENDING12840"_s;
    QTest::newRow("payout") << RecordKind::Payout
                            << QByteArray("SELECT status || amount_cents FROM payouts WHERE id = 'rec-1'")
                            << u"CREATED98765"_s;
    QTest::newRow("customer") << RecordKind::Customer << QByteArray("SELECT name FROM customers WHERE id = 'rec-1'")
                              << u"Ada Lovelace"_s;
}

void TestLookUps::tellsTheLedger()
{
    QFETCH(RecordKind, kind);
    QFETCH(QByteArray, sql);
    QFETCH(QString, expected);
    LookUpDesk desk;
    desk.server.addTransaction(u"rec-1"_s, u"PENDING"_s);
    desk.server.addPayout(u"rec-1"_s, u"CREATED"_s);
    desk.server.addCustomer(u"rec-1"_s);
    const QSignalSpy succeeded(desk.lookUps.get(), &models::LookUps::succeeded);

    QCOMPARE(desk.lookUp({kind, u"rec-1"_s}), QString());
    QCOMPARE(desk.ask(sql), expected);
    QCOMPARE(desk.ask("SELECT source FROM observations WHERE record_id = 'rec-1' AND kind <> 'accounts'"), u"lookup"_s);
    QCOMPARE(succeeded.size(), 1);
}

void TestLookUps::namesTheRecordAsTheServerDoes()
{
    LookUpDesk desk;
    desk.server.addTransaction(u"ABC-1"_s);
    desk.server.records["/v1/transactions/abc-1"] = desk.server.records.value("/v1/transactions/ABC-1");
    QObject context;
    QString opened;
    const api::Call call = desk.lookUps->lookUp({RecordKind::Transaction, u"abc-1"_s}, Source::LookUp, &context,
        [&](const api::Result<RecordRef> &result) { opened = result ? result->id : u"error"_s; });
    QTRY_COMPARE(opened, u"ABC-1"_s);
}

void TestLookUps::readsTheLinkedAccountsOfACustomer()
{
    LookUpDesk desk;
    desk.server.addCustomer(u"cust-1"_s);
    QCOMPARE(desk.lookUp({RecordKind::Customer, u"cust-1"_s}), QString());
    QTRY_COMPARE(
        desk.ask("SELECT institution || last_four FROM accounts WHERE customer_id = 'cust-1'"), u"Chase0412"_s);

    // Accounts that cannot be read do not take the customer away.
    desk.server.records.remove("/v1/customers/cust-1/accounts");
    QCOMPARE(desk.lookUp({RecordKind::Customer, u"cust-1"_s}), QString());
}

void TestLookUps::passesErrorsOn_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<RecordServer::Mood>("mood");
    QTest::addColumn<QString>("kind");
    QTest::newRow("not found") << QByteArray() << RecordServer::Mood::Answering << u"NotFound"_s;
    QTest::newRow("fault") << QByteArray() << RecordServer::Mood::Faulty << u"Fault"_s;
    QTest::newRow("wrong secret") << QByteArray() << RecordServer::Mood::RefusingTokens << u"Unauthorized"_s;
    QTest::newRow("not JSON") << QByteArray("<html>") << RecordServer::Mood::Answering << u"Garbled"_s;
    QTest::newRow("wrong type") << QByteArray(R"({"transactionId":[],"amount":true})") << RecordServer::Mood::Answering
                                << u"Garbled"_s;
}

void TestLookUps::passesErrorsOn()
{
    QFETCH(QByteArray, body);
    QFETCH(RecordServer::Mood, mood);
    QFETCH(QString, kind);
    LookUpDesk desk;
    desk.server.mood = mood;
    if (!body.isEmpty())
        desk.server.records["/v1/transactions/rec-1"] = body;
    const QSignalSpy failed(desk.lookUps.get(), &models::LookUps::failed);
    const QSignalSpy succeeded(desk.lookUps.get(), &models::LookUps::succeeded);

    QCOMPARE(desk.lookUp({RecordKind::Transaction, u"rec-1"_s}), kind);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(succeeded.size(), 0);
    QCOMPARE(desk.ask("SELECT count(*) FROM observations"), u"0"_s);
}

void TestLookUps::staysSilentWhenDropped()
{
    LookUpDesk desk;
    desk.server.addTransaction(u"rec-1"_s);
    QObject context;
    bool heard = false;
    {
        const api::Call call = desk.lookUps->lookUp({RecordKind::Transaction, u"rec-1"_s}, Source::LookUp, &context,
            [&](const api::Result<RecordRef> &) { heard = true; });
    }
    QCOMPARE(desk.lookUp({RecordKind::Transaction, u"rec-1"_s}), QString());
    QVERIFY(!heard);
}

void TestLookUps::staysSilentForADeadContext()
{
    LookUpDesk desk;
    desk.server.addTransaction(u"rec-1"_s);
    bool heard = false;
    auto context = std::make_unique<QObject>();
    const api::Call call = desk.lookUps->lookUp({RecordKind::Transaction, u"rec-1"_s}, Source::LookUp, context.get(),
        [&](const api::Result<RecordRef> &) { heard = true; });
    context.reset();
    QCOMPARE(desk.lookUp({RecordKind::Transaction, u"rec-1"_s}), QString());
    QVERIFY(!heard);
}

void TestLookUps::readsBackOnceAtATime()
{
    LookUpDesk desk;
    desk.server.addTransaction(u"rec-1"_s);
    const RecordRef ref{RecordKind::Transaction, u"rec-1"_s};
    for (int time = 0; time < 5; ++time)
        desk.lookUps->readBack(ref, Source::OwnAction);
    QTRY_COMPARE(desk.ask("SELECT source FROM observations"), u"own"_s);
    QCOMPARE(desk.server.asked(), QByteArrayList{"/v1/transactions/rec-1"});

    // Once it is there it can be read again.
    desk.server.addTransaction(u"rec-1"_s, u"CANCELED"_s);
    QTRY_VERIFY((desk.lookUps->readBack(ref, Source::OwnAction), desk.server.asked().size() > 1));
    QTRY_COMPARE(desk.ask("SELECT status FROM transactions"), u"CANCELED"_s);
}

void TestLookUps::neverAsksForAnOutboxEntry()
{
    LookUpDesk desk;
    desk.server.addTransaction(u"rec-1"_s);
    desk.lookUps->readBack({RecordKind::OutboxEntry, u"1"_s}, Source::LookUp);
    QCOMPARE(desk.lookUp({RecordKind::Transaction, u"rec-1"_s}), QString());
    QCOMPARE(desk.server.asked().size(), 1);
}

void TestLookUps::keepsVerifiedNumbersOffTheDisk()
{
    LookUpDesk desk;
    desk.server.records["/v1/customers/cust-1/account-verifications/accounts"]
        = R"({"accounts":[{"depositAccount":{"accountId":"a-1","accountNumberDisplay":"6789"},)"
          R"("paymentNetworks":[{"bankId":"021000021","identifier":"123456789","type":"US_ACH"}]}]})";
    QObject context;
    QString number;
    const api::Call call = desk.lookUps->verifiedAccounts(
        api::CustomerId(u"cust-1"_s), &context, [&](const api::Result<QList<api::VerifiedAccount>> &accounts) {
            number = accounts ? accounts->first().networks.first().accountNumber : u"error"_s;
        });
    QTRY_COMPARE(number, u"123456789"_s);
    QCOMPARE(desk.ask("SELECT count(*) FROM observations"), u"0"_s);
    for (const QString &name : {u"ledger.sqlite"_s, u"ledger.sqlite-wal"_s}) {
        QFile file(desk.directory.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            QVERIFY(!file.readAll().contains("123456789"));
    }
}

QTEST_GUILESS_MAIN(TestLookUps)
#include "tst_lookups.moc"

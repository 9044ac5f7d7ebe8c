// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/linkdesk.h"

#include "models/paylinkbatch.h"

#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using models::Job;
using Reply = SessionServer::Reply;

class TestPayLinkBatch : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void files_data();
    void files();
    void itemsAndSeparators();
    void everyLineHasItsOwnOutcome();
    void withoutANetworkItPauses();
    void itComesBackPausedAfterARestart();
    void anotherConsoleSeesWhoSendsIt();
    void itsEndIsSeenInTheOtherConsole();
    void onlyOneOfTwoGoesOn();
    void cancellingWithdrawsTheRest();
    void cellsAreHarmless_data();
    void cellsAreHarmless();

private:
    QString file() const { return m_directory->filePath(u"ledger.sqlite"_s); }
    models::LinkPlan planOf(int lines);
    std::unique_ptr<models::PayLinkBatch> started(LinkDesk &desk, const models::LinkPlan &plan);
    std::unique_ptr<models::PayLinkBatch> restored(LinkDesk &desk);
    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

models::SessionDraft fallbackDraft()
{
    models::SessionDraft draft;
    draft.set(models::SessionField::RedirectUrl, u"https://shop.example/done"_s);
    return draft;
}

} // namespace

models::LinkPlan TestPayLinkBatch::planOf(int lines)
{
    QByteArray csv = "firstName,lastName,email,experienceId,paymentDetails.amount\n";
    for (int i = 0; i < lines; ++i)
        csv += "Ada,Number" + QByteArray::number(i) + ",ada@example.com,LINK_MANAGED_PAYMENT,5\n";
    return models::planLinks(csv, u"links.csv"_s, fallbackDraft()).value_or(models::LinkPlan{});
}

std::unique_ptr<models::PayLinkBatch> TestPayLinkBatch::started(LinkDesk &desk, const models::LinkPlan &plan)
{
    std::unique_ptr<models::PayLinkBatch> batch;
    models::PayLinkBatch::start(plan, *desk.links, *desk.ledger, this,
        [&batch](const std::expected<models::PayLinkBatch *, QString> &made) { batch.reset(made.value_or(nullptr)); });
    return QTest::qWaitFor([&batch] { return batch != nullptr; }) ? std::move(batch) : nullptr;
}

std::unique_ptr<models::PayLinkBatch> TestPayLinkBatch::restored(LinkDesk &desk)
{
    std::unique_ptr<models::PayLinkBatch> batch;
    models::PayLinkBatch::restore(
        *desk.links, *desk.ledger, this, [&batch](const QList<models::PayLinkBatch *> &found) {
            if (found.size() == 1)
                batch.reset(found.first());
        });
    return QTest::qWaitFor([&batch] { return batch != nullptr; }) ? std::move(batch) : nullptr;
}

void TestPayLinkBatch::files_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("lines"); // -1: the whole file is refused
    QTest::addColumn<int>("good");
    QTest::newRow("empty") << QByteArray() << -1 << 0;
    QTest::newRow("names only") << QByteArray("firstName,email\n") << -1 << 0;
    QTest::newRow("no names") << QByteArray("Ada,Lovelace\nAlan,Turing\n") << -1 << 0;
    QTest::newRow("not text") << QByteArray("firstName,email\n\xFF\xFE\x01,x\n") << -1 << 0;
    QTest::newRow("good and bad") << QByteArray("firstName,lastName,email\nAda,Lovelace,ada@example.com\nAlan,,x\n")
                                  << 2 << 1;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "firstName,lastName,email\nAda,Lovelace,ada@example.com\n")
                                     << 1 << 1;
    QTest::newRow("a formula") << QByteArray("firstName,lastName,email\n=cmd|'/C calc'!A0,Lovelace,ada@example.com\n")
                               << 1 << 0;
    QTest::newRow("a formula behind a sign")
        << QByteArray("firstName,lastName,email\n-A1,Lovelace,ada@example.com\n") << 1 << 0;
    QTest::newRow("a phone number is none")
        << QByteArray("firstName,lastName,email,phoneNumber\nAda,Lovelace,ada@example.com,+1 775 555\n") << 1 << 1;
    QTest::newRow("open quote") << QByteArray("firstName,lastName,email\n\"Ada,Lovelace,ada@example.com\n") << 1 << 0;
    QTest::newRow("too many values") << QByteArray("firstName,lastName,email\nAda,Lovelace,ada@example.com,more\n") << 1
                                     << 0;
    QTest::newRow("line break in a quoted value")
        << QByteArray("firstName,lastName,email\n\"A\nB\",Lovelace,ada@example.com\n") << 1 << 0;
}

void TestPayLinkBatch::files()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, lines);
    QFETCH(const int, good);
    const auto plan = models::planLinks(text, u"links.csv"_s, fallbackDraft());
    QCOMPARE(plan.has_value(), lines >= 0);
    if (!plan) {
        QVERIFY(plan.error().endsWith(u'.'));
        return;
    }
    QCOMPARE(plan->links.size(), lines);
    QCOMPARE(plan->good(), good);
}

void TestPayLinkBatch::itemsAndSeparators()
{
    const auto plan = models::planLinks(
        "firstName;lastName;email;orderDetails.totalAmount;item1.description;item1.amount;"
        "item1.goodType;colour\nAda;Lovelace;ada@example.com;10;Book;10;digital;red\n",
        u"links.csv"_s, fallbackDraft());
    QVERIFY(plan);
    QCOMPARE(plan->unknownColumns, QStringList{u"colour"_s});
    const models::PlannedLink &link = plan->links.first();
    QVERIFY(link.canBeSent());
    QCOMPARE(link.line, 2);
    QCOMPARE(link.draft.items.size(), 1);
    QCOMPARE(link.draft.items.first(),
        (models::DraftItem{.description = u"Book"_s, .amount = u"10"_s, .goodType = u"DIGITAL"_s}));
}

void TestPayLinkBatch::everyLineHasItsOwnOutcome()
{
    SessionServer server;
    server.plan = {Reply::Make, Reply::Reject, Reply::NoAddress};
    LinkDesk desk(file(), server.url());
    const auto batch = started(desk, planOf(5));
    QVERIFY(batch);
    QTRY_COMPARE(batch->state(), Job::State::Done);
    QCOMPARE(batch->done(), 5);
    QCOMPARE(batch->summary(), u"3 links made, 2 not."_s);
    QCOMPARE(server.sessions().size(), 5);
    QSet<QByteArray> bodies;
    for (const auto &request : server.sessions())
        bodies += request.body;
    QCOMPARE(bodies.size(), 5); // each with its own key
    const auto database = models::Database::open(file(), models::Database::Mode::ReadOnly);
    const auto csv = models::batchResult(**database, batch->id());
    QVERIFY(csv);
    QCOMPARE(csv->count("\r\n"), 6);
    QCOMPARE(csv->count("Refused"), 1);
    QCOMPARE(csv->count("sessionKey="), 3);
    QTRY_COMPARE(desk.value("SELECT state FROM pay_link_batches"), u"DONE"_s);
}

void TestPayLinkBatch::withoutANetworkItPauses()
{
    SessionServer server;
    LinkDesk desk(file(), server.url());
    desk.client->setEndpoint(QUrl(), {}); // as before the sandbox runs
    const auto batch = started(desk, planOf(3));
    QVERIFY(batch);
    QTRY_COMPARE(batch->state(), Job::State::Paused);
    QVERIFY(batch->summary().contains(u"nothing could be sent"_s));
    QCOMPARE(server.sessions().size(), 0);
    QTRY_COMPARE(desk.value("SELECT count(*) FROM pay_links WHERE state = 'PLANNED'"), u"3"_s);
}

void TestPayLinkBatch::itComesBackPausedAfterARestart()
{
    SessionServer server;
    server.plan = {Reply::Make, Reply::Make, Reply::Silent, Reply::Silent};
    {
        LinkDesk first(file(), server.url());
        const auto batch = started(first, planOf(6));
        QVERIFY(batch);
        QTRY_COMPARE(server.sessions().size(), 4);
    }
    server.plan = {};
    LinkDesk second(file(), server.url());
    std::unique_ptr<models::PayLinkBatch> batch;
    models::PayLinkBatch::restore(
        *second.links, *second.ledger, this, [&batch](const QList<models::PayLinkBatch *> &found) {
            if (found.size() == 1)
                batch.reset(found.first());
        });
    QTRY_VERIFY(batch);
    QCOMPARE(batch->state(), Job::State::Paused);
    QCOMPARE(batch->total(), 6);
    QCOMPARE(server.sessions().size(), 4); // nothing goes out by itself
    batch->resume();
    QTRY_COMPARE(batch->state(), Job::State::Done);
    QCOMPARE(server.sessions().size(), 6); // the two that were on their way are never sent afresh
    QTRY_COMPARE(second.value("SELECT count(*) FROM pay_links WHERE state = 'UNKNOWN'"), u"2"_s);
    QTRY_COMPARE(second.value("SELECT count(*) FROM pay_links WHERE state = 'READY'"), u"4"_s);
}

void TestPayLinkBatch::anotherConsoleSeesWhoSendsIt()
{
    SessionServer server;
    server.plan = {Reply::Silent, Reply::Silent};
    auto first = std::make_unique<LinkDesk>(file(), server.url());
    auto sending = started(*first, planOf(5));
    QVERIFY(sending);
    QTRY_COMPARE(server.sessions().size(), 2);

    LinkDesk second(file(), server.url());
    const auto batch = restored(second);
    QVERIFY(batch);
    QVERIFY(batch->isElsewhere());
    QVERIFY(!batch->canPause());
    QCOMPARE(batch->state(), Job::State::Running);
    QVERIFY2(batch->summary().contains(u"Another console is sending these"_s), qPrintable(batch->summary()));
    batch->resume();
    batch->pause();
    QCOMPARE(server.sessions().size(), 2);

    sending.reset();
    first.reset();
    QTRY_COMPARE(batch->state(), Job::State::Paused);
    QVERIFY(!batch->isElsewhere());
    batch->resume();
    QTRY_COMPARE(batch->state(), Job::State::Done);
    QCOMPARE(server.sessions().size(), 5);
    QTRY_COMPARE(second.value("SELECT state || owner FROM pay_link_batches"), u"DONE"_s);
}

void TestPayLinkBatch::itsEndIsSeenInTheOtherConsole()
{
    SessionServer server;
    LinkDesk first(file(), server.url());
    first.client->setEndpoint(QUrl(), {});
    const auto sending = started(first, planOf(4));
    QVERIFY(sending);
    QTRY_COMPARE(sending->state(), Job::State::Paused);
    LinkDesk second(file(), server.url());
    const auto batch = restored(second);
    QVERIFY(batch);
    QVERIFY(!batch->isElsewhere());
    first.client->setEndpoint(server.url(), {.clientId = u"id"_s, .clientSecret = "secret"});
    sending->resume();
    QTRY_COMPARE(sending->state(), Job::State::Done);
    QTRY_COMPARE(batch->state(), Job::State::Done);
    QCOMPARE(batch->done(), 4);
    QCOMPARE(batch->summary(), u"4 links made."_s);
    QCOMPARE(server.sessions().size(), 4);
}

void TestPayLinkBatch::onlyOneOfTwoGoesOn()
{
    SessionServer server;
    LinkDesk first(file(), server.url());
    first.client->setEndpoint(QUrl(), {});
    const auto one = started(first, planOf(6));
    QVERIFY(one);
    QTRY_COMPARE(one->state(), Job::State::Paused);
    LinkDesk second(file(), server.url());
    const auto two = restored(second);
    QVERIFY(two);
    first.client->setEndpoint(server.url(), {.clientId = u"id"_s, .clientSecret = "secret"});
    one->resume();
    two->resume();
    QTRY_COMPARE(one->state(), Job::State::Done);
    QTRY_COMPARE(two->state(), Job::State::Done);
    QCOMPARE(server.sessions().size(), 6);
    QCOMPARE(one->summary(), u"6 links made."_s);
    QCOMPARE(two->summary(), u"6 links made."_s);
}

void TestPayLinkBatch::cancellingWithdrawsTheRest()
{
    SessionServer server;
    server.plan = {Reply::Silent, Reply::Silent};
    LinkDesk desk(file(), server.url());
    const auto batch = started(desk, planOf(5));
    QVERIFY(batch);
    QTRY_COMPARE(server.sessions().size(), 2);
    batch->cancel();
    QCOMPARE(batch->state(), Job::State::Cancelled);
    QTRY_COMPARE(desk.value("SELECT count(*) FROM pay_links WHERE state = 'WITHDRAWN'"), u"3"_s);
    QCOMPARE(server.sessions().size(), 2);
}

void TestPayLinkBatch::cellsAreHarmless_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << u"Ada"_s << QByteArray("Ada");
    QTest::newRow("formula") << u"=1+1"_s << QByteArray("'=1+1");
    QTest::newRow("plus") << u"+1 775"_s << QByteArray("'+1 775");
    QTest::newRow("minus") << u"-1"_s << QByteArray("'-1");
    QTest::newRow("at") << u"@SUM(A1)"_s << QByteArray("'@SUM(A1)");
    QTest::newRow("comma and quote") << u"a,\"b\""_s << QByteArray("\"a,\"\"b\"\"\"");
    QTest::newRow("line break") << u"a\nb"_s << QByteArray("\"a\nb\"");
    QTest::newRow("formula with a comma") << u"=A1,B1"_s << QByteArray("\"'=A1,B1\"");
}

void TestPayLinkBatch::cellsAreHarmless()
{
    QFETCH(const QString, text);
    QTEST(models::safeCsvCell(text), "cell");
}

QTEST_GUILESS_MAIN(TestPayLinkBatch)
#include "tst_paylinkbatch.moc"

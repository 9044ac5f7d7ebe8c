// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importjob.h"
#include "tests/models/lookupdesk.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::ImportJob;
using models::Job;
using models::RecordKind;

namespace {

constexpr int longWaitMs = 30'000;

models::ImportPlan planOf(
    const QStringList &transactions, const QStringList &customers = {}, const QStringList &payouts = {})
{
    models::ImportPlan plan;
    plan.name = u"orders.csv"_s;
    for (const QString &id : transactions)
        plan.records.append({.kind = RecordKind::Transaction, .id = id});
    for (const QString &id : customers)
        plan.records.append({.kind = RecordKind::Customer, .id = id});
    for (const QString &id : payouts)
        plan.records.append({.kind = RecordKind::Payout, .id = id});
    return plan;
}

QStringList numbered(const QString &prefix, int count)
{
    QStringList ids;
    for (int number = 1; number <= count; ++number)
        ids.append(prefix + QString::number(number));
    return ids;
}

QList<ImportJob *> restored(api::Client &client, models::Ledger &ledger, QObject *owner)
{
    std::optional<QList<ImportJob *>> jobs;
    ImportJob::restore(client, ledger, owner, [&jobs](const QList<ImportJob *> &found) { jobs = found; });
    if (!QTest::qWaitFor([&jobs] { return jobs.has_value(); }))
        return {};
    return *jobs;
}

QList<models::ImportFailure> failuresOf(ImportJob &job)
{
    std::optional<QList<models::ImportFailure>> failures;
    QObject context;
    job.failures(100, &context, [&failures](const QList<models::ImportFailure> &found) { failures = found; });
    if (!QTest::qWaitFor([&failures] { return failures.has_value(); }))
        return {};
    return *failures;
}

//! The real service, as a process of its own.
class SandboxRun
{
public:
    explicit SandboxRun(const QStringList &arguments)
    {
        m_process.start(QStringLiteral(SANDBOX_PROGRAM),
            QStringList{u"--transactions"_s, u"400"_s, u"--customers"_s, u"40"_s, u"--payouts"_s, u"10"_s, u"--now"_s,
                u"2026-03-02T15:00:00Z"_s, u"--ids"_s, m_directory.filePath(u"ids.csv"_s), u"--exit-with-parent"_s}
                + arguments);
        if (m_process.waitForStarted() && m_process.waitForReadyRead(longWaitMs))
            m_said = QJsonDocument::fromJson(m_process.readLine()).object();
    }
    ~SandboxRun()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    QUrl url() const { return QUrl(m_said[u"url"].toString()); }
    api::Credentials credentials() const
    {
        return {
            .clientId = m_said[u"clientId"].toString(), .clientSecret = m_said[u"clientSecret"].toString().toUtf8()};
    }
    models::ImportPlan plan() const
    {
        QFile ids(m_directory.filePath(u"ids.csv"_s));
        const auto plan = ids.open(QIODevice::ReadOnly) ? models::planImport(ids.readAll(), u"ids.csv"_s)
                                                        : std::unexpected(ids.errorString());
        return plan.value_or(models::ImportPlan());
    }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
    QJsonObject m_said;
};

} // namespace

class tst_ImportJob : public QObject
{
    Q_OBJECT

private slots:
    void whatIsFoundIsInTheLedger()
    {
        LookUpDesk desk;
        for (const QString &id : {u"pay-1"_s, u"pay-2"_s})
            desk.server.addTransaction(id);
        desk.server.addCustomer(u"cus-9"_s);
        desk.server.addPayout(u"po-1"_s, u"DISBURSED"_s);
        QObject owner;
        ImportJob *job = ImportJob::start(
            planOf({u"pay-1"_s, u"pay-2"_s}, {u"cus-9"_s}, {u"po-1"_s}), desk.client, *desk.ledger, &owner);
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Done, longWaitMs);
        QCOMPARE(job->found(), 4);
        QCOMPARE(job->done(), job->total());
        QCOMPARE(desk.ask("SELECT id FROM transactions ORDER BY id"), u"pay-1 pay-2"_s);
        QCOMPARE(desk.ask("SELECT id FROM payouts"), u"po-1"_s);
        QCOMPARE(desk.ask("SELECT count(*) FROM accounts WHERE customer_id = 'cus-9'"), u"1"_s);
        QCOMPARE(desk.ask("SELECT DISTINCT source FROM observations"), u"import"_s);
    }

    void customersThatPaymentsNameAreReadToo()
    {
        LookUpDesk desk;
        desk.server.addTransaction(u"pay-1"_s);
        desk.server.addTransaction(u"pay-2"_s);
        const QByteArray sample = desk.server.records["/v1/transactions/pay-1"];
        const QString named = QJsonDocument::fromJson(sample)[u"customerId"].toString();
        QVERIFY2(!named.isEmpty(), sample.constData());
        desk.server.addCustomer(named);
        QObject owner;
        ImportJob *job = ImportJob::start(planOf({u"pay-1"_s, u"pay-2"_s}), desk.client, *desk.ledger, &owner);
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Done, longWaitMs);
        QCOMPARE(job->found(), 2);
        QCOMPARE(job->total(), 3);
        QCOMPARE(job->done(), 3);
        QCOMPARE(job->summary(), u"2 records found, 1 customer named by them read too."_s);
        QCOMPARE(desk.ask("SELECT DISTINCT customer_name FROM transactions"), u"Ada Lovelace"_s);
        QCOMPARE(desk.ask("SELECT count(*) FROM transactions_text WHERE transactions_text MATCH 'lovelace'"), u"2"_s);
        QCOMPARE(desk.server.asked().count("/v1/customers/" + named.toUtf8()), 1);
    }

    void whatIsNotFoundCanBeTriedAgain()
    {
        LookUpDesk desk;
        desk.server.addPayout(u"po-1"_s, u"DISBURSED"_s);
        QObject owner;
        ImportJob *job = ImportJob::start(planOf({}, {}, {u"po-1"_s, u"po-2"_s}), desk.client, *desk.ledger, &owner);
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Done, longWaitMs);
        QCOMPARE(job->found(), 1);
        QCOMPARE(job->notFound(), 1);
        QCOMPARE(job->summary(), u"1 record found, 1 not found."_s);
        const QList<models::ImportFailure> failures = failuresOf(*job);
        QCOMPARE(failures.size(), 1);
        QCOMPARE(failures.first().ref, (models::RecordRef{RecordKind::Payout, u"po-2"_s}));
        QVERIFY(failures.first().notFound);
        QVERIFY(!failures.first().why.isEmpty());

        desk.server.addPayout(u"po-2"_s, u"CREATED"_s);
        job->retryFailed();
        QTRY_COMPARE_WITH_TIMEOUT(job->found(), 2, longWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Done, longWaitMs);
        QCOMPARE(job->notFound(), 0);
        QCOMPARE(desk.server.asked().count("/v1/payouts/po-1"), 1);
        QVERIFY(failuresOf(*job).isEmpty());
    }

    void aFaultyAnswerFailsItsLineOnly()
    {
        LookUpDesk desk;
        desk.server.addPayout(u"po-1"_s, u"DISBURSED"_s);
        desk.server.records["/v1/payouts/po-2"] = "{\"payoutId\":";
        QObject owner;
        ImportJob *job = ImportJob::start(planOf({}, {}, {u"po-1"_s, u"po-2"_s}), desk.client, *desk.ledger, &owner);
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Done, longWaitMs);
        QCOMPARE(job->found(), 1);
        QCOMPARE(job->failed(), 1);
        QVERIFY(!failuresOf(*job).first().notFound);
    }

    void troubleOfEveryLinePauses_data()
    {
        QTest::addColumn<int>("mood");
        QTest::newRow("nothing but errors") << int(RecordServer::Mood::Faulty);
        QTest::newRow("secret refused") << int(RecordServer::Mood::RefusingTokens);
    }

    void troubleOfEveryLinePauses()
    {
        QFETCH(int, mood);
        LookUpDesk desk;
        const QStringList ids = numbered(u"po-"_s, 60);
        for (const QString &id : ids)
            desk.server.addPayout(id, u"DISBURSED"_s);
        desk.server.mood = RecordServer::Mood(mood);
        QObject owner;
        ImportJob *job = ImportJob::start(planOf({}, {}, ids), desk.client, *desk.ledger, &owner);
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Paused, longWaitMs);
        QVERIFY(job->failed() < ids.size());
        QVERIFY2(
            job->summary().startsWith(u"Paused after"_s) && job->summary().contains(u':'), qPrintable(job->summary()));
        desk.server.mood = RecordServer::Mood::Answering;
        job->resume();
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Done, longWaitMs);
        job->retryFailed();
        QTRY_COMPARE_WITH_TIMEOUT(job->found(), ids.size(), longWaitMs);
    }

    void aLostConnectionPausesAndGoesOn()
    {
        LookUpDesk desk;
        const QStringList ids = numbered(u"po-"_s, 40);
        for (const QString &id : ids)
            desk.server.addPayout(id, u"DISBURSED"_s);
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QUrl nowhere(u"http://127.0.0.1:%1"_s.arg(closed.serverPort()));
        closed.close();
        const api::Credentials credentials{.clientId = u"test-client"_s, .clientSecret = "test-secret"};
        desk.client.setEndpoint(nowhere, credentials);
        QObject owner;
        ImportJob *job = ImportJob::start(planOf({}, {}, ids), desk.client, *desk.ledger, &owner);
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Paused, longWaitMs);
        QCOMPARE(job->failed(), 0);
        QVERIFY2(job->summary().contains(u"could not be reached"_s), qPrintable(job->summary()));
        desk.client.setEndpoint(desk.server.url(), credentials);
        job->resume();
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Done, longWaitMs);
        QCOMPARE(job->found(), ids.size());
    }

    void aSilentServicePausesInsteadOfFailingEveryLine()
    {
        LookUpDesk desk;
        const QStringList ids = numbered(u"po-"_s, 12);
        for (const QString &id : ids)
            desk.server.addPayout(id, u"DISBURSED"_s);
        desk.server.mood = RecordServer::Mood::Silent;
        api::Client hasty({.baseUrl = desk.server.url(), .timeoutMs = 300},
            {.clientId = u"test-client"_s, .clientSecret = "test-secret"});
        QObject owner;
        ImportJob *job = ImportJob::start(planOf({}, {}, ids), hasty, *desk.ledger, &owner);
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Paused, longWaitMs);
        QCOMPARE(job->failed(), 0);
        delete job;
    }

    void anImportGoesOnAfterARestart()
    {
        const SandboxRun sandbox({u"--delay"_s, u"20"_s});
        QVERIFY(sandbox.url().isValid());
        const QTemporaryDir directory;
        const QString file = directory.filePath(u"ledger.sqlite"_s);
        api::Client client({.baseUrl = sandbox.url(), .maximumInFlight = 4}, sandbox.credentials());
        const models::ImportPlan plan = sandbox.plan();
        QVERIFY(plan.records.size() > 300);
        qint64 doneBefore = 0;
        {
            const auto ledger = std::move(*models::Ledger::open(file));
            QObject owner;
            ImportJob *job = ImportJob::start(plan, client, *ledger, &owner);
            QTRY_VERIFY_WITH_TIMEOUT(job->done() > 20, longWaitMs);
            QVERIFY(job->perSecond() >= 0);
            job->pause();
            QTRY_COMPARE(job->state(), Job::State::Paused);
            doneBefore = job->done();
            QVERIFY(doneBefore < plan.records.size());
        }
        const auto ledger = std::move(*models::Ledger::open(file));
        QObject owner;
        const QList<ImportJob *> jobs = restored(client, *ledger, &owner);
        QCOMPARE(jobs.size(), 1);
        ImportJob *job = jobs.first();
        QCOMPARE(job->state(), Job::State::Paused);
        QVERIFY(job->done() >= doneBefore);
        QCOMPARE(job->total(), plan.records.size());
        job->resume();
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Done, longWaitMs);
        QCOMPARE(job->found(), plan.records.size());
        QCOMPARE(job->failed() + job->notFound(), 0);
        QVERIFY(restored(client, *ledger, &owner).isEmpty());
    }

    void signalsArePaced()
    {
        const SandboxRun sandbox({});
        QVERIFY(sandbox.url().isValid());
        const QTemporaryDir directory;
        const auto ledger = std::move(*models::Ledger::open(directory.filePath(u"ledger.sqlite"_s)));
        api::Client client({.baseUrl = sandbox.url()}, sandbox.credentials());
        QObject owner;
        QElapsedTimer timer;
        timer.start();
        ImportJob *job = ImportJob::start(sandbox.plan(), client, *ledger, &owner);
        const QSignalSpy changes(job, &Job::changed);
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Done, longWaitMs);
        QCOMPARE(job->found(), sandbox.plan().records.size());
        QVERIFY2(changes.count() <= timer.elapsed() / 100 + 5, qPrintable(QString::number(changes.count())));
    }

    void aCancelledImportIsOver()
    {
        const SandboxRun sandbox({u"--delay"_s, u"200"_s});
        QVERIFY(sandbox.url().isValid());
        LookUpDesk desk;
        desk.client.setEndpoint(sandbox.url(), sandbox.credentials());
        QObject owner;
        models::ImportPlan plan = sandbox.plan();
        plan.records.prepend({.kind = RecordKind::Payout, .id = u"no-such-payout"_s});
        ImportJob *job = ImportJob::start(plan, desk.client, *desk.ledger, &owner);
        QTRY_VERIFY_WITH_TIMEOUT(job->notFound() == 1, longWaitMs);
        job->cancel();
        QTRY_COMPARE(job->state(), Job::State::Cancelled);
        QTRY_COMPARE(desk.ask("SELECT state || (SELECT count(*) FROM import_lines WHERE outcome IS NULL) FROM imports"),
            u"CANCELLED0"_s);
        QVERIFY(restored(desk.client, *desk.ledger, &owner).isEmpty());
        QVERIFY(job->found() < plan.records.size() - 1);

        const qint64 found = job->found();
        job->retryFailed();
        QTRY_COMPARE_WITH_TIMEOUT(job->state(), Job::State::Done, longWaitMs);
        QVERIFY(job->found() >= found && job->found() < plan.records.size() - 1);
        QCOMPARE(job->notFound(), 1);
    }

    void aListThatWasNotWholeIsSaid()
    {
        LookUpDesk desk;
        for (const QString &id : {u"po-1"_s, u"po-2"_s})
            desk.server.addPayout(id, u"DISBURSED"_s);
        std::optional<bool> written;
        QObject owner;
        desk.ledger->write(
            [](models::Database &database) {
                return database.execute("INSERT INTO imports VALUES(1, 'big.csv', 0, 5000, 'WRITING');"
                                        "INSERT INTO import_lines(import_key, position, kind, record_id) "
                                        "VALUES(1, 0, 'payout', 'po-1'), (1, 1, 'payout', 'po-2');");
            },
            models::Ledger::Durability::Normal, &owner,
            [&written](const models::DatabaseResult<void> &result) { written = result.has_value(); });
        QTRY_VERIFY(written.has_value());
        QVERIFY(*written);
        const QList<ImportJob *> jobs = restored(desk.client, *desk.ledger, &owner);
        QCOMPARE(jobs.size(), 1);
        QVERIFY2(jobs.first()->summary().contains(u"4,998 ids were not written down"_s),
            qPrintable(jobs.first()->summary()));
        jobs.first()->resume();
        QTRY_COMPARE_WITH_TIMEOUT(jobs.first()->state(), Job::State::Done, longWaitMs);
        QCOMPARE(jobs.first()->found(), 2);
        QVERIFY(jobs.first()->summary().contains(u"import the file again"_s));
    }
};

QTEST_GUILESS_MAIN(tst_ImportJob)
#include "tst_importjob.moc"

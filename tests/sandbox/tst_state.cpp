// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;

// What the state file keeps across kills and restarts, and what a damaged one does.
class tst_State : public QObject
{
    Q_OBJECT

private slots:
    void everythingSurvivesAKill();
    void aCutLastLineIsDropped();
    void aDamagedFileIsNotUsed_data();
    void aDamagedFileIsNotUsed();
    void twoSandboxesDoNotShareAFile();
    void timeNeverGoesBack();
    void resettingForgetsEverything();
    void itEndsWithItsParent();
    void nothingIsKeptWithoutAFile();

private:
    QByteArray contentOf(const QString &file);
    void write(const QString &file, const QByteArray &content);
};

QByteArray tst_State::contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void tst_State::write(const QString &name, const QByteArray &content)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void tst_State::everythingSurvivesAKill()
{
    QTemporaryDir directory;
    tests::SandboxUnderUse sandbox({u"--state"_s, directory.filePath(u"state"_s)});
    QVERIFY(sandbox.start());
    const QJsonObject before = sandbox.ready();
    const QString payment = sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"kept"_s)).text(u"paymentId"_s);
    const QString canceled = sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"gone"_s)).text(u"paymentId"_s);
    sandbox.send("POST", u"/v1/payments/%1/cancel"_s.arg(canceled), {}, sandbox.authorization(Credential::Payment));
    sandbox.post(u"/v1/webhook/subscribe"_s,
        {{u"url"_s, u"http://localhost/"_s}, {u"secretKey"_s, u"s"_s},
            {u"subscriptionDetails"_s, QJsonObject{{u"type"_s, u"ALL"_s}}}},
        Credential::Core);
    sandbox.post(u"/v2/sessions"_s,
        {{u"firstName"_s, u"A"_s}, {u"lastName"_s, u"B"_s}, {u"email"_s, u"a@example.com"_s},
            {u"redirectUrl"_s, u"x://y"_s}},
        Credential::Basic);
    const QJsonArray made = sandbox.get(u"/sandbox/payments"_s, Credential::None).json[u"payments"_s].toArray();
    const QStringList ids = sandbox.ids(u"transaction"_s);
    sandbox.kill();
    QVERIFY(sandbox.start());
    for (const char *name : {"clientId", "clientSecret", "merchantId"})
        QCOMPARE(sandbox.ready()[QLatin1String(name)], before[QLatin1String(name)]);
    QCOMPARE(sandbox.get(u"/sandbox/payments"_s, Credential::None).json[u"payments"_s].toArray(), made);
    QCOMPARE(sandbox.get(u"/v1/transactions/"_s + canceled).text(u"transactionStatus"_s), u"CANCELED"_s);
    QCOMPARE(sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"kept"_s)).errorCode(), u"DUPLICATE_REQUEST_KEY"_s);
    const QJsonObject status = sandbox.status();
    QCOMPARE(status[u"subscriptions"_s].toInt(), 1);
    QCOMPARE(status[u"sessions"_s].toInt(), 1);
    QCOMPARE(sandbox.ids(u"transaction"_s), ids + QStringList({payment, canceled}));
    const QString next = sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"new"_s)).text(u"paymentId"_s);
    QVERIFY(next != payment && next != canceled && !next.isEmpty());
}

void tst_State::aCutLastLineIsDropped()
{
    QTemporaryDir directory;
    const QString file = directory.filePath(u"state"_s);
    tests::SandboxUnderUse sandbox({u"--state"_s, file});
    QVERIFY(sandbox.start());
    sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"whole"_s));
    sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"cut"_s));
    sandbox.kill();
    const QByteArray content = contentOf(file);
    write(file, content.left(content.size() - 20));
    QVERIFY(sandbox.start());
    QCOMPARE(sandbox.status()[u"payments"_s].toInt(), 1);
    QCOMPARE(sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"cut"_s)).status, 200);
    sandbox.kill();
    QVERIFY(sandbox.start());
    QCOMPARE(sandbox.status()[u"payments"_s].toInt(), 2);
}

void tst_State::aDamagedFileIsNotUsed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("not ours") << QByteArray("hello\n");
    QTest::newRow("no plan") << QByteArray("{\"type\":\"time\",\"at\":1}\n");
    QTest::newRow("newer version") << QByteArray("{\"type\":\"plan\",\"version\":2}\n");
}

void tst_State::aDamagedFileIsNotUsed()
{
    QFETCH(QByteArray, content);
    QTemporaryDir directory;
    const QString file = directory.filePath(u"state"_s);
    write(file, content);
    tests::SandboxUnderUse sandbox({u"--state"_s, file});
    QVERIFY(!sandbox.start());
    QVERIFY(sandbox.standardError().contains(file));
    QCOMPARE(contentOf(file), content);
}

void tst_State::twoSandboxesDoNotShareAFile()
{
    QTemporaryDir directory;
    const QStringList arguments{u"--state"_s, directory.filePath(u"state"_s)};
    tests::SandboxUnderUse first(arguments);
    tests::SandboxUnderUse second(arguments);
    QVERIFY(first.start());
    QVERIFY(!second.start());
    QVERIFY(second.standardError().contains(u"another sandbox"));
}

void tst_State::timeNeverGoesBack()
{
    QTemporaryDir directory;
    tests::SandboxUnderUse sandbox({u"--state"_s, directory.filePath(u"state"_s), u"--speed"_s, u"1000"_s});
    QVERIFY(sandbox.start());
    sandbox.advance(86'400);
    const QString before = sandbox.status()[u"now"_s].toString();
    sandbox.kill();
    QVERIFY(sandbox.start());
    QVERIFY(sandbox.status()[u"now"_s].toString() > before);
}

void tst_State::resettingForgetsEverything()
{
    QTemporaryDir directory;
    tests::SandboxUnderUse sandbox({u"--state"_s, directory.filePath(u"state"_s)});
    QVERIFY(sandbox.start());
    const QStringList ids = sandbox.ids(u"transaction"_s);
    sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"k"_s));
    sandbox.advance(86'400);
    QCOMPARE(sandbox.post(u"/sandbox/reset"_s, {}, Credential::None).status, 200);
    for (int starts = 0; starts < 2; ++starts) {
        QCOMPARE(sandbox.status()[u"payments"_s].toInt(), 0);
        QCOMPARE(sandbox.status()[u"now"_s].toString(), u"2026-03-02T15:00:00.000Z"_s);
        sandbox.kill();
        QVERIFY(sandbox.start());
    }
    QCOMPARE(sandbox.ids(u"transaction"_s), ids);
    QCOMPARE(sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"k"_s)).status, 200);
}

void tst_State::itEndsWithItsParent()
{
    tests::SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    sandbox.closeInput();
    QVERIFY(sandbox.waitForEnd());
}

void tst_State::nothingIsKeptWithoutAFile()
{
    tests::SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    QCOMPARE(sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"k"_s)).status, 200);
    sandbox.kill();
    QVERIFY(sandbox.start());
    QCOMPARE(sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"k"_s)).status, 200);
}

QTEST_GUILESS_MAIN(tst_State)
#include "tst_state.moc"

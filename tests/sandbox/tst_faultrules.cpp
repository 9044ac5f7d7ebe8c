// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;

// Each fault does what it says, to the requests it names, as often as it says; and the work is done or not as
// it says.
class tst_FaultRules : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_sandbox.start()); }
    void init() { m_sandbox.send("DELETE", u"/sandbox/faults"_s, {}, {}); }
    void aFaultHitsAsAnnounced_data();
    void aFaultHitsAsAnnounced();
    void rulesChooseByVerbPathAndTurn();
    void garbageIsNoJson();
    void wrongTypesAreJsonStill();
    void anOversizedBodyIsAsLargeAsAsked();
    void tooManySaysWhenToComeBack();
    void delaysAreKept();
    void theCommandLineTakesRulesToo();
    void aWrongRuleIsRefused_data();
    void aWrongRuleIsRefused();

private:
    qsizetype madePayments();
    QJsonObject rule(const QString &kind, int count = 1);

    tests::SandboxUnderUse m_sandbox;
};

qsizetype tst_FaultRules::madePayments()
{
    return m_sandbox.get(u"/sandbox/payments"_s, Credential::None).json[u"payments"_s].toArray().size();
}

QJsonObject tst_FaultRules::rule(const QString &kind, int count)
{
    return {{u"kind"_s, kind}, {u"path"_s, u"/v1/payments"_s}, {u"count"_s, count}};
}

void tst_FaultRules::aFaultHitsAsAnnounced_data()
{
    QTest::addColumn<int>("status"); // 0: no whole answer
    QTest::addColumn<bool>("works");
    QTest::newRow("refuse") << 400 << false;
    QTest::newRow("unauthorized") << 401 << false;
    QTest::newRow("tooMany") << 429 << false;
    QTest::newRow("error") << 500 << false;
    QTest::newRow("cutBefore") << 0 << false;
    QTest::newRow("cutAfter") << 0 << true;
    QTest::newRow("cutMidBody") << 0 << true;
    QTest::newRow("errorAfter") << 500 << true;
    QTest::newRow("garbage") << 200 << true;
    QTest::newRow("wrongType") << 200 << true;
    QTest::newRow("oversized") << 200 << true;
    QTest::newRow("delay") << 200 << true;
    QTest::newRow("delayAfter") << 200 << true;
}

void tst_FaultRules::aFaultHitsAsAnnounced()
{
    QFETCH(int, status);
    QFETCH(bool, works);
    const QString kind = QString::fromLatin1(QTest::currentDataTag());
    // Qt sends a request again, unasked, when its connection is cut before an answer: every attempt must be
    // hit.
    m_sandbox.addFault(rule(kind, 0));
    const qsizetype before = madePayments();
    const auto hit = m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"fault-"_s + kind));
    QCOMPARE(hit.status, status);
    QCOMPARE(madePayments() - before, works ? 1 : 0);
    init();
    const auto again = m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"fault-"_s + kind));
    QCOMPARE(again.status, works ? 400 : 200);
    QCOMPARE(again.errorCode(), works ? u"DUPLICATE_REQUEST_KEY"_s : QString());
}

void tst_FaultRules::rulesChooseByVerbPathAndTurn()
{
    m_sandbox.addFault({{u"kind"_s, u"error"_s}, {u"method"_s, u"GET"_s}, {u"path"_s, u"/v1/payouts"_s}, {u"skip"_s, 1},
        {u"count"_s, 2}, {u"status"_s, 503}});
    QCOMPARE(m_sandbox.send("POST", u"/v1/payouts/x"_s, "{}", {}).status, 405);
    QCOMPARE(m_sandbox.get(u"/v1/customers/x"_s).status, 404);
    for (const int expected : {404, 503, 503, 404})
        QCOMPARE(m_sandbox.get(u"/v1/payouts/x"_s).status, expected);
    const auto rules = m_sandbox.get(u"/sandbox/faults"_s, Credential::None).json[u"faults"_s].toArray();
    QCOMPARE(rules.first()[u"hits"_s].toInt(), 4);
}

void tst_FaultRules::garbageIsNoJson()
{
    m_sandbox.addFault(rule(u"garbage"_s));
    const auto answer = m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"no-json"_s));
    QJsonParseError error;
    QJsonDocument::fromJson(answer.body, &error);
    QVERIFY(!answer.body.isEmpty());
    QVERIFY(error.error != QJsonParseError::NoError);
}

void tst_FaultRules::wrongTypesAreJsonStill()
{
    m_sandbox.addFault(rule(u"wrongType"_s));
    const auto answer = m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"other-types"_s));
    QVERIFY(answer.json.contains(u"paymentId"_s));
    QVERIFY(!answer.json[u"paymentId"_s].isString());
    QVERIFY(!answer.json[u"paymentStatus"_s].isString());
}

void tst_FaultRules::anOversizedBodyIsAsLargeAsAsked()
{
    QJsonObject big = rule(u"oversized"_s);
    big[u"bytes"_s] = 5'000'000;
    m_sandbox.addFault(big);
    QVERIFY(m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"big"_s)).body.size() >= 5'000'000);
}

void tst_FaultRules::tooManySaysWhenToComeBack()
{
    QJsonObject busy = rule(u"tooMany"_s);
    busy[u"retryAfter"_s] = 7;
    m_sandbox.addFault(busy);
    QCOMPARE(m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"busy"_s)).retryAfter, "7");
}

void tst_FaultRules::delaysAreKept()
{
    const QString path = u"/v1/payouts/x"_s;
    m_sandbox.addFault({{u"kind"_s, u"delay"_s}, {u"path"_s, path}, {u"delay"_s, 300}});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(m_sandbox.get(path).status, 404);
    QVERIFY(timer.elapsed() >= 299);
    tests::SandboxUnderUse slow({u"--delay"_s, u"1500"_s});
    QVERIFY(slow.start());
    timer.start();
    slow.send("GET", path, {}, {});
    QVERIFY(timer.elapsed() >= 1499);
    timer.start();
    slow.status();
    QVERIFY(timer.elapsed() < 1499);
}

void tst_FaultRules::theCommandLineTakesRulesToo()
{
    tests::SandboxUnderUse sandbox(
        {u"--fault"_s, u"refuse,path=/v1/payouts,status=418,count=1"_s, u"--fault"_s, u"error"_s});
    QVERIFY(sandbox.start());
    QCOMPARE(sandbox.send("GET", u"/v1/payouts/x"_s, {}, {}).status, 418);
    QCOMPARE(sandbox.send("GET", u"/v1/payouts/x"_s, {}, {}).status, 500);
    tests::SandboxUnderUse wrong({u"--fault"_s, u"explode"_s});
    QVERIFY(!wrong.start());
    QVERIFY(wrong.standardError().contains(u"explode"));
}

void tst_FaultRules::aWrongRuleIsRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no kind") << QByteArray("{}");
    QTest::newRow("unknown kind") << QByteArray(R"({"kind":"explode"})");
    QTest::newRow("unknown member") << QByteArray(R"({"kind":"delay","wait":1})");
    QTest::newRow("negative") << QByteArray(R"({"kind":"delay","delay":-1})");
    QTest::newRow("text for a number") << QByteArray(R"({"kind":"delay","delay":"1"})");
    QTest::newRow("not an error status") << QByteArray(R"({"kind":"refuse","status":200})");
    QTest::newRow("second of a list") << QByteArray(R"([{"kind":"delay"},{"kind":"x"}])");
    QTest::newRow("no JSON") << QByteArray("delay");
}

void tst_FaultRules::aWrongRuleIsRefused()
{
    QFETCH(QByteArray, body);
    QCOMPARE(m_sandbox.send("POST", u"/sandbox/faults"_s, body, {}).status, 400);
    QVERIFY(m_sandbox.get(u"/sandbox/faults"_s, Credential::None).json[u"faults"_s].toArray().isEmpty());
}

QTEST_GUILESS_MAIN(tst_FaultRules)
#include "tst_faultrules.moc"

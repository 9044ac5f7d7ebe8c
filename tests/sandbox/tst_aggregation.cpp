// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::SandboxAnswer;

// The aggregation family's tokens, client and error bodies.
class tst_Aggregation : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void theReadyLineNamesTheFamily();
    void aTokenIsForOneTenant();
    void wrongCredentialsHaveTheirReason_data();
    void wrongCredentialsHaveTheirReason();
    void wrongBodiesAreExplained_data();
    void wrongBodiesAreExplained();
    void theClientNamesItsTenants();
    void otherTokensAreRefused_data();
    void otherTokensAreRefused();
    void unknownPathsAnswerInTheFamilysShape();
    void faultsAnswerInTheFamilysShape();
    void theTokenMayHaveItsOtherName();
    void tokensExpire();

private:
    SandboxAnswer send(const QByteArray &verb, const QString &path, const QJsonObject &body = {},
        const QByteArray &authorization = {});
    static QJsonObject error(const SandboxAnswer &answer) { return answer.json[u"error"_s].toObject(); }

    tests::SandboxUnderUse m_sandbox;
};

void tst_Aggregation::initTestCase()
{
    QVERIFY(m_sandbox.start());
}

SandboxAnswer tst_Aggregation::send(
    const QByteArray &verb, const QString &path, const QJsonObject &body, const QByteArray &authorization)
{
    const QByteArray bytes = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
    return m_sandbox.send(verb, u"/aggregation/api"_s + path, bytes, authorization);
}

void tst_Aggregation::theReadyLineNamesTheFamily()
{
    const QJsonObject ready = m_sandbox.ready();
    QCOMPARE(ready[u"aggregationUrl"_s].toString(), m_sandbox.url().toString() + u"/aggregation/api"_s);
    QVERIFY(ready[u"aggregationClientId"_s].toString().startsWith(u"CLI-"_s));
    QVERIFY(ready[u"aggregationClientSecret"_s].toString().size() > 30);
    const QJsonArray tenants = ready[u"tenantIds"_s].toArray();
    QVERIFY(tenants.size() >= 2);
    QVERIFY(tenants[0].toString().startsWith(u"TNT-"_s));
    QVERIFY(tenants[0] != tenants[1]);
    QCOMPARE(ready[u"tenantId"_s], tenants[0]);
}

void tst_Aggregation::aTokenIsForOneTenant()
{
    QJsonObject body = m_sandbox.tenantCredentials(1);
    body[u"userId"_s] = u"u-1"_s;
    const SandboxAnswer answer = send("POST", u"/oauth/token"_s, body);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json.keys(), QStringList({u"accessToken"_s, u"expiresIn"_s, u"scope"_s, u"tokenType"_s}));
    QCOMPARE(answer.text(u"accessToken"_s).count(u'.'), 2);
    QCOMPARE(answer.text(u"tokenType"_s), u"Bearer"_s);
    QCOMPARE(answer.json[u"expiresIn"_s].toInt(), 3600);
    QCOMPARE(answer.text(u"scope"_s), m_sandbox.ready()[u"tenantIds"_s].toArray()[1].toString());
}

void tst_Aggregation::wrongCredentialsHaveTheirReason_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("details");
    QTest::newRow("client") << u"clientId"_s << u"CLI-other"_s << u"bad client id"_s;
    QTest::newRow("secret") << u"clientSecret"_s << u"wrong"_s << u"bad secret"_s;
    QTest::newRow("tenant") << u"tenantId"_s << u"TNT-other"_s << u"bad tenant id"_s;
    QTest::newRow("another's tenant") << u"tenantId"_s << u"foreign"_s << u"client not authorized for the tenant"_s;
}

void tst_Aggregation::wrongCredentialsHaveTheirReason()
{
    QFETCH(QString, member);
    QFETCH(QString, value);
    QFETCH(QString, details);
    QJsonObject body = m_sandbox.tenantCredentials();
    const QJsonObject known = m_sandbox.get(u"/sandbox/aggregation"_s, tests::Credential::None)
                                  .json[u"foreignTenant"_s]
                                  .toObject();
    body[member] = value == u"foreign" ? known[u"tenantId"_s].toString() : value;
    const SandboxAnswer answer = send("POST", u"/oauth/token"_s, body);
    QCOMPARE(answer.status, 401);
    QCOMPARE(error(answer)[u"code"_s].toInt(), 401);
    QVERIFY(!error(answer)[u"message"_s].toString().isEmpty());
    QCOMPARE(error(answer)[u"details"_s].toString(), details);
}

void tst_Aggregation::wrongBodiesAreExplained_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("details");
    QTest::newRow("no JSON") << QByteArray("clientId=1") << QStringList{u"The body must be a JSON object"_s};
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{}")
                                     << QStringList{u"The body must be a JSON object"_s};
    QTest::newRow("nothing in it") << QByteArray(
        "{}") << QStringList{u"clientId is required"_s, u"clientSecret is required"_s, u"tenantId is required"_s};
    QTest::newRow("wrong types") << QByteArray(R"({"clientId":7,"clientSecret":"","tenantId":null,"userId":true})")
                                 << QStringList{u"clientId must be of the type string"_s,
                                        u"clientSecret must not be empty"_s, u"tenantId is required"_s,
                                        u"userId must be of the type string"_s};
}

void tst_Aggregation::wrongBodiesAreExplained()
{
    QFETCH(QByteArray, body);
    QFETCH(QStringList, details);
    const SandboxAnswer answer = m_sandbox.send("POST", u"/aggregation/api/oauth/token"_s, body, {});
    QCOMPARE(answer.status, 400);
    QCOMPARE(error(answer)[u"code"_s].toInt(), 400);
    QCOMPARE(error(answer)[u"details"_s].toVariant().toStringList(), details);
    QCOMPARE(error(answer)[u"received"_s].toObject(), QJsonDocument::fromJson(body).object());
    QCOMPARE(error(answer)[u"expected"_s].toObject()[u"userId"_s].toString(), u"string"_s);
    QVERIFY(error(answer)[u"documentation"_s].toString().startsWith(u"https://"));
}

void tst_Aggregation::theClientNamesItsTenants()
{
    const SandboxAnswer answer = send("GET", u"/client"_s, {}, m_sandbox.tenantAuthorization());
    QCOMPARE(answer.status, 200);
    const QJsonObject client = answer.json[u"client"_s].toObject();
    QCOMPARE(client[u"clientId"_s], m_sandbox.ready()[u"aggregationClientId"_s]);
    QCOMPARE(client[u"tenants"_s], m_sandbox.ready()[u"tenantIds"_s]);
    QVERIFY(client[u"webhookIds"_s].isArray());
    QVERIFY(QDateTime::fromString(client[u"registrationDate"_s].toString(), Qt::ISODateWithMs).isValid());
    for (const QString &name : {u"clientName"_s, u"clientDescription"_s})
        QVERIFY(!client[name].toString().isEmpty());
}

void tst_Aggregation::otherTokensAreRefused_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("unknown") << QByteArray("Bearer x.y.z");
    QTest::newRow("basic") << QByteArray("basic");
    QTest::newRow("of the other family") << QByteArray("core");
}

void tst_Aggregation::otherTokensAreRefused()
{
    QFETCH(QByteArray, authorization);
    if (authorization == "basic")
        authorization = m_sandbox.authorization(tests::Credential::Basic);
    if (authorization == "core")
        authorization = m_sandbox.authorization(tests::Credential::Core);
    const SandboxAnswer answer = send("GET", u"/client"_s, {}, authorization);
    QCOMPARE(answer.status, 401);
    QVERIFY(!error(answer)[u"details"_s].toString().isEmpty());
    QCOMPARE(m_sandbox.send("GET", u"/v1/customers/x"_s, {}, m_sandbox.tenantAuthorization()).status, 401);
}

void tst_Aggregation::unknownPathsAnswerInTheFamilysShape()
{
    const SandboxAnswer missing = send("GET", u"/nothing"_s);
    QCOMPARE(missing.status, 404);
    QCOMPARE(error(missing)[u"code"_s].toInt(), 404);
    const SandboxAnswer wrongVerb = send("DELETE", u"/client"_s);
    QCOMPARE(wrongVerb.status, 405);
    QCOMPARE(wrongVerb.allow, "GET, HEAD");
    QCOMPARE(error(wrongVerb)[u"code"_s].toInt(), 405);
}

void tst_Aggregation::faultsAnswerInTheFamilysShape()
{
    const QList<std::pair<QString, int>> kinds{
        {u"refuse"_s, 400}, {u"unauthorized"_s, 401}, {u"tooMany"_s, 429}, {u"error"_s, 500}, {u"errorAfter"_s, 500}};
    for (const auto &[kind, status] : kinds) {
        m_sandbox.addFault({{u"kind"_s, kind}, {u"path"_s, u"/aggregation/api/client"_s}, {u"count"_s, 1}});
        const SandboxAnswer answer = send("GET", u"/client"_s, {}, m_sandbox.tenantAuthorization());
        QCOMPARE(answer.status, status);
        QCOMPARE(error(answer)[u"code"_s].toInt(), status);
        QVERIFY(!error(answer)[u"details"_s].toString().isEmpty());
        QCOMPARE(answer.retryAfter.isEmpty(), status != 429);
    }
}

void tst_Aggregation::theTokenMayHaveItsOtherName()
{
    tests::SandboxUnderUse sandbox({u"--aggregation-token-member"_s, u"token"_s});
    QVERIFY(sandbox.start());
    const SandboxAnswer answer = sandbox.post(
        u"/aggregation/api/oauth/token"_s, sandbox.tenantCredentials(), tests::Credential::None);
    QVERIFY(!answer.text(u"token"_s).isEmpty());
    QVERIFY(!answer.json.contains(u"accessToken"_s));
    QCOMPARE(sandbox.send("GET", u"/aggregation/api/client"_s, {}, sandbox.tenantAuthorization()).status, 200);
    tests::SandboxUnderUse refused({u"--aggregation-token-member"_s, u"jwt"_s});
    QVERIFY(!refused.start());
}

void tst_Aggregation::tokensExpire()
{
    tests::SandboxUnderUse sandbox({u"--token-lifetime"_s, u"0"_s});
    QVERIFY(sandbox.start());
    const SandboxAnswer answer = sandbox.send("GET", u"/aggregation/api/client"_s, {}, sandbox.tenantAuthorization());
    QCOMPARE(answer.status, 401);
    QCOMPARE(error(answer)[u"details"_s].toString(), u"The token has expired"_s);
}

QTEST_GUILESS_MAIN(tst_Aggregation)
#include "tst_aggregation.moc"

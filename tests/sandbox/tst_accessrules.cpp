// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"

#include <QTest>
#include <QUrlQuery>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;

// Who may call what: verbs, paths, the two scopes, Basic and Bearer, and the life of a token.
class tst_AccessRules : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.standardError())); }
    void onlyTheRightCredentialGetsIn_data();
    void onlyTheRightCredentialGetsIn();
    void unknownPathsAndVerbsAreToldApart_data();
    void unknownPathsAndVerbsAreToldApart();
    void tokenCallsAreJudged_data();
    void tokenCallsAreJudged();
    void aTokenSaysWhatItIs();
    void aTokenExpires();
    void aScopeCanBeWithheld();
    void pathArgumentsAreDecoded();

private:
    tests::SandboxUnderUse m_sandbox;
};

Q_DECLARE_METATYPE(tests::Credential)

void tst_AccessRules::onlyTheRightCredentialGetsIn_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<Credential>("right");
    const auto row = [](const char *name, const char *verb, const QString &path, Credential right) {
        QTest::newRow(name) << QByteArray(verb) << path << right;
    };
    row("session", "POST", u"/v2/sessions"_s, Credential::Basic);
    row("deprecated session", "POST", u"/v1/sessions"_s, Credential::Core);
    row("payment", "POST", u"/v1/payments"_s, Credential::Payment);
    row("refund", "POST", u"/v1/refunds"_s, Credential::Payment);
    row("cancel", "POST", u"/v1/payments/x/cancel"_s, Credential::Payment);
    row("transaction", "GET", u"/v1/transactions/x"_s, Credential::Core);
    row("customer", "GET", u"/v1/customers/x"_s, Credential::Core);
    row("accounts", "GET", u"/v1/customers/x/accounts"_s, Credential::Core);
    row("verified accounts", "GET", u"/v1/customers/x/account-verifications/accounts"_s, Credential::Core);
    row("payout", "GET", u"/v1/payouts/x"_s, Credential::Core);
    row("subscribe", "POST", u"/v1/webhook/subscribe"_s, Credential::Core);
    row("unsubscribe", "PUT", u"/v1/webhook/unsubscribe"_s, Credential::Core);
}

void tst_AccessRules::onlyTheRightCredentialGetsIn()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, path);
    QFETCH(Credential, right);
    for (const Credential given : {Credential::None, Credential::Core, Credential::Payment, Credential::Basic}) {
        const auto answer = m_sandbox.send(verb, path, "{}", m_sandbox.authorization(given));
        QCOMPARE(answer.status == 401, given != right);
        const bool otherScope = given != right && given != Credential::None && given != Credential::Basic
            && right != Credential::Basic;
        QCOMPARE(answer.errorCode() == u"INSUFFICIENT_SCOPE", otherScope);
        QVERIFY(answer.json[u"errorId"_s].isDouble());
        QCOMPARE(answer.text(u"errorSeverity"_s), u"ERROR"_s);
    }
    const QByteArray wrong = right == Credential::Basic ? "Basic " + QByteArray("a:b").toBase64()
                                                        : "Bearer made.up.token";
    QCOMPARE(m_sandbox.send(verb, path, "{}", wrong).status, 401);
    QCOMPARE(m_sandbox.send(verb, path, "{}", "Basic ???").status, 401);
}

void tst_AccessRules::unknownPathsAndVerbsAreToldApart_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("allow");
    QTest::newRow("no such path") << QByteArray("GET") << u"/v1/nothing"_s << 404 << QByteArray();
    QTest::newRow("root") << QByteArray("GET") << u"/"_s << 404 << QByteArray();
    QTest::newRow("no id") << QByteArray("GET") << u"/v1/transactions/"_s << 404 << QByteArray();
    QTest::newRow("one segment too many") << QByteArray("GET") << u"/v1/payouts/x/y"_s << 404 << QByteArray();
    QTest::newRow("no list") << QByteArray("GET") << u"/v1/transactions"_s << 404 << QByteArray();
    QTest::newRow("get a payment") << QByteArray("GET") << u"/v1/payments"_s << 405 << QByteArray("POST");
    QTest::newRow("delete") << QByteArray("DELETE") << u"/v1/customers/x"_s << 405 << QByteArray("GET, HEAD");
    QTest::newRow("post instead of put") << QByteArray("POST") << u"/v1/webhook/unsubscribe"_s << 405
                                         << QByteArray("PUT");
    QTest::newRow("made up verb") << QByteArray("FROBNICATE") << u"/v1/refunds"_s << 405 << QByteArray("POST");
}

void tst_AccessRules::unknownPathsAndVerbsAreToldApart()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, path);
    const auto answer = m_sandbox.send(verb, path, {}, m_sandbox.authorization(Credential::Core));
    QTEST(answer.status, "status");
    QTEST(answer.allow, "allow");
    QVERIFY(!answer.errorMessage().isEmpty());
}

void tst_AccessRules::tokenCallsAreJudged_data()
{
    QTest::addColumn<QString>("changed");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("errorCode");
    QTest::newRow("as documented") << u"scope"_s << u"Link-Core"_s << 200 << QString();
    QTest::newRow("no scope") << u"scope"_s << QString() << 200 << QString();
    QTest::newRow("unknown scope") << u"scope"_s << u"Link-Everything"_s << 400 << u"INVALID_SCOPE"_s;
    QTest::newRow("two scopes") << u"scope"_s << u"Link-Core Link-Payment"_s << 400 << u"INVALID_SCOPE"_s;
    QTest::newRow("no grant type") << u"grant_type"_s << QString() << 400 << u"MISSING_FIELD"_s;
    QTest::newRow("other grant type") << u"grant_type"_s << u"password"_s << 400 << u"UNSUPPORTED_GRANT_TYPE"_s;
    QTest::newRow("no id") << u"client_id"_s << QString() << 400 << u"MISSING_FIELD"_s;
    QTest::newRow("no secret") << u"client_secret"_s << QString() << 400 << u"MISSING_FIELD"_s;
    QTest::newRow("wrong id") << u"client_id"_s << u"someone"_s << 401 << u"INVALID_CLIENT"_s;
    QTest::newRow("wrong secret") << u"client_secret"_s << u"guess"_s << 401 << u"INVALID_CLIENT"_s;
}

void tst_AccessRules::tokenCallsAreJudged()
{
    QFETCH(QString, changed);
    QFETCH(QString, value);
    QUrlQuery form;
    const std::pair<QString, QString> fields[] = {{u"client_id"_s, m_sandbox.clientId()},
        {u"client_secret"_s, m_sandbox.clientSecret()}, {u"grant_type"_s, u"client_credentials"_s},
        {u"scope"_s, u"Link-Core"_s}};
    for (const auto &[name, usual] : fields) {
        if (name != changed || !value.isEmpty())
            form.addQueryItem(name, name == changed ? value : usual);
    }
    const QByteArray body = form.toString(QUrl::FullyEncoded).toUtf8();
    const auto answer = m_sandbox.send("POST", u"/v1/tokens"_s, body, {}, "application/x-www-form-urlencoded");
    QTEST(answer.status, "status");
    QTEST(answer.errorCode(), "errorCode");
    QCOMPARE(m_sandbox.send("POST", u"/v1/tokens"_s, body, {}, "application/json").status, 400);
}

void tst_AccessRules::aTokenSaysWhatItIs()
{
    const QByteArray form = "grant_type=client_credentials&scope=Link-Payment&client_id="
        + m_sandbox.clientId().toUtf8() + "&client_secret=" + m_sandbox.clientSecret().toUtf8();
    const auto answer = m_sandbox.send("POST", u"/v1/tokens"_s, form, {}, "application/x-www-form-urlencoded");
    QCOMPARE(answer.text(u"token_type"_s), u"Bearer"_s);
    QCOMPARE(answer.text(u"scope"_s), u"Link-Payment"_s);
    QCOMPARE(answer.json[u"expires_in"_s].toInt(), 3600);
    QCOMPARE(answer.text(u"access_token"_s).count(u'.'), 2);
}

void tst_AccessRules::aTokenExpires()
{
    tests::SandboxUnderUse sandbox({u"--token-lifetime"_s, u"1"_s});
    QVERIFY(sandbox.start());
    const QByteArray authorization = sandbox.authorization(Credential::Core);
    const auto call = [&] { return sandbox.send("GET", u"/v1/payouts/x"_s, {}, authorization); };
    QCOMPARE(call().status, 404);
    QTRY_COMPARE(call().status, 401);
    QVERIFY(call().errorMessage().contains(u"expired"));
}

void tst_AccessRules::aScopeCanBeWithheld()
{
    tests::SandboxUnderUse sandbox({u"--scopes"_s, u"Link-Core"_s});
    QVERIFY(sandbox.start());
    QVERIFY(!sandbox.token("Link-Core").isEmpty());
    QVERIFY(sandbox.token("Link-Payment").isEmpty());
}

void tst_AccessRules::pathArgumentsAreDecoded()
{
    const QString id = m_sandbox.testUser(u"profile_522"_s);
    const QString encoded = QString(id).replace(u"-"_s, u"%2D"_s);
    QCOMPARE(m_sandbox.get(u"/v1/customers/"_s + encoded + u"?unknown=1"_s).text(u"id"_s), id);
    QCOMPARE(m_sandbox.get(u"/v1/customers/"_s + id.toUpper()).status, 404);
    QCOMPARE(m_sandbox.get(u"/v1/customers/%2e%2e"_s).status, 404);
}

QTEST_GUILESS_MAIN(tst_AccessRules)
#include "tst_accessrules.moc"

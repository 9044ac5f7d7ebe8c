// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/pagewalk.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;
using tests::pageStep;
using tests::redirectQuery;
using tests::SandboxAnswer;
using tests::sessionBody;

// A customer's way through the hosted pages, walked form by form without a browser.
class tst_HostedPages : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_walk.restart(); }
    void theCustomerPays_data();
    void theCustomerPays();
    void aPaymentUsesItsKeyOnce();
    void linkingAloneMakesNoPayment_data();
    void linkingAloneMakesNoPayment();
    void sharingRevealsTheChosenAccountAlone();
    void leavingIsPossibleAtEveryStep_data();
    void leavingIsPossibleAtEveryStep();
    void aWrongPasswordMayBeTriedAgain();
    void aKnownCustomerIsLinkedAgain();
    void theBankWindowSignsIn();
    void aSessionOutlivesARestart();
    void eventsTellOfTheLink();
    void theAddressMayHaveItsOtherName();
    void deprecatedSessionsLearnTheirRedirect_data();
    void deprecatedSessionsLearnTheirRedirect();
    void deprecatedSessionsGoBackToNoScript_data();
    void deprecatedSessionsGoBackToNoScript();
    void deprecatedSessionsHaveAShapeOfTheirOwn_data();
    void deprecatedSessionsHaveAShapeOfTheirOwn();
    void aPaymentThatWasNeverJudgedIsNotMade();

private:
    QString newDeprecatedSession(const QJsonObject &body);

    tests::PageWalk m_walk;
};

QString tst_HostedPages::newDeprecatedSession(const QJsonObject &body)
{
    return m_walk.sandbox().post(u"/v1/sessions"_s, body, Credential::Core).text(u"sessionKey"_s);
}

void tst_HostedPages::theCustomerPays_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<double>("amount");
    QTest::addColumn<QStringList>("codes");
    const QStringList good{u"0"_s, u"2"_s};
    QTest::newRow("in funds") << u"profile_522"_s << 12.34 << good;
    QTest::newRow("up to the limit") << u"profile_522"_s << 9000.0 << good;
    QTest::newRow("above the limit") << u"profile_522"_s << 9000.01 << QStringList{u"1"_s};
    QTest::newRow("without funds") << u"profile_08"_s << 12.34 << QStringList{u"1"_s};
}

void tst_HostedPages::theCustomerPays()
{
    QFETCH(QString, user);
    QFETCH(double, amount);
    QFETCH(QStringList, codes);
    const QString key = m_walk.newSession(sessionBody(amount));
    m_walk.walkToConsent(key, user);
    m_walk.act(key, u"consent"_s);
    QCOMPARE(pageStep(m_walk.page(key)), u"pay"_s);
    const SandboxAnswer back = m_walk.act(key, u"pay"_s);
    QCOMPARE(back.status, 302);
    const QUrl address = QUrl::fromEncoded(back.location);
    QCOMPARE(address.host(), u"shop.example.com"_s);
    QCOMPARE(address.fragment(), u"top"_s);
    const QUrlQuery query(address);
    QCOMPARE(query.queryItemValue(u"cart"_s), u"7"_s);
    QCOMPARE(query.allQueryItemValues(u"status"_s), QStringList{u"200"_s});
    QVERIFY(codes.contains(query.queryItemValue(u"paymentStatusCode"_s)));

    const QString customer = query.queryItemValue(u"customerId"_s);
    const SandboxAnswer transaction = m_walk.sandbox().get(
        u"/v1/transactions/"_s + query.queryItemValue(u"paymentId"_s));
    QCOMPARE(transaction.text(u"customerId"_s), customer);
    QCOMPARE(transaction.json[u"amount"_s].toObject()[u"value"_s].toDouble(), amount);
    QCOMPARE(transaction.text(u"clientReferenceId"_s), u"ORD-9"_s);
    const bool failed = codes == QStringList{u"1"_s};
    QCOMPARE(transaction.text(u"transactionStatus"_s) == u"TERMINAL_FAILED", failed);
    QCOMPARE(m_walk.sandbox().get(u"/v1/customers/"_s + customer).text(u"customerStatus"_s), u"ACTIVE"_s);
    const QJsonArray accounts = m_walk.sandbox()
                                    .get(u"/v1/customers/%1/accounts"_s.arg(customer))
                                    .json[u"accountDetails"_s]
                                    .toArray();
    QCOMPARE(accounts.size(), 1);
    QCOMPARE(accounts[0][u"financialInstitutionName"_s].toString(), u"FinBank Profiles - A"_s);
    QCOMPARE(accounts[0][u"accountType"_s].toString(), u"savings"_s);
    QCOMPARE(accounts[0][u"accountLastFourDigits"_s].toString().size(), 4);
    QVERIFY(accounts[0][u"preferred"_s].toBool());
    QCOMPARE(transaction.json[u"accountDetails"_s].toObject()[u"accountLastFourDigits"_s],
        accounts[0][u"accountLastFourDigits"_s]);
}

void tst_HostedPages::aPaymentUsesItsKeyOnce()
{
    const QString key = m_walk.newSession(sessionBody());
    QCOMPARE(m_walk.sandbox().post(u"/v1/payments"_s, m_walk.sandbox().paymentBody(u"in-session"_s)).errorCode(),
        u"DUPLICATE_REQUEST_KEY"_s);
    m_walk.walkToConsent(key, u"profile_522"_s);
    m_walk.act(key, u"consent"_s);
    QCOMPARE(m_walk.act(key, u"pay"_s).status, 302);
    QCOMPARE(m_walk.act(key, u"pay"_s).status, 410);
    const QJsonObject status = m_walk.sandbox().status();
    QCOMPARE(status[u"payments"_s].toInt(), 1);
    QCOMPARE(status[u"requestKeys"_s].toObject()[u"in-session"_s].toObject()[u"accepted"_s].toInt(), 1);
}

void tst_HostedPages::linkingAloneMakesNoPayment_data()
{
    QTest::addColumn<QString>("experience");
    QTest::newRow("a done page") << u"ONBOARD_WITH_DONE"_s;
    QTest::newRow("straight back") << QString();
}

void tst_HostedPages::linkingAloneMakesNoPayment()
{
    QFETCH(QString, experience);
    QJsonObject body = sessionBody();
    body.remove(u"paymentDetails"_s);
    body.remove(u"experienceId"_s);
    if (!experience.isEmpty())
        body[u"experienceId"_s] = experience;
    const QString key = m_walk.newSession(body);
    m_walk.walkToConsent(key, u"profile_522"_s);
    SandboxAnswer back = m_walk.act(key, u"consent"_s);
    if (!experience.isEmpty()) {
        QCOMPARE(pageStep(m_walk.page(key)), u"done"_s);
        back = m_walk.act(key, u"done"_s);
    }
    const QUrlQuery query = redirectQuery(back);
    QCOMPARE(query.queryItemValue(u"status"_s), u"200"_s);
    QCOMPARE(query.queryItemValue(u"customerId"_s).size(), 36);
    QVERIFY(!query.hasQueryItem(u"paymentId"_s));
    QVERIFY(!query.hasQueryItem(u"paymentStatusCode"_s));
    QCOMPARE(m_walk.sandbox().status()[u"payments"_s].toInt(), 0);
}

void tst_HostedPages::sharingRevealsTheChosenAccountAlone()
{
    QJsonObject body = sessionBody();
    body.remove(u"paymentDetails"_s);
    body.remove(u"experienceId"_s);
    const QString linked = m_walk.newSession(body);
    m_walk.walkToConsent(linked, u"profile_522"_s, u"finbank-profiles-b"_s);
    const QString customer = redirectQuery(m_walk.act(linked, u"consent"_s)).queryItemValue(u"customerId"_s);
    const QString path = u"/v1/customers/%1/account-verifications/accounts"_s.arg(customer);
    QCOMPARE(m_walk.sandbox().get(path).errorCode(), u"ACCOUNTS_NOT_SHARED"_s);
    body[u"product"_s] = u"VERIFY"_s;
    const QString shared = m_walk.newSession(body);
    m_walk.walkToConsent(shared, u"profile_522"_s);
    QCOMPARE(redirectQuery(m_walk.act(shared, u"consent"_s)).queryItemValue(u"customerId"_s), customer);
    const QJsonArray accounts = m_walk.sandbox().get(path).json[u"accounts"_s].toArray();
    QCOMPARE(accounts.size(), 1);
    const QJsonObject network = accounts[0][u"paymentNetworks"_s].toArray()[0].toObject();
    const QString number = network[u"identifier"_s].toString();
    QCOMPARE(number.size(), 10);
    QVERIFY(number.endsWith(accounts[0][u"depositAccount"_s][u"accountNumberDisplay"_s].toString()));
    QCOMPARE(
        m_walk.sandbox().get(u"/v1/customers/%1/accounts"_s.arg(customer)).json[u"accountDetails"_s].toArray().size(),
        2);
}

void tst_HostedPages::leavingIsPossibleAtEveryStep_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("action");
    QTest::addColumn<bool>("linked");
    for (const QString &step : {u"bank"_s, u"signin"_s, u"account"_s, u"consent"_s})
        QTest::newRow(qPrintable(step)) << step << u"leave"_s << false;
    QTest::newRow("pay") << u"pay"_s << u"leave"_s << true;
    QTest::newRow("declined") << u"pay"_s << u"decline"_s << true;
}

void tst_HostedPages::leavingIsPossibleAtEveryStep()
{
    QFETCH(QString, step);
    QFETCH(QString, action);
    QFETCH(bool, linked);
    const QString key = m_walk.newSession(sessionBody());
    const QList<std::pair<QString, QUrlQuery>> walk{{u"bank"_s, {{u"bank"_s, u"finbank-profiles-a"_s}}},
        {u"signin"_s, {{u"username"_s, u"profile_08"_s}, {u"password"_s, u"profile_08"_s}}},
        {u"account"_s, {{u"account"_s, u"0"_s}}}, {u"consent"_s, {}}};
    for (const auto &[name, fields] : walk) {
        if (pageStep(m_walk.page(key)) != step)
            m_walk.act(key, name, fields);
    }
    const SandboxAnswer shown = m_walk.page(key);
    QCOMPARE(pageStep(shown), step);
    QVERIFY(shown.body.contains("id=\"leave-submit\""));
    const SandboxAnswer back = m_walk.act(key, action);
    QCOMPARE(back.status, 302);
    const QUrlQuery query = redirectQuery(back);
    QCOMPARE(query.queryItemValue(u"status"_s), u"204"_s);
    QCOMPARE(query.hasQueryItem(u"customerId"_s), linked);
    QVERIFY(!query.hasQueryItem(u"paymentId"_s));
    QCOMPARE(m_walk.sandbox().status()[u"payments"_s].toInt(), 0);
    QCOMPARE(m_walk.page(key).status, 410);
}

void tst_HostedPages::aWrongPasswordMayBeTriedAgain()
{
    const QString key = m_walk.newSession(sessionBody());
    m_walk.act(key, u"bank"_s, {{u"bank"_s, u"finbank-profiles-b"_s}});
    const SandboxAnswer refused = m_walk.act(
        key, u"signin"_s, {{u"username"_s, u"profile_522"_s}, {u"password"_s, u"profile_08"_s}});
    QCOMPARE(refused.status, 303);
    const SandboxAnswer shown = m_walk.sandbox().get(QString::fromUtf8(refused.location), Credential::None);
    QCOMPARE(pageStep(shown), u"signin"_s);
    QVERIFY(shown.body.contains("id=\"signin-error\""));
    QVERIFY(!m_walk.page(key).body.contains("id=\"signin-error\""));
    m_walk.act(key, u"signin"_s, {{u"username"_s, u"profile_522"_s}, {u"password"_s, u"profile_522"_s}});
    QCOMPARE(pageStep(m_walk.page(key)), u"account"_s);
    m_walk.act(key, u"back"_s);
    QCOMPARE(pageStep(m_walk.page(key)), u"bank"_s);
}

void tst_HostedPages::aKnownCustomerIsLinkedAgain()
{
    const QString known = m_walk.sandbox().testUser(u"profile_08"_s);
    const QString path = u"/v1/customers/%1/accounts"_s.arg(known);
    const QJsonArray before = m_walk.sandbox().get(path).json[u"accountDetails"_s].toArray();
    QJsonObject body = sessionBody();
    body[u"email"_s] = u"Profile_08@Example.com"_s;
    const QString key = m_walk.newSession(body);
    m_walk.walkToConsent(key, u"profile_522"_s);
    m_walk.act(key, u"consent"_s);
    const QUrlQuery query = redirectQuery(m_walk.act(key, u"pay"_s));
    QCOMPARE(query.queryItemValue(u"customerId"_s), known);
    QVERIFY(query.queryItemValue(u"paymentStatusCode"_s) != u"1");
    const QJsonArray after = m_walk.sandbox().get(path).json[u"accountDetails"_s].toArray();
    QCOMPARE(after.size(), before.size() + 1);
    QVERIFY(after[0][u"preferred"_s].toBool());
    QVERIFY(!after[1][u"preferred"_s].toBool());
    QCOMPARE(after[1][u"accountId"_s], before[0][u"accountId"_s]);
}

void tst_HostedPages::theBankWindowSignsIn()
{
    QJsonObject body = sessionBody();
    const QString key = m_walk.newSession(body);
    m_walk.act(key, u"bank"_s, {{u"bank"_s, u"finbank-oauth"_s}});
    QVERIFY(m_walk.page(key).body.contains("id=\"oauth-open\""));
    const QUrlQuery good{{u"username"_s, u"profile_522"_s}, {u"password"_s, u"profile_522"_s}};
    m_walk.act(key, u"signin"_s, good);
    QCOMPARE(pageStep(m_walk.page(key)), u"signin"_s);

    const QString path = u"/client/oauth/"_s + key;
    const SandboxAnswer window = m_walk.sandbox().get(path, Credential::None);
    QCOMPARE(pageStep(window), u"oauth"_s);
    QUrlQuery form = good;
    form.addQueryItem(u"token"_s, tests::formToken(window));
    QVERIFY(m_walk.sandbox().postForm(path + u"/cancel"_s, form).body.contains("data-oauth-result=\"cancelled\""));
    QCOMPARE(pageStep(m_walk.page(key)), u"signin"_s);
    QVERIFY(m_walk.sandbox().postForm(path, form).body.contains("data-oauth-result=\"approved\""));
    QCOMPARE(pageStep(m_walk.page(key)), u"account"_s);
    QVERIFY(m_walk.sandbox().get(path, Credential::None).body.contains("data-oauth-result=\"approved\""));
}

void tst_HostedPages::aSessionOutlivesARestart()
{
    QTemporaryDir directory;
    m_walk.restart({u"--state"_s, directory.filePath(u"state"_s)});
    const QString key = m_walk.newSession(sessionBody());
    m_walk.walkToConsent(key, u"profile_08"_s);
    m_walk.sandbox().kill();
    QVERIFY(m_walk.sandbox().start());
    QCOMPARE(pageStep(m_walk.page(key)), u"consent"_s);
    m_walk.act(key, u"consent"_s);
    const QUrlQuery query = redirectQuery(m_walk.act(key, u"pay"_s));
    QCOMPARE(query.queryItemValue(u"paymentStatusCode"_s), u"1"_s);
    const QString customer = query.queryItemValue(u"customerId"_s);
    const QByteArray accounts = m_walk.sandbox().get(u"/v1/customers/%1/accounts"_s.arg(customer)).body;
    m_walk.sandbox().kill();
    QVERIFY(m_walk.sandbox().start());
    QCOMPARE(m_walk.page(key).status, 410);
    QCOMPARE(m_walk.sandbox().get(u"/v1/customers/%1/accounts"_s.arg(customer)).body, accounts);
    QVERIFY(m_walk.sandbox().ids(u"customer"_s).contains(customer));
    QCOMPARE(
        m_walk.sandbox().status()[u"requestKeys"_s].toObject()[u"in-session"_s].toObject()[u"accepted"_s].toInt(), 1);
}

void tst_HostedPages::eventsTellOfTheLink()
{
    const QString key = m_walk.newSession(sessionBody());
    m_walk.walkToConsent(key, u"profile_522"_s);
    m_walk.act(key, u"consent"_s);
    const QUrlQuery query = redirectQuery(m_walk.act(key, u"pay"_s));
    const auto events = [this] {
        return m_walk.sandbox().get(u"/sandbox/events"_s, Credential::None).json[u"events"_s].toArray();
    };
    QTRY_VERIFY(events().size() >= 4); // they come behind the answers
    QStringList told;
    const QJsonArray all = events();
    for (const QJsonValue &event : all) {
        const QString resource = event[u"resourceId"_s].toString();
        QCOMPARE(resource,
            query.queryItemValue(
                event[u"eventType"_s].toString().startsWith(u"customer") ? u"customerId"_s : u"paymentId"_s));
        told.append(event[u"eventType"_s].toString());
    }
    QCOMPARE(told.first(4),
        QStringList(
            {u"customer.created"_s, u"customer.account.linked"_s, u"customer.activated"_s, u"payment.created"_s}));
}

void tst_HostedPages::theAddressMayHaveItsOtherName()
{
    for (const QString &name : {u"payByLinkUrl"_s, u"both"_s}) {
        m_walk.restart({u"--session-address-member"_s, name});
        const SandboxAnswer answer = m_walk.sandbox().post(u"/v2/sessions"_s, sessionBody(), Credential::Basic);
        QVERIFY(answer.text(u"payByLinkUrl"_s).startsWith(m_walk.sandbox().url().toString() + u"/client/session/"_s));
        QCOMPARE(answer.json.contains(u"sessionUrl"_s), name == u"both");
    }
}

void tst_HostedPages::deprecatedSessionsLearnTheirRedirect_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path : {"/client", "/client/", "/"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

void tst_HostedPages::deprecatedSessionsLearnTheirRedirect()
{
    QFETCH(const QString, path);
    const QJsonObject body{{u"firstName"_s, u"Ada"_s}, {u"lastName"_s, u"King"_s}, {u"email"_s, u"a@example.org"_s}};
    const QString key = newDeprecatedSession(body);
    const SandboxAnswer opened = m_walk.sandbox().get(
        path + u"?sessionKey=%1&redirect=https%3A%2F%2Fshop.example.com%2Fend"_s.arg(key), Credential::None);
    QCOMPARE(opened.location, "/client/session/" + key.toUtf8());
    QCOMPARE(m_walk.act(key, u"leave"_s).location, "https://shop.example.com/end?status=204");
    const QString other = newDeprecatedSession(body);
    QCOMPARE(pageStep(m_walk.act(other, u"leave"_s)), u"farewell"_s);
}

void tst_HostedPages::deprecatedSessionsGoBackToNoScript_data()
{
    QTest::addColumn<QString>("redirect");
    for (const char *redirect :
        {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https:///end", "/end"})
        QTest::newRow(redirect) << QString::fromLatin1(redirect);
}

void tst_HostedPages::deprecatedSessionsGoBackToNoScript()
{
    QFETCH(const QString, redirect);
    const QString key = newDeprecatedSession(sessionBody());
    QUrlQuery query;
    query.addQueryItem(u"sessionKey"_s, key);
    query.addQueryItem(u"redirect"_s, redirect);
    m_walk.sandbox().get(u"/client?"_s + query.toString(QUrl::FullyEncoded), Credential::None);
    QCOMPARE(pageStep(m_walk.act(key, u"leave"_s)), u"farewell"_s);
}

void tst_HostedPages::deprecatedSessionsHaveAShapeOfTheirOwn_data()
{
    QTest::addColumn<bool>("marked");
    QTest::newRow("marked in the state file") << true;
    QTest::newRow("of a state file without marks") << false;
}

// What only the newer call knows is neither judged nor used.
void tst_HostedPages::deprecatedSessionsHaveAShapeOfTheirOwn()
{
    QFETCH(const bool, marked);
    QTemporaryDir directory;
    m_walk.restart({u"--state"_s, directory.filePath(u"state"_s)});
    QJsonObject body = sessionBody(-5);
    if (!marked)
        body.remove(u"redirectUrl"_s);
    body[u"totalAmount"_s] = tests::usd(45.67);
    const QString key = newDeprecatedSession(body);
    m_walk.sandbox().editState(
        [marked](QByteArray content) { return marked ? content : content.replace(R"("deprecated":true,)", ""); });
    const QByteArray shown = m_walk.page(key).body;
    QVERIFY2(shown.contains("45.67") && !shown.contains("Map"), shown);
    m_walk.walkToConsent(key, u"profile_522"_s);
    QCOMPARE(pageStep(m_walk.act(key, u"consent"_s)), u"farewell"_s);
    const QJsonObject status = m_walk.sandbox().status();
    QCOMPARE(status[u"payments"_s].toInt(), 0);
    QVERIFY(status[u"requestKeys"_s].toObject().isEmpty());
}

void tst_HostedPages::aPaymentThatWasNeverJudgedIsNotMade()
{
    QTemporaryDir directory;
    m_walk.restart({u"--state"_s, directory.filePath(u"state"_s)});
    const QString key = m_walk.newSession(sessionBody(77.5));
    m_walk.sandbox().editState([](QByteArray content) { return content.replace("77.5", "-77.5"); });
    m_walk.walkToConsent(key, u"profile_522"_s);
    m_walk.act(key, u"consent"_s);
    const QUrlQuery query = redirectQuery(m_walk.act(key, u"pay"_s));
    QCOMPARE(query.queryItemValue(u"status"_s), u"500"_s);
    QVERIFY(query.hasQueryItem(u"customerId"_s));
    QVERIFY(!query.hasQueryItem(u"paymentId"_s));
    QCOMPARE(m_walk.sandbox().status()[u"payments"_s].toInt(), 0);
}

QTEST_GUILESS_MAIN(tst_HostedPages)
#include "tst_hostedpages.moc"

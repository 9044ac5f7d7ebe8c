// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"

#include <QJsonArray>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;
using tests::SandboxAnswer;

namespace {

constexpr auto formKey = "token";

QString pageStep(const SandboxAnswer &page)
{
    static const QRegularExpression step(u"data-step=\"([a-z-]+)\""_s);
    return step.match(QString::fromUtf8(page.body)).captured(1);
}

} // namespace

// A customer's way through the hosted pages, walked form by form without a browser.
class tst_HostedPages : public QObject
{
    Q_OBJECT

private slots:
    void init();
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
    void linksThatCannotBeUsedSaySo();
    void formsFromElsewhereAreRefused();
    void aSessionOutlivesARestart();
    void eventsTellOfTheLink();
    void theAddressMayHaveItsOtherName();
    void theEmailRuleKeepsBanksApart();
    void pagesUseNothingFromElsewhere();
    void deprecatedSessionsLearnTheirRedirect();
    void pagesMayHaveACertificateNobodyTrusts();
    void faultsSpoilPages_data();
    void faultsSpoilPages();
    void faultsSpoilTheEnd_data();
    void faultsSpoilTheEnd();

private:
    QJsonObject sessionBody(double amount = 12.34) const;
    QString newSession(const QJsonObject &body);
    SandboxAnswer page(const QString &key) { return m_sandbox->get(u"/client/session/"_s + key, Credential::None); }
    SandboxAnswer act(const QString &key, const QString &action, const QUrlQuery &fields = {});
    //! Signs in as that user and stops before the consent form is sent.
    void walkToConsent(const QString &key, const QString &user, const QString &bank = u"finbank-profiles-a"_s);
    static QUrlQuery redirectQuery(const SandboxAnswer &answer)
    {
        return QUrlQuery(QUrl::fromEncoded(answer.location));
    }

    std::unique_ptr<tests::SandboxUnderUse> m_sandbox;
};

void tst_HostedPages::init()
{
    m_sandbox = std::make_unique<tests::SandboxUnderUse>();
    QVERIFY(m_sandbox->start());
}

QJsonObject tst_HostedPages::sessionBody(double amount) const
{
    const QJsonObject item{
        {u"description"_s, u"Map <PDF>"_s}, {u"amount"_s, tests::usd(amount)}, {u"goodType"_s, u"DIGITAL"_s}};
    return {{u"firstName"_s, u"Ada"_s}, {u"lastName"_s, u"King"_s}, {u"email"_s, u"ada@example.org"_s},
        {u"redirectUrl"_s, u"https://shop.example.com/back?cart=7&status=old#top"_s}, {u"product"_s, u"PAY"_s},
        {u"experienceId"_s, u"LINK_MANAGED_PAYMENT"_s},
        {u"orderDetails"_s, QJsonObject{{u"items"_s, QJsonArray{item}}, {u"totalAmount"_s, tests::usd(amount)}}},
        {u"paymentDetails"_s,
            QJsonObject{{u"amount"_s, tests::usd(amount)}, {u"requestKey"_s, u"in-session"_s},
                {u"clientReferenceId"_s, u"ORD-9"_s}}}};
}

QString tst_HostedPages::newSession(const QJsonObject &body)
{
    return m_sandbox->post(u"/v2/sessions"_s, body, Credential::Basic).text(u"sessionKey"_s);
}

SandboxAnswer tst_HostedPages::act(const QString &key, const QString &action, const QUrlQuery &fields)
{
    static const QRegularExpression token(u"name=\"token\" value=\"([0-9a-f]+)\""_s);
    QUrlQuery form = fields;
    form.addQueryItem(QLatin1String(formKey), token.match(QString::fromUtf8(page(key).body)).captured(1));
    return m_sandbox->postForm(u"/client/session/%1/%2"_s.arg(key, action), form);
}

void tst_HostedPages::walkToConsent(const QString &key, const QString &user, const QString &bank)
{
    QCOMPARE(pageStep(page(key)), u"bank"_s);
    QCOMPARE(act(key, u"bank"_s, {{u"bank"_s, bank}}).status, 303);
    QCOMPARE(pageStep(page(key)), u"signin"_s);
    act(key, u"signin"_s, {{u"username"_s, user}, {u"password"_s, user}});
    QCOMPARE(pageStep(page(key)), u"account"_s);
    act(key, u"account"_s, {{u"account"_s, u"1"_s}});
    QCOMPARE(pageStep(page(key)), u"consent"_s);
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
    const QString key = newSession(sessionBody(amount));
    walkToConsent(key, user);
    act(key, u"consent"_s);
    QCOMPARE(pageStep(page(key)), u"pay"_s);
    const SandboxAnswer back = act(key, u"pay"_s);
    QCOMPARE(back.status, 302);
    const QUrl address = QUrl::fromEncoded(back.location);
    QCOMPARE(address.host(), u"shop.example.com"_s);
    QCOMPARE(address.fragment(), u"top"_s);
    const QUrlQuery query(address);
    QCOMPARE(query.queryItemValue(u"cart"_s), u"7"_s);
    QCOMPARE(query.allQueryItemValues(u"status"_s), QStringList{u"200"_s});
    QVERIFY(codes.contains(query.queryItemValue(u"paymentStatusCode"_s)));

    const QString customer = query.queryItemValue(u"customerId"_s);
    const SandboxAnswer transaction = m_sandbox->get(u"/v1/transactions/"_s + query.queryItemValue(u"paymentId"_s));
    QCOMPARE(transaction.text(u"customerId"_s), customer);
    QCOMPARE(transaction.json[u"amount"_s].toObject()[u"value"_s].toDouble(), amount);
    QCOMPARE(transaction.text(u"clientReferenceId"_s), u"ORD-9"_s);
    const bool failed = codes == QStringList{u"1"_s};
    QCOMPARE(transaction.text(u"transactionStatus"_s) == u"TERMINAL_FAILED", failed);
    QCOMPARE(m_sandbox->get(u"/v1/customers/"_s + customer).text(u"customerStatus"_s), u"ACTIVE"_s);
    const QJsonArray accounts = m_sandbox->get(u"/v1/customers/%1/accounts"_s.arg(customer))
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
    const QString key = newSession(sessionBody());
    QCOMPARE(m_sandbox->post(u"/v1/payments"_s, m_sandbox->paymentBody(u"in-session"_s)).errorCode(),
        u"DUPLICATE_REQUEST_KEY"_s);
    walkToConsent(key, u"profile_522"_s);
    act(key, u"consent"_s);
    QCOMPARE(act(key, u"pay"_s).status, 302);
    QCOMPARE(act(key, u"pay"_s).status, 410);
    const QJsonObject status = m_sandbox->status();
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
    const QString key = newSession(body);
    walkToConsent(key, u"profile_522"_s);
    SandboxAnswer back = act(key, u"consent"_s);
    if (!experience.isEmpty()) {
        QCOMPARE(pageStep(page(key)), u"done"_s);
        back = act(key, u"done"_s);
    }
    const QUrlQuery query = redirectQuery(back);
    QCOMPARE(query.queryItemValue(u"status"_s), u"200"_s);
    QCOMPARE(query.queryItemValue(u"customerId"_s).size(), 36);
    QVERIFY(!query.hasQueryItem(u"paymentId"_s));
    QVERIFY(!query.hasQueryItem(u"paymentStatusCode"_s));
    QCOMPARE(m_sandbox->status()[u"payments"_s].toInt(), 0);
}

void tst_HostedPages::sharingRevealsTheChosenAccountAlone()
{
    QJsonObject body = sessionBody();
    body.remove(u"paymentDetails"_s);
    body.remove(u"experienceId"_s);
    const QString linked = newSession(body);
    walkToConsent(linked, u"profile_522"_s, u"finbank-profiles-b"_s);
    const QString customer = redirectQuery(act(linked, u"consent"_s)).queryItemValue(u"customerId"_s);
    const QString path = u"/v1/customers/%1/account-verifications/accounts"_s.arg(customer);
    QCOMPARE(m_sandbox->get(path).errorCode(), u"ACCOUNTS_NOT_SHARED"_s);
    body[u"product"_s] = u"VERIFY"_s;
    const QString shared = newSession(body);
    walkToConsent(shared, u"profile_522"_s);
    QCOMPARE(redirectQuery(act(shared, u"consent"_s)).queryItemValue(u"customerId"_s), customer);
    const QJsonArray accounts = m_sandbox->get(path).json[u"accounts"_s].toArray();
    QCOMPARE(accounts.size(), 1);
    const QJsonObject network = accounts[0][u"paymentNetworks"_s].toArray()[0].toObject();
    const QString number = network[u"identifier"_s].toString();
    QCOMPARE(number.size(), 10);
    QVERIFY(number.endsWith(accounts[0][u"depositAccount"_s][u"accountNumberDisplay"_s].toString()));
    QCOMPARE(
        m_sandbox->get(u"/v1/customers/%1/accounts"_s.arg(customer)).json[u"accountDetails"_s].toArray().size(), 2);
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
    const QString key = newSession(sessionBody());
    const QList<std::pair<QString, QUrlQuery>> walk{{u"bank"_s, {{u"bank"_s, u"finbank-profiles-a"_s}}},
        {u"signin"_s, {{u"username"_s, u"profile_08"_s}, {u"password"_s, u"profile_08"_s}}},
        {u"account"_s, {{u"account"_s, u"0"_s}}}, {u"consent"_s, {}}};
    for (const auto &[name, fields] : walk) {
        if (pageStep(page(key)) != step)
            act(key, name, fields);
    }
    const SandboxAnswer shown = page(key);
    QCOMPARE(pageStep(shown), step);
    QVERIFY(shown.body.contains("id=\"leave-submit\""));
    const SandboxAnswer back = act(key, action);
    QCOMPARE(back.status, 302);
    const QUrlQuery query = redirectQuery(back);
    QCOMPARE(query.queryItemValue(u"status"_s), u"204"_s);
    QCOMPARE(query.hasQueryItem(u"customerId"_s), linked);
    QVERIFY(!query.hasQueryItem(u"paymentId"_s));
    QCOMPARE(m_sandbox->status()[u"payments"_s].toInt(), 0);
    QCOMPARE(page(key).status, 410);
}

void tst_HostedPages::aWrongPasswordMayBeTriedAgain()
{
    const QString key = newSession(sessionBody());
    act(key, u"bank"_s, {{u"bank"_s, u"finbank-profiles-b"_s}});
    const SandboxAnswer refused = act(
        key, u"signin"_s, {{u"username"_s, u"profile_522"_s}, {u"password"_s, u"profile_08"_s}});
    QCOMPARE(refused.status, 303);
    const SandboxAnswer shown = m_sandbox->get(QString::fromUtf8(refused.location), Credential::None);
    QCOMPARE(pageStep(shown), u"signin"_s);
    QVERIFY(shown.body.contains("id=\"signin-error\""));
    QVERIFY(!page(key).body.contains("id=\"signin-error\""));
    act(key, u"signin"_s, {{u"username"_s, u"profile_522"_s}, {u"password"_s, u"profile_522"_s}});
    QCOMPARE(pageStep(page(key)), u"account"_s);
    act(key, u"back"_s);
    QCOMPARE(pageStep(page(key)), u"bank"_s);
}

void tst_HostedPages::aKnownCustomerIsLinkedAgain()
{
    const QString known = m_sandbox->testUser(u"profile_08"_s);
    const QString path = u"/v1/customers/%1/accounts"_s.arg(known);
    const QJsonArray before = m_sandbox->get(path).json[u"accountDetails"_s].toArray();
    QJsonObject body = sessionBody();
    body[u"email"_s] = u"Profile_08@Example.com"_s;
    const QString key = newSession(body);
    walkToConsent(key, u"profile_522"_s);
    act(key, u"consent"_s);
    const QUrlQuery query = redirectQuery(act(key, u"pay"_s));
    QCOMPARE(query.queryItemValue(u"customerId"_s), known);
    QVERIFY(query.queryItemValue(u"paymentStatusCode"_s) != u"1");
    const QJsonArray after = m_sandbox->get(path).json[u"accountDetails"_s].toArray();
    QCOMPARE(after.size(), before.size() + 1);
    QVERIFY(after[0][u"preferred"_s].toBool());
    QVERIFY(!after[1][u"preferred"_s].toBool());
    QCOMPARE(after[1][u"accountId"_s], before[0][u"accountId"_s]);
}

void tst_HostedPages::theBankWindowSignsIn()
{
    QJsonObject body = sessionBody();
    const QString key = newSession(body);
    act(key, u"bank"_s, {{u"bank"_s, u"finbank-oauth"_s}});
    QVERIFY(page(key).body.contains("id=\"oauth-open\""));
    const QUrlQuery good{{u"username"_s, u"profile_522"_s}, {u"password"_s, u"profile_522"_s}};
    act(key, u"signin"_s, good);
    QCOMPARE(pageStep(page(key)), u"signin"_s);

    const QString path = u"/client/oauth/"_s + key;
    const SandboxAnswer window = m_sandbox->get(path, Credential::None);
    QCOMPARE(pageStep(window), u"oauth"_s);
    static const QRegularExpression token(u"name=\"token\" value=\"([0-9a-f]+)\""_s);
    QUrlQuery form = good;
    form.addQueryItem(QLatin1String(formKey), token.match(QString::fromUtf8(window.body)).captured(1));
    QVERIFY(m_sandbox->postForm(path + u"/cancel"_s, form).body.contains("data-oauth-result=\"cancelled\""));
    QCOMPARE(pageStep(page(key)), u"signin"_s);
    QVERIFY(m_sandbox->postForm(path, form).body.contains("data-oauth-result=\"approved\""));
    QCOMPARE(pageStep(page(key)), u"account"_s);
    QVERIFY(m_sandbox->get(path, Credential::None).body.contains("data-oauth-result=\"approved\""));
}

void tst_HostedPages::linksThatCannotBeUsedSaySo()
{
    QCOMPARE(page(u"nothing"_s).status, 404);
    QCOMPARE(pageStep(page(u"nothing"_s)), u"unknown"_s);
    const QString key = newSession(sessionBody());
    QCOMPARE(page(key).status, 200);
    m_sandbox->advance(7 * 86'400);
    QCOMPARE(page(key).status, 410);
    QCOMPARE(pageStep(page(key)), u"expired"_s);
    QCOMPARE(m_sandbox->postForm(u"/client/session/%1/leave"_s.arg(key), {}).status, 410);
}

void tst_HostedPages::formsFromElsewhereAreRefused()
{
    const QString key = newSession(sessionBody());
    const QString path = u"/client/session/%1/leave"_s.arg(key);
    QCOMPARE(m_sandbox->postForm(path, {{u"token"_s, u"guess"_s}}).status, 403);
    static const QRegularExpression token(u"name=\"token\" value=\"([0-9a-f]+)\""_s);
    const QUrlQuery form{{u"token"_s, token.match(QString::fromUtf8(page(key).body)).captured(1)}};
    QCOMPARE(m_sandbox->postForm(path, form, {{"Origin", "https://evil.example"}}).status, 403);
    QCOMPARE(m_sandbox->postForm(path, form, {{"Origin", "null"}}).status, 403);
    QCOMPARE(pageStep(page(key)), u"bank"_s);
    QCOMPARE(m_sandbox->postForm(path, form, {{"Origin", m_sandbox->url().toString().toUtf8()}}).status, 302);
}

void tst_HostedPages::aSessionOutlivesARestart()
{
    QTemporaryDir directory;
    m_sandbox = std::make_unique<tests::SandboxUnderUse>(QStringList{u"--state"_s, directory.filePath(u"state"_s)});
    QVERIFY(m_sandbox->start());
    const QString key = newSession(sessionBody());
    walkToConsent(key, u"profile_08"_s);
    m_sandbox->kill();
    QVERIFY(m_sandbox->start());
    QCOMPARE(pageStep(page(key)), u"consent"_s);
    act(key, u"consent"_s);
    const QUrlQuery query = redirectQuery(act(key, u"pay"_s));
    QCOMPARE(query.queryItemValue(u"paymentStatusCode"_s), u"1"_s);
    const QString customer = query.queryItemValue(u"customerId"_s);
    const QByteArray accounts = m_sandbox->get(u"/v1/customers/%1/accounts"_s.arg(customer)).body;
    m_sandbox->kill();
    QVERIFY(m_sandbox->start());
    QCOMPARE(page(key).status, 410);
    QCOMPARE(m_sandbox->get(u"/v1/customers/%1/accounts"_s.arg(customer)).body, accounts);
    QVERIFY(m_sandbox->ids(u"customer"_s).contains(customer));
    QCOMPARE(m_sandbox->status()[u"requestKeys"_s].toObject()[u"in-session"_s].toObject()[u"accepted"_s].toInt(), 1);
}

void tst_HostedPages::eventsTellOfTheLink()
{
    const QString key = newSession(sessionBody());
    walkToConsent(key, u"profile_522"_s);
    act(key, u"consent"_s);
    const QUrlQuery query = redirectQuery(act(key, u"pay"_s));
    QStringList told;
    for (const QJsonValue &event : m_sandbox->get(u"/sandbox/events"_s, Credential::None).json[u"events"_s].toArray()) {
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
        m_sandbox = std::make_unique<tests::SandboxUnderUse>(QStringList{u"--session-address-member"_s, name});
        QVERIFY(m_sandbox->start());
        const SandboxAnswer answer = m_sandbox->post(u"/v2/sessions"_s, sessionBody(), Credential::Basic);
        QVERIFY(answer.text(u"payByLinkUrl"_s).startsWith(m_sandbox->url().toString() + u"/client/session/"_s));
        QCOMPARE(answer.json.contains(u"sessionUrl"_s), name == u"both");
    }
}

void tst_HostedPages::theEmailRuleKeepsBanksApart()
{
    m_sandbox = std::make_unique<tests::SandboxUnderUse>(QStringList{u"--email-rule"_s});
    QVERIFY(m_sandbox->start());
    QString email;
    for (const QString &id : m_sandbox->ids(u"customer"_s).mid(2)) {
        const SandboxAnswer customer = m_sandbox->get(u"/v1/customers/"_s + id);
        const QString bank = customer.json[u"accountDetails"_s].toObject()[u"financialInstitutionName"_s].toString();
        if (!bank.isEmpty() && !bank.startsWith(u"FinBank")) {
            email = customer.text(u"email"_s);
            break;
        }
    }
    QVERIFY(!email.isEmpty());
    QJsonObject body = sessionBody();
    body[u"email"_s] = email;
    const QString key = newSession(body);
    act(key, u"bank"_s, {{u"bank"_s, u"finbank-profiles-a"_s}});
    act(key, u"signin"_s, {{u"username"_s, u"profile_522"_s}, {u"password"_s, u"profile_522"_s}});
    QCOMPARE(pageStep(page(key)), u"refused"_s);
    const QUrlQuery query = redirectQuery(act(key, u"done"_s));
    QCOMPARE(query.queryItemValue(u"status"_s), u"500"_s);
    QVERIFY(!query.hasQueryItem(u"customerId"_s));
}

void tst_HostedPages::pagesUseNothingFromElsewhere()
{
    const QString key = newSession(sessionBody());
    const SandboxAnswer shown = page(key);
    QVERIFY(shown.body.contains("Map &lt;PDF&gt;"));
    QVERIFY(!shown.body.contains("<PDF>"));
    QVERIFY(shown.policy.startsWith("default-src 'none'"));
    QVERIFY(shown.policy.contains("form-action 'self' https://shop.example.com"));
    QVERIFY(shown.policy.contains("frame-ancestors 'none'"));
    static const QRegularExpression reference(u"(?:src|href)=\"([^\"]+)\""_s);
    for (auto found = reference.globalMatch(QString::fromUtf8(shown.body)); found.hasNext();) {
        const QString address = found.next().captured(1);
        QVERIFY2(address.startsWith(u"/client/") || address == u"data:,", qPrintable(address));
        if (address.startsWith(u"/client/assets/"))
            QCOMPARE(m_sandbox->get(address, Credential::None).status, 200);
    }
}

void tst_HostedPages::deprecatedSessionsLearnTheirRedirect()
{
    const QJsonObject body{{u"firstName"_s, u"Ada"_s}, {u"lastName"_s, u"King"_s}, {u"email"_s, u"a@example.org"_s}};
    const QString key = m_sandbox->post(u"/v1/sessions"_s, body, Credential::Core).text(u"sessionKey"_s);
    const SandboxAnswer opened = m_sandbox->get(
        u"/client?sessionKey=%1&redirect=https%3A%2F%2Fshop.example.com%2Fend"_s.arg(key), Credential::None);
    QCOMPARE(opened.location, "/client/session/" + key.toUtf8());
    QCOMPARE(act(key, u"leave"_s).location, "https://shop.example.com/end?status=204");
    const QString other = m_sandbox->post(u"/v1/sessions"_s, body, Credential::Core).text(u"sessionKey"_s);
    QCOMPARE(pageStep(act(other, u"leave"_s)), u"farewell"_s);
}

void tst_HostedPages::pagesMayHaveACertificateNobodyTrusts()
{
    m_sandbox = std::make_unique<tests::SandboxUnderUse>(
        QStringList{u"--tls-certificate"_s, QStringLiteral(TEST_DATA "/sandbox/selfsigned.pem"), u"--tls-key"_s,
            QStringLiteral(TEST_DATA "/sandbox/selfsigned-key.pem")});
    QVERIFY(m_sandbox->start());
    const QUrl address(m_sandbox->post(u"/v2/sessions"_s, sessionBody(), Credential::Basic).text(u"sessionUrl"_s));
    QCOMPARE(address.scheme(), u"https"_s);
    QCOMPARE(u"https://"_s + address.authority(), m_sandbox->ready()[u"pagesUrl"_s].toString());
    QNetworkAccessManager network;
    for (const bool trusting : {false, true}) {
        const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(address)));
        if (trusting)
            reply->ignoreSslErrors();
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 10'000);
        QCOMPARE(reply->error(), trusting ? QNetworkReply::NoError : QNetworkReply::SslHandshakeFailedError);
        QCOMPARE(reply->readAll().contains("Choose your bank"), trusting);
    }
    tests::SandboxUnderUse keyless({u"--tls-certificate"_s, QStringLiteral(TEST_DATA "/sandbox/selfsigned.pem")});
    QVERIFY(!keyless.start());
}

void tst_HostedPages::faultsSpoilPages_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("endless") << u"endlessRedirect"_s << 302 << QByteArray("fault=endlessRedirect&turn=1");
    QTest::newRow("look-alike") << u"lookAlikeHost"_s << 302 << QByteArray("https://link.money.evil.example/");
    QTest::newRow("user") << u"lookAlikeUser"_s << 302 << QByteArray("https://client.link.money@evil.example/");
    QTest::newRow("origin") << u"otherOrigin"_s << 302 << QByteArray("http://localhost:");
    QTest::newRow("camera") << u"camera"_s << 200 << QByteArray("data-fault=\"camera\"");
    QTest::newRow("error") << u"error"_s << 500 << QByteArray("data-fault=\"error\"");
    QTest::newRow("download") << u"download"_s << 200 << QByteArray("id=\"fault-download\"");
}

void tst_HostedPages::faultsSpoilPages()
{
    QFETCH(QString, fault);
    QFETCH(int, status);
    QFETCH(QByteArray, expected);
    const QString key = newSession(sessionBody());
    const SandboxAnswer asked = m_sandbox->get(u"/client/session/%1?fault=%2"_s.arg(key, fault), Credential::None);
    QCOMPARE(asked.status, status);
    QVERIFY2((status == 302 ? asked.location : asked.body).contains(expected), asked.location);
    QCOMPARE(pageStep(page(key)), u"bank"_s);
    QCOMPARE(
        m_sandbox->post(u"/sandbox/pages"_s, {{u"fault"_s, fault}, {u"count"_s, 1}}, Credential::None).status, 200);
    QCOMPARE(page(key).status, status);
    QCOMPARE(pageStep(page(key)), u"bank"_s);
    QCOMPARE(m_sandbox->post(u"/sandbox/pages"_s, {{u"fault"_s, u"nothing"_s}}, Credential::None).status, 400);
}

void tst_HostedPages::faultsSpoilTheEnd_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QStringList>("statuses");
    QTest::newRow("failed") << u"endFailed"_s << QStringList{u"500"_s};
    QTest::newRow("unknown") << u"endUnknownStatus"_s << QStringList{u"299"_s};
    QTest::newRow("none") << u"endNoStatus"_s << QStringList();
    QTest::newRow("two") << u"endRepeated"_s << QStringList{u"204"_s, u"500"_s};
    QTest::newRow("contradiction") << u"endContradictory"_s << QStringList{u"204"_s};
}

void tst_HostedPages::faultsSpoilTheEnd()
{
    QFETCH(QString, fault);
    QFETCH(QStringList, statuses);
    const QString key = newSession(sessionBody());
    m_sandbox->get(u"/client/session/%1?fault=%2"_s.arg(key, fault), Credential::None);
    const QUrlQuery query = redirectQuery(act(key, u"leave"_s));
    QCOMPARE(query.allQueryItemValues(u"status"_s), statuses);
    QCOMPARE(query.hasQueryItem(u"paymentId"_s), fault == u"endContradictory");
}

QTEST_GUILESS_MAIN(tst_HostedPages)
#include "tst_hostedpages.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::SandboxAnswer;

// FastLink walked form by form, the messages it posts, and what the proxy lists afterwards.
class tst_FastLink : public QObject
{
    Q_OBJECT

private slots:
    void init() { restart({}); }
    void sessionsAnswerInEveryDocumentedShape_data();
    void sessionsAnswerInEveryDocumentedShape();
    void theTopLevelShapeIsAnOption();
    void aUserMayBeNeeded();
    void launchesThatCannotStartSayWhy_data();
    void launchesThatCannotStartSayWhy();
    void configurationsDecideWhatIsListed_data();
    void configurationsDecideWhatIsListed();
    void successAndExitComeInEitherOrder_data();
    void successAndExitComeInEitherOrder();
    void aWrongPasswordIsTold();
    void aBankThatNeedsItsCustomerFails();
    void eventsTellWhatTheProxyLists();
    void closingEarlySaysSo();
    void theBankElsewhereIsOpenedByTheHost();
    void editingRepairsOneLink();
    void theProxyFiltersAndRefuses();
    void linksOutliveARestart();
    void scriptsAndFramingAreServed();
    void faultsAddMessages();
    void whatTheDiskRefusesIsToldOnAPage();

private:
    void restart(const QStringList &options);
    SandboxAnswer aggregation(const QString &path, const QJsonObject &body);
    SandboxAnswer proxy(const QString &path, const QByteArray &loginName = "member-1");
    //! The path of the launch.
    QString launch(const QString &params, const QByteArray &prefix = "Bearer ");
    //! Sends a form and answers with the page it led to; its messages are collected.
    SandboxAnswer act(const QString &launch, const QString &action, const QUrlQuery &form = {});
    SandboxAnswer show(const QString &launch);
    SandboxAnswer signIn(const QString &launch, const QString &user = u"profile_522"_s);
    QJsonObject message(int index) const { return m_messages[index][u"data"_s].toObject(); }

    std::unique_ptr<tests::SandboxUnderUse> m_sandbox;
    QByteArray m_token;
    QJsonArray m_messages;
};

void tst_FastLink::restart(const QStringList &options)
{
    m_sandbox = std::make_unique<tests::SandboxUnderUse>(options);
    QVERIFY(m_sandbox->start());
    m_token = m_sandbox->tenantAuthorization();
    m_messages = {};
}

SandboxAnswer tst_FastLink::aggregation(const QString &path, const QJsonObject &body)
{
    return m_sandbox->send(
        "POST", u"/aggregation/api"_s + path, QJsonDocument(body).toJson(QJsonDocument::Compact), m_token);
}

SandboxAnswer tst_FastLink::proxy(const QString &path, const QByteArray &loginName)
{
    tests::RequestHeaders headers;
    if (!loginName.isEmpty())
        headers.append({"loginName", loginName});
    return m_sandbox->send("GET", u"/aggregation/api/yodlee/"_s + path, {}, m_token, "application/json", headers);
}

QString tst_FastLink::launch(const QString &params, const QByteArray &prefix)
{
    const QJsonObject session = aggregation(u"/yodlee/fastlink/get"_s, {{u"loginName"_s, u"member-1"_s}})
                                    .json[u"fastlinkConfiguration"_s]
                                    .toObject();
    QUrlQuery form;
    form.addQueryItem(u"accessToken"_s, QString::fromUtf8(prefix) + session[u"accessToken"_s].toString());
    form.addQueryItem(u"extraParams"_s, QString::fromUtf8(QUrl::toPercentEncoding(params)));
    const SandboxAnswer opened = m_sandbox->postForm(QUrl(session[u"fastLinkURL"_s].toString()).path(), form);
    return QString::fromUtf8(opened.location);
}

SandboxAnswer tst_FastLink::show(const QString &launch)
{
    static const QRegularExpression messages(u"data-messages=\"([^\"]*)\""_s);
    SandboxAnswer page = m_sandbox->get(launch, tests::Credential::None);
    QString text = messages.match(QString::fromUtf8(page.body)).captured(1);
    text.replace(u"&quot;"_s, u"\""_s);
    for (const QJsonValue &posted : QJsonDocument::fromJson(text.toUtf8()).array())
        m_messages.append(posted);
    return page;
}

SandboxAnswer tst_FastLink::act(const QString &launch, const QString &action, const QUrlQuery &form)
{
    const SandboxAnswer moved = m_sandbox->postForm(launch + u'/' + action, form);
    return moved.status == 303 ? show(QString::fromUtf8(moved.location)) : moved;
}

SandboxAnswer tst_FastLink::signIn(const QString &launch, const QString &user)
{
    return act(launch, u"signin"_s, {{u"username"_s, user}, {u"password"_s, user}});
}

void tst_FastLink::sessionsAnswerInEveryDocumentedShape_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QStringList>("members");
    QTest::newRow("reference") << u"/yodlee/fastlink/get"_s << u"loginName"_s
                               << QStringList{u"accessToken"_s, u"fastLinkURL"_s};
    QTest::newRow("guide") << u"/yodlee/fastlink"_s << u"login_name"_s
                           << QStringList{u"accessToken"_s, u"configName"_s, u"fastLinkURL"_s};
    QTest::newRow("quickstart") << u"/fastlink/token"_s << u"loginName"_s << QStringList();
}

void tst_FastLink::sessionsAnswerInEveryDocumentedShape()
{
    QFETCH(QString, path);
    QFETCH(QString, member);
    QFETCH(QStringList, members);
    const SandboxAnswer answer = aggregation(path, {{member, u"member-1"_s}});
    QCOMPARE(answer.status, 200);
    const QJsonObject nested = answer.json[u"fastlinkConfiguration"_s].toObject();
    QCOMPARE(nested.keys(), members);
    QCOMPARE(answer.json.contains(u"fastlink_token"_s), members.isEmpty());
    const QJsonObject part = members.isEmpty() ? answer.json : nested;
    QVERIFY(part[u"fastLinkURL"_s].toString().endsWith(m_sandbox->ready()[u"tenantId"_s].toString()));
    QVERIFY(!part[u"accessToken"_s].toString().isEmpty());
    QCOMPARE(aggregation(path, {{u"name"_s, u"member-1"_s}}).status, 400);
    m_token.clear();
    QCOMPARE(aggregation(path, {{member, u"member-1"_s}}).status, 401);
}

void tst_FastLink::theTopLevelShapeIsAnOption()
{
    restart({u"--fastlink-top-level"_s});
    const SandboxAnswer answer = aggregation(u"/yodlee/fastlink/get"_s, {{u"loginName"_s, u"member-1"_s}});
    QVERIFY(!answer.text(u"fastlink_token"_s).isEmpty());
    QVERIFY(!answer.json.contains(u"fastlinkConfiguration"_s));
}

void tst_FastLink::aUserMayBeNeeded()
{
    restart({u"--fastlink-needs-user"_s});
    const QJsonObject body{{u"loginName"_s, u"member-1"_s}};
    QCOMPARE(aggregation(u"/yodlee/fastlink/get"_s, body).status, 401);
    m_token = m_sandbox->tenantAuthorization(0, u"u-1"_s);
    QCOMPARE(aggregation(u"/yodlee/fastlink/get"_s, body).status, 200);
}

void tst_FastLink::launchesThatCannotStartSayWhy_data()
{
    QTest::addColumn<QString>("params");
    QTest::addColumn<QByteArray>("prefix");
    QTest::newRow("no configuration") << u"flow=add"_s << QByteArray("Bearer ");
    QTest::newRow("unknown configuration") << u"configName=Wealth"_s << QByteArray("Bearer ");
    QTest::newRow("no bearer") << u"configName=aggregation"_s << QByteArray();
    QTest::newRow("another token") << u"configName=aggregation"_s << QByteArray("Bearer x");
    QTest::newRow("unknown flow") << u"configName=aggregation&flow=dance"_s << QByteArray("Bearer ");
    QTest::newRow("unknown bank") << u"configName=aggregation&providerId=1"_s << QByteArray("Bearer ");
    QTest::newRow("unknown link") << u"configName=aggregation&flow=edit&providerAccountId=1"_s << QByteArray("Bearer ");
}

void tst_FastLink::launchesThatCannotStartSayWhy()
{
    QFETCH(QString, params);
    QFETCH(QByteArray, prefix);
    const QString path = launch(params, prefix);
    QVERIFY(show(path).body.contains("id=\"fl-broken\""));
    QCOMPARE(m_messages.size(), 1);
    QCOMPARE(message(0)[u"status"_s].toString(), u"FAILED"_s);
    QVERIFY(!message(0)[u"reason"_s].toString().isEmpty());
}

void tst_FastLink::configurationsDecideWhatIsListed_data()
{
    QTest::addColumn<QString>("configuration");
    QTest::addColumn<int>("accounts");
    QTest::addColumn<int>("verified");
    QTest::newRow("aggregation") << u"aggregation"_s << 2 << 0;
    QTest::newRow("verification") << u"verification"_s << 0 << 2;
    QTest::newRow("both") << u"aggregation_and_verification"_s << 2 << 2;
    QTest::newRow("both, the other way round") << u"verification_and_aggregation"_s << 2 << 2;
}

void tst_FastLink::configurationsDecideWhatIsListed()
{
    QFETCH(QString, configuration);
    QFETCH(int, accounts);
    QFETCH(int, verified);
    const QString path = launch(u"configName="_s + configuration);
    act(path, u"provider"_s, {{u"provider"_s, u"16441"_s}});
    signIn(path);
    act(path, u"accounts"_s, {{u"account"_s, u"0"_s}, {u"account"_s, u"2"_s}});
    const QJsonArray listed = proxy(u"accounts"_s).json[u"account"_s].toArray();
    QCOMPARE(listed.size(), accounts);
    const QJsonArray shared = proxy(u"verification/verifiedAccounts"_s).json[u"verifiedAccount"_s].toArray();
    QCOMPARE(shared.size(), verified);
    for (const QJsonValue &account : listed)
        QVERIFY(account[u"accountNumber"_s].toString().startsWith(u"xxxx"));
    for (const QJsonValue &account : shared) {
        const QString number = account[u"fullAccountNumberList"_s][u"paymentAccountNumber"_s].toString();
        QVERIFY(account[u"accountNumber"_s].toString().endsWith(number.right(4)));
        QCOMPARE(account[u"bankTransferCode"_s][0][u"id"_s].toString().size(), 9);
    }
    QCOMPARE(proxy(u"providerAccounts"_s).json[u"providerAccount"_s].toArray().size(), 1);
}

void tst_FastLink::successAndExitComeInEitherOrder_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("exit");
    QTest::addColumn<bool>("text");
    QTest::newRow("success first") << QStringList() << 1 << false;
    QTest::newRow("exit first, ids as text")
        << QStringList{u"--fastlink-exit-first"_s, u"--fastlink-text-ids"_s} << 0 << true;
}

void tst_FastLink::successAndExitComeInEitherOrder()
{
    QFETCH(QStringList, options);
    QFETCH(int, exit);
    QFETCH(bool, text);
    restart(options);
    const QString path = launch(u"configName=aggregation&providerId=16441&callback=https://app.example.com/done"_s);
    signIn(path);
    act(path, u"accounts"_s, {{u"account"_s, u"0"_s}});
    const SandboxAnswer closed = act(path, u"finish"_s);
    QVERIFY(closed.body.contains("data-callback=\"https://app.example.com/done\""));
    QCOMPARE(m_messages.size(), 2);
    const QJsonObject end = message(exit);
    const QJsonObject success = message(1 - exit);
    QCOMPARE(end[u"action"_s].toString(), u"exit"_s);
    QCOMPARE(end[u"sites"_s].toArray(), QJsonArray{success});
    QCOMPARE(success[u"status"_s].toString(), u"SUCCESS"_s);
    QCOMPARE(success[u"additionalStatus"_s].toString(), u"ACCT_SUMMARY_RECEIVED"_s);
    QCOMPARE(success[u"providerName"_s].toString(), u"Dag Site"_s);
    QCOMPARE(success[u"providerId"_s].isString(), text);
    QCOMPARE(success[u"providerAccountId"_s].isString(), text);
}

void tst_FastLink::aWrongPasswordIsTold()
{
    const QString path = launch(u"configName=aggregation&providerId=16441"_s);
    const SandboxAnswer refused = act(path, u"signin"_s, {{u"username"_s, u"profile_522"_s}, {u"password"_s, u"no"_s}});
    QVERIFY(refused.body.contains("id=\"fl-error\""));
    QCOMPARE(message(0)[u"additionalStatus"_s].toString(), u"INCORRECT_CREDENTIALS"_s);
    QCOMPARE(proxy(u"providerAccounts"_s).body, "{}");
    QVERIFY(signIn(path).body.contains("id=\"fl-account-0\""));
}

void tst_FastLink::aBankThatNeedsItsCustomerFails()
{
    const QString path = launch(u"configName=aggregation&providerId=16503"_s);
    QVERIFY(signIn(path).body.contains("id=\"fl-failed\""));
    QCOMPARE(message(0)[u"additionalStatus"_s].toString(), u"USER_ACTION_NEEDED_AT_SITE"_s);
    act(path, u"close"_s);
    QCOMPARE(message(1)[u"status"_s].toString(), u"FAILED"_s);
    const QJsonValue link = proxy(u"providerAccounts"_s).json[u"providerAccount"_s].toArray()[0];
    QCOMPARE(link[u"status"_s].toString(), u"FAILED"_s);
    QCOMPARE(link[u"dataset"_s][0][u"additionalStatus"_s].toString(), u"USER_ACTION_NEEDED_AT_SITE"_s);
}

void tst_FastLink::eventsTellWhatTheProxyLists()
{
    restart({u"--aggregation-webhooks-http"_s, u"--aggregation-foreign"_s, u"0"_s});
    tests::WebhookReceiver receiver;
    aggregation(u"/client/webhooks"_s, {{u"uri"_s, receiver.url()}, {u"webhookTypes"_s, QJsonArray{u"REFRESH"_s}}});
    signIn(launch(u"configName=aggregation&providerId=16503"_s));
    QTRY_COMPARE(receiver.received().size(), 1);
    const QJsonValue told = receiver.received()[0].json()[u"event"_s][u"data"_s][u"providerAccount"_s][0];
    const QJsonValue link = proxy(u"providerAccounts"_s).json[u"providerAccount"_s][0];
    for (const char *name : {"id", "providerId", "requestId", "status", "createdDate"})
        QCOMPARE(told[QLatin1String(name)], link[QLatin1String(name)]);
    QCOMPARE(told[u"status"_s].toString(), u"FAILED"_s);
}

void tst_FastLink::closingEarlySaysSo()
{
    const QString unused = launch(u"configName=aggregation"_s);
    act(unused, u"close"_s);
    QCOMPARE(message(0)[u"status"_s].toString(), u"USER_CLOSE_ACTION"_s);
    const QString begun = launch(u"configName=aggregation&providerId=16441"_s);
    act(begun, u"close"_s);
    QCOMPARE(message(1)[u"status"_s].toString(), u"ACTION_ABANDONED"_s);
    QVERIFY(!message(1).contains(u"sites"_s));
    act(begun, u"close"_s);
    QCOMPARE(m_messages.size(), 2);
}

void tst_FastLink::theBankElsewhereIsOpenedByTheHost()
{
    const QString path = launch(u"configName=aggregation&providerId=16486&intentUrl=someapp://back"_s);
    QVERIFY(show(path).body.contains("data-wait="));
    act(path, u"openbank"_s);
    QCOMPARE(m_messages[0][u"type"_s].toString(), u"OPEN_EXTERNAL_URL"_s);
    const QString bank = QUrl(message(0)[u"url"_s].toString()).path();
    QVERIFY(m_sandbox->get(bank, tests::Credential::None).body.contains("id=\"fl-bank-username\""));
    const QUrlQuery form{{u"username"_s, u"profile_08"_s}, {u"password"_s, u"profile_08"_s}};
    const SandboxAnswer back = m_sandbox->postForm(bank, form);
    QCOMPARE(back.location, "someapp://back");
    QCOMPARE(m_sandbox->get(path + u"/state"_s, tests::Credential::None).text(u"step"_s), u"accounts"_s);
    QVERIFY(show(path).body.contains("id=\"fl-account-1\""));
}

void tst_FastLink::editingRepairsOneLink()
{
    const QString made = launch(u"configName=aggregation&providerId=16441"_s);
    signIn(made);
    act(made, u"accounts"_s, {{u"account"_s, u"0"_s}});
    const QJsonValue before = proxy(u"providerAccounts"_s).json[u"providerAccount"_s].toArray()[0];
    const QString id = QString::number(before[u"id"_s].toInteger());
    const QString edited = launch(u"configName=aggregation&flow=edit&providerAccountId="_s + id);
    signIn(edited);
    act(edited, u"accounts"_s, {{u"account"_s, u"1"_s}});
    const QJsonArray links = proxy(u"providerAccounts"_s).json[u"providerAccount"_s].toArray();
    QCOMPARE(links.size(), 1);
    QCOMPARE(links[0][u"id"_s], before[u"id"_s]);
    QVERIFY(links[0][u"requestId"_s] != before[u"requestId"_s]);
    const QJsonArray accounts = proxy(u"accounts"_s).json[u"account"_s].toArray();
    QCOMPARE(accounts.size(), 1);
    QCOMPARE(accounts[0][u"accountType"_s].toString(), u"SAVINGS"_s);
}

void tst_FastLink::theProxyFiltersAndRefuses()
{
    const QString path = launch(u"configName=aggregation&providerId=16441"_s);
    signIn(path);
    act(path, u"accounts"_s, {{u"account"_s, u"0"_s}, {u"account"_s, u"1"_s}});
    const QJsonArray accounts = proxy(u"v1/accounts"_s).json[u"account"_s].toArray();
    QCOMPARE(accounts.size(), 2);
    const QString id = QString::number(accounts[1][u"id"_s].toInteger());
    QCOMPARE(proxy(u"accounts?accountId="_s + id).json[u"account"_s].toArray(), QJsonArray{accounts[1]});
    QCOMPARE(proxy(u"accounts/"_s + id).json[u"account"_s].toArray(), QJsonArray{accounts[1]});
    QCOMPARE(proxy(u"accounts?providerAccountId=1"_s).body, "{}");
    QCOMPARE(proxy(u"accounts/1"_s).status, 404);
    QCOMPARE(proxy(u"accounts/"_s + id, "member-2").status, 404);
    QCOMPARE(proxy(u"accounts"_s, "member-2").body, "{}");
    QCOMPARE(proxy(u"accounts"_s, {}).status, 401);
    m_token = m_sandbox->tenantAuthorization(1);
    QCOMPARE(proxy(u"accounts"_s).body, "{}");
}

void tst_FastLink::linksOutliveARestart()
{
    QTemporaryDir directory;
    restart({u"--state"_s, directory.filePath(u"state"_s)});
    const QString path = launch(u"configName=aggregation_and_verification&providerId=16441"_s);
    signIn(path);
    act(path, u"accounts"_s, {{u"account"_s, u"0"_s}});
    const QByteArray accounts = proxy(u"accounts"_s).body;
    const QByteArray verified = proxy(u"verification/verifiedAccounts"_s).body;
    m_sandbox->kill();
    QVERIFY(m_sandbox->start());
    m_token = m_sandbox->tenantAuthorization();
    QCOMPARE(proxy(u"accounts"_s).body, accounts);
    QCOMPARE(proxy(u"verification/verifiedAccounts"_s).body, verified);
    QCOMPARE(show(path).status, 404);
}

void tst_FastLink::scriptsAndFramingAreServed()
{
    const SandboxAnswer loader = m_sandbox->get(u"/fastlink/v4/initialize.js"_s, tests::Credential::None);
    QVERIFY(loader.body.contains("window.fastlink"));
    QVERIFY(m_sandbox->get(u"/fastlink/v4/fastlink.js"_s, tests::Credential::None).body.contains("YWebViewHandler"));
    QVERIFY(show(launch(u"configName=aggregation"_s)).policy.contains("frame-ancestors *"));
    QCOMPARE(m_sandbox->get(u"/fastlink/any"_s, tests::Credential::None).status, 404);
    restart({u"--fastlink-unframed"_s});
    QVERIFY(show(launch(u"configName=aggregation"_s)).policy.contains("frame-ancestors 'none'"));
}

void tst_FastLink::faultsAddMessages()
{
    const QString path = launch(u"configName=aggregation"_s);
    for (const QString &fault : {u"fastlinkHuge"_s, u"fastlinkForeign"_s}) {
        const QJsonObject wanted{{u"fault"_s, fault}, {u"count"_s, 1}};
        QCOMPARE(m_sandbox->post(u"/sandbox/pages"_s, wanted, tests::Credential::None).status, 200);
        QVERIFY(show(path).body.contains("data-trouble=\"" + fault.toUtf8()));
        QVERIFY(!show(path).body.contains("data-trouble"));
    }
    const SandboxAnswer impostor = m_sandbox->get(u"/fastlink/impostor"_s, tests::Credential::None);
    QVERIFY(impostor.body.contains("/fastlink/v4/impostor.js"));
}

void tst_FastLink::whatTheDiskRefusesIsToldOnAPage()
{
    QTemporaryDir directory;
    restart({u"--state"_s, directory.filePath(u"state"_s)});
    m_sandbox->fillDisk();
    m_token = m_sandbox->tenantAuthorization();
    const QString here = launch(u"configName=aggregation&providerId=16441"_s);
    const QString elsewhere = launch(u"configName=aggregation&providerId=16486"_s);
    act(elsewhere, u"openbank"_s);
    const QString bank = QUrl(message(0)[u"url"_s].toString()).path();
    const QUrlQuery form{{u"username"_s, u"profile_522"_s}, {u"password"_s, u"profile_522"_s}};
    for (const SandboxAnswer &answer :
        {m_sandbox->postForm(here + u"/signin"_s, form), m_sandbox->postForm(bank, form)}) {
        QCOMPARE(answer.status, 500);
        QVERIFY2(answer.body.contains("data-step=\"failure\""), answer.body);
    }
    QCOMPARE(m_sandbox->get(here + u"/state"_s, tests::Credential::None).text(u"step"_s), u"signin"_s);
}

QTEST_GUILESS_MAIN(tst_FastLink)
#include "tst_fastlink.moc"

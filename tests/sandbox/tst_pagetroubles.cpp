// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/pagewalk.h"

#include <QNetworkReply>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;
using tests::pageStep;
using tests::redirectQuery;
using tests::SandboxAnswer;
using tests::sessionBody;

// Links that cannot be used, forms that are not the pages' own, and pages that misbehave on request.
class tst_PageTroubles : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_walk.restart(); }
    void linksThatCannotBeUsedSaySo();
    void formsFromElsewhereAreRefused();
    void pagesUseNothingFromElsewhere();
    void theEmailRuleKeepsBanksApart();
    void pagesMayHaveACertificateNobodyTrusts();
    void faultsSpoilPages_data();
    void faultsSpoilPages();
    void faultsSpoilTheEnd_data();
    void faultsSpoilTheEnd();

private:
    tests::PageWalk m_walk;
};

void tst_PageTroubles::linksThatCannotBeUsedSaySo()
{
    QCOMPARE(m_walk.page(u"nothing"_s).status, 404);
    QCOMPARE(pageStep(m_walk.page(u"nothing"_s)), u"unknown"_s);
    const QString key = m_walk.newSession(sessionBody());
    QCOMPARE(m_walk.page(key).status, 200);
    m_walk.sandbox().advance(7 * 86'400);
    QCOMPARE(m_walk.page(key).status, 410);
    QCOMPARE(pageStep(m_walk.page(key)), u"expired"_s);
    QCOMPARE(m_walk.sandbox().postForm(u"/client/session/%1/leave"_s.arg(key), {}).status, 410);
}

void tst_PageTroubles::formsFromElsewhereAreRefused()
{
    const QString key = m_walk.newSession(sessionBody());
    const QString path = u"/client/session/%1/leave"_s.arg(key);
    QCOMPARE(m_walk.sandbox().postForm(path, {{u"token"_s, u"guess"_s}}).status, 403);
    const QUrlQuery form{{u"token"_s, tests::formToken(m_walk.page(key))}};
    QCOMPARE(m_walk.sandbox().postForm(path, form, {{"Origin", "https://evil.example"}}).status, 403);
    QCOMPARE(m_walk.sandbox().postForm(path, form, {{"Origin", "null"}}).status, 403);
    QCOMPARE(pageStep(m_walk.page(key)), u"bank"_s);
    QCOMPARE(
        m_walk.sandbox().postForm(path, form, {{"Origin", m_walk.sandbox().url().toString().toUtf8()}}).status, 302);
}

void tst_PageTroubles::pagesUseNothingFromElsewhere()
{
    const QString key = m_walk.newSession(sessionBody());
    const SandboxAnswer shown = m_walk.page(key);
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
            QCOMPARE(m_walk.sandbox().get(address, Credential::None).status, 200);
    }
}

void tst_PageTroubles::theEmailRuleKeepsBanksApart()
{
    m_walk.restart({u"--email-rule"_s});
    QString email;
    for (const QString &id : m_walk.sandbox().ids(u"customer"_s).mid(2)) {
        const SandboxAnswer customer = m_walk.sandbox().get(u"/v1/customers/"_s + id);
        const QString bank = customer.json[u"accountDetails"_s].toObject()[u"financialInstitutionName"_s].toString();
        if (!bank.isEmpty() && !bank.startsWith(u"FinBank")) {
            email = customer.text(u"email"_s);
            break;
        }
    }
    QVERIFY(!email.isEmpty());
    QJsonObject body = sessionBody();
    body[u"email"_s] = email;
    const QString key = m_walk.newSession(body);
    m_walk.act(key, u"bank"_s, {{u"bank"_s, u"finbank-profiles-a"_s}});
    m_walk.act(key, u"signin"_s, {{u"username"_s, u"profile_522"_s}, {u"password"_s, u"profile_522"_s}});
    QCOMPARE(pageStep(m_walk.page(key)), u"refused"_s);
    const QUrlQuery query = redirectQuery(m_walk.act(key, u"done"_s));
    QCOMPARE(query.queryItemValue(u"status"_s), u"500"_s);
    QVERIFY(!query.hasQueryItem(u"customerId"_s));
}

void tst_PageTroubles::pagesMayHaveACertificateNobodyTrusts()
{
    m_walk.restart({u"--tls-certificate"_s, QStringLiteral(TEST_DATA "/sandbox/selfsigned.pem"), u"--tls-key"_s,
        QStringLiteral(TEST_DATA "/sandbox/selfsigned-key.pem")});
    const QUrl address(
        m_walk.sandbox().post(u"/v2/sessions"_s, sessionBody(), Credential::Basic).text(u"sessionUrl"_s));
    QCOMPARE(address.scheme(), u"https"_s);
    QCOMPARE(u"https://"_s + address.authority(), m_walk.sandbox().ready()[u"pagesUrl"_s].toString());
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

void tst_PageTroubles::faultsSpoilPages_data()
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

void tst_PageTroubles::faultsSpoilPages()
{
    QFETCH(QString, fault);
    QFETCH(int, status);
    QFETCH(QByteArray, expected);
    const QString key = m_walk.newSession(sessionBody());
    const SandboxAnswer asked = m_walk.sandbox().get(
        u"/client/session/%1?fault=%2"_s.arg(key, fault), Credential::None);
    QCOMPARE(asked.status, status);
    QVERIFY2((status == 302 ? asked.location : asked.body).contains(expected), asked.location);
    QCOMPARE(pageStep(m_walk.page(key)), u"bank"_s);
    QCOMPARE(
        m_walk.sandbox().post(u"/sandbox/pages"_s, {{u"fault"_s, fault}, {u"count"_s, 1}}, Credential::None).status,
        200);
    QCOMPARE(m_walk.page(key).status, status);
    QCOMPARE(pageStep(m_walk.page(key)), u"bank"_s);
    QCOMPARE(m_walk.sandbox().post(u"/sandbox/pages"_s, {{u"fault"_s, u"nothing"_s}}, Credential::None).status, 400);
}

void tst_PageTroubles::faultsSpoilTheEnd_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QStringList>("statuses");
    QTest::newRow("failed") << u"endFailed"_s << QStringList{u"500"_s};
    QTest::newRow("unknown") << u"endUnknownStatus"_s << QStringList{u"299"_s};
    QTest::newRow("none") << u"endNoStatus"_s << QStringList();
    QTest::newRow("two") << u"endRepeated"_s << QStringList{u"204"_s, u"500"_s};
    QTest::newRow("contradiction") << u"endContradictory"_s << QStringList{u"204"_s};
}

void tst_PageTroubles::faultsSpoilTheEnd()
{
    QFETCH(QString, fault);
    QFETCH(QStringList, statuses);
    const QString key = m_walk.newSession(sessionBody());
    m_walk.sandbox().get(u"/client/session/%1?fault=%2"_s.arg(key, fault), Credential::None);
    const QUrlQuery query = redirectQuery(m_walk.act(key, u"leave"_s));
    QCOMPARE(query.allQueryItemValues(u"status"_s), statuses);
    QCOMPARE(query.hasQueryItem(u"paymentId"_s), fault == u"endContradictory");
}

QTEST_GUILESS_MAIN(tst_PageTroubles)
#include "tst_pagetroubles.moc"

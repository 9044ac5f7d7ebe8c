// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/webhooksunderuse.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;
using tests::SandboxAnswer;

// What a subscription asks for, and what is left of it when a part ends (reference 1.14.1 and 1.14.2).
class tst_Subscriptions : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void detailsDoNotMatterForAll_data();
    void detailsDoNotMatterForAll();
    void aPartOfItCanEnd_data();
    void aPartOfItCanEnd();

private:
    SandboxAnswer unsubscribe(const QString &key, const QJsonObject &scope);

    std::unique_ptr<tests::SandboxUnderUse> m_sandbox;
};

void tst_Subscriptions::init()
{
    m_sandbox = std::make_unique<tests::SandboxUnderUse>();
    QVERIFY(m_sandbox->start());
}

SandboxAnswer tst_Subscriptions::unsubscribe(const QString &key, const QJsonObject &scope)
{
    const QJsonObject body{{u"subscriptionId"_s, key}, {u"subscriptionDetails"_s, scope}};
    return m_sandbox->send(
        "PUT", u"/v1/webhook/unsubscribe"_s, QJsonDocument(body).toJson(), m_sandbox->authorization(Credential::Core));
}

void tst_Subscriptions::detailsDoNotMatterForAll_data()
{
    QTest::addColumn<QJsonValue>("details");
    QTest::newRow("absent") << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("null") << QJsonValue(QJsonValue::Null);
    QTest::newRow("empty text") << QJsonValue(QString());
    QTest::newRow("text") << QJsonValue(u"ALL"_s);
    QTest::newRow("object") << QJsonValue(QJsonObject{{u"a"_s, 1}});
    QTest::newRow("numbers") << QJsonValue(QJsonArray{1, 2});
    QTest::newRow("unknown events") << QJsonValue(QJsonArray{u"payment.exploded"_s});
}

void tst_Subscriptions::detailsDoNotMatterForAll()
{
    QFETCH(const QJsonValue, details);
    QJsonObject scope{{u"type"_s, u"ALL"_s}};
    scope[u"details"_s] = details;
    const QJsonObject body{
        {u"url"_s, u"https://shop.example.com/"_s}, {u"secretKey"_s, u"s"_s}, {u"subscriptionDetails"_s, scope}};
    const SandboxAnswer made = m_sandbox->post(u"/v1/webhook/subscribe"_s, body, Credential::Core);
    QVERIFY2(made.status == 200, made.body);
    const SandboxAnswer ended = unsubscribe(made.text(u"subscriptionKey"_s), scope);
    QVERIFY2(ended.status == 200, ended.body);
    QCOMPARE(m_sandbox->status()[u"subscriptions"_s].toInt(), 0);
}

void tst_Subscriptions::aPartOfItCanEnd_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("details");
    QTest::addColumn<QString>("endedType");
    QTest::addColumn<QStringList>("endedDetails");
    QTest::addColumn<QStringList>("left");
    const QString all = u"ALL"_s;
    const QString category = u"CATEGORY"_s;
    const QString event = u"EVENT"_s;
    const QString account = u"customer.account.deactivated"_s;
    const QString customer = u"customer.deactivated"_s;
    const QStringList payments{u"payment.authorized"_s, u"payment.created"_s, u"payment.pending"_s};
    const QStringList none;
    QTest::newRow("everything but a category")
        << all << none << category << QStringList{u"ACCOUNT"_s} << QStringList{customer} + payments;
    QTest::newRow("everything but all categories")
        << all << none << category << QStringList{u"PAYMENT"_s, u"ACCOUNT"_s, u"CUSTOMER"_s} << none;
    QTest::newRow("everything but events")
        << all << none << event << QStringList{payments[1], account} << QStringList{customer, payments[0], payments[2]};
    QTest::newRow("everything") << all << none << all << none << none;
    QTest::newRow("a category of two") << category << QStringList{u"ACCOUNT"_s, u"PAYMENT"_s} << category
                                       << QStringList{u"PAYMENT"_s, u"CUSTOMER"_s} << QStringList{account};
    QTest::newRow("an event of a category")
        << category << QStringList{u"PAYMENT"_s} << event << QStringList{payments[2]} << payments.first(2);
    QTest::newRow("a category of events") << event << QStringList{payments[0], customer} << category
                                          << QStringList{u"PAYMENT"_s} << QStringList{customer};
    QTest::newRow("the last events by their category")
        << event << payments << category << QStringList{u"PAYMENT"_s} << none;
    QTest::newRow("an event of two") << event << payments.first(2) << event << payments.first(1) << payments.mid(1, 1);
    QTest::newRow("what was not asked for")
        << category << QStringList{u"CUSTOMER"_s} << event << QStringList{account} << QStringList{customer};
}

void tst_Subscriptions::aPartOfItCanEnd()
{
    QFETCH(const QString, type);
    QFETCH(const QStringList, details);
    QFETCH(const QString, endedType);
    QFETCH(const QStringList, endedDetails);
    QFETCH(const QStringList, left);
    tests::WebhookReceiver asking;
    tests::WebhookReceiver everything;
    const QString key = subscribe(*m_sandbox, asking.url(), type, QJsonArray::fromStringList(details));
    subscribe(*m_sandbox, everything.url());
    const SandboxAnswer ended = unsubscribe(
        key, {{u"type"_s, endedType}, {u"details"_s, QJsonArray::fromStringList(endedDetails)}});
    QVERIFY2(ended.status == 200, ended.body);
    QCOMPARE(ended.text(u"subscriptionKey"_s), key);
    QCOMPARE(m_sandbox->status()[u"subscriptions"_s].toInt(), left.isEmpty() ? 1 : 2);

    tests::pay(*m_sandbox, u"k"_s);
    QTRY_VERIFY(everything.eventTypes().contains(u"payment.authorized"_s));
    const QString path = u"/sandbox/customers/%1/revoke"_s.arg(m_sandbox->testUser(u"profile_522"_s));
    QCOMPARE(tests::admin(*m_sandbox, path, {}).status, 200);
    QTRY_VERIFY(everything.eventTypes().contains(u"customer.deactivated"_s));
    QTRY_VERIFY(
        deliveries(*m_sandbox, u"?state=waiting"_s).isEmpty() && deliveries(*m_sandbox, u"?state=sending"_s).isEmpty());
    QStringList told = asking.eventTypes();
    told.sort();
    QCOMPARE(told, left);
}

QTEST_GUILESS_MAIN(tst_Subscriptions)
#include "tst_subscriptions.moc"

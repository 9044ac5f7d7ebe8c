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

QTEST_GUILESS_MAIN(tst_Subscriptions)
#include "tst_subscriptions.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/redaction.h"

#include <QTest>

class TestRedaction : public QObject
{
    Q_OBJECT
private slots:
    void jsonKeepsItsShape_data();
    void jsonKeepsItsShape();
    void journalBodies_data();
    void journalBodies();
    void journalBodiesAreBounded();
};

void TestRedaction::jsonKeepsItsShape_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("nothing to hide", R"({"a":1.50,"b":["x@example.com",true]})", R"({"a":1.50,"b":["x@example.com",true]})");
    row("account number", R"({"paymentNetworks":[{"bankId":"021000021","identifier":"123456789"}]})",
        R"({"paymentNetworks":[{"bankId":"021000021","identifier":"****6789"}]})");
    row("account number as a number", R"({"accountNumber":123456789})", R"({"accountNumber":"****6789"})");
    row("short account number", R"({"identifier":"1234"})", R"({"identifier":"****"})");
    row("account number in a list", R"({"identifier":["123456789"]})", R"({"identifier":["123456789"]})");
    row("last four stay", R"({"accountNumberDisplay":"6789","accountLastFourDigits":"0412"})",
        R"({"accountNumberDisplay":"6789","accountLastFourDigits":"0412"})");
    row("tokens", R"({"access_token":"abc","Access-Token":"d","token_type":"Bearer"})",
        R"({"access_token":"[redacted]","Access-Token":"[redacted]","token_type":"Bearer"})");
    row("secrets", R"({"secretKey":"abc","client_secret":{"a":"b"},"password":null})",
        R"({"secretKey":"[redacted]","client_secret":"[redacted]","password":null})");
    row("session", R"({"sessionKey":"k","sessionUrl":"https://a.example/?redirect=x&sessionKey=k&v=1"})",
        R"({"sessionKey":"[redacted]","sessionUrl":"https://a.example/?redirect=x&sessionKey=[redacted]&v=1"})");
    row("aggregation token call", R"({"clientId":"c","clientSecret":"s","tenantId":"t"})",
        R"({"clientId":"c","clientSecret":"[redacted]","tenantId":"t"})");
    row("FastLink", R"({"fastlinkConfiguration":{"accessToken":"a"},"fastlink_token":"b"})",
        R"({"fastlinkConfiguration":{"accessToken":"[redacted]"},"fastlink_token":"[redacted]"})");
    row("Yodlee's numbers",
        R"({"fullAccountNumberList":{"unmaskedAccountNumber":"123456789","paymentAccountNumber":"987654321"}})",
        R"({"fullAccountNumberList":{"unmaskedAccountNumber":"****6789","paymentAccountNumber":"****4321"}})");
    row("request key stays", R"({"requestKey":"k","subscriptionKey":"s"})",
        R"({"requestKey":"k","subscriptionKey":"s"})");
}

void TestRedaction::jsonKeepsItsShape()
{
    QFETCH(const QByteArray, text);
    QTEST(api::redacted(*api::Json::parse(text)).toText(), "expected");
}

void TestRedaction::journalBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *body, const char *expected) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(expected);
    };
    row("empty", "", "");
    row("e-mail in JSON", R"({"email":"ada.lovelace@example.com"})", R"({"email":"a***@example.com"})");
    row("token form", "client_id=me&client_secret=s3cret%20x&scope=Link-Core",
        "client_id=me&client_secret=[redacted]&scope=Link-Core");
    row("e-mail in a form", "email=ada%40example.com&a=b", "email=a***%40example.com&a=b");
    row("cut token answer", R"({"access_token":"abc.def","expi)", R"({"access_token":"[redacted]","expi)");
    row("cut inside the token", R"({"access_token":"abc.de)", R"({"access_token":"[redacted])");
    row("cut account", R"({"identifier":"123456789","ty)", R"({"identifier":"[redacted]","ty)");
    row("header text", "Authorization: Bearer abc.def", "Authorization: [redacted]");
    row("bearer in prose", "got Bearer abc.def here", "got Bearer [redacted] here");
    row("web token in prose", "see eyJhbGciOi.eyJzdWIi.c2ln now", "see [redacted] now");
    row("long number in prose", "account 123456789 failed", "account ****6789 failed");
    row("plain prose stays", "Bad gateway 502", "Bad gateway 502");
}

void TestRedaction::journalBodies()
{
    QFETCH(const QByteArray, body);
    QTEST(api::redactedForJournal(body), "expected");
}

void TestRedaction::journalBodiesAreBounded()
{
    const qsizetype limit = 64 * 1024;
    QVERIFY(api::redactedForJournal(QByteArray(1'000'000, 'x')).size() <= limit);
    const QByteArray json = R"({"identifier":"123456789","filler":")" + QByteArray(1'000'000, 'x') + R"("})";
    const QByteArray shortened = api::redactedForJournal(json);
    QVERIFY(shortened.size() <= limit);
    QVERIFY(shortened.startsWith(R"({"identifier":"****6789")"));
}

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"

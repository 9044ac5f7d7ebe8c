// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/client.h"
#include "api/aggregation/proxy.h"

#include "tests/api/exchanges.h"

//! What the error bodies of reference 2.1.1 become, and that headers cannot be broken out of.
class TestAggregationErrors : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void bodies_data();
    void bodies();
    void theDetailsHoldNoSecret();
    void headerValuesCannotEndTheirHeader_data();
    void headerValuesCannotEndTheirHeader();
};

void TestAggregationErrors::bodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const char *body, const char *message, const char *code,
                         const char *detail = "") {
        QTest::newRow(name) << QByteArray(body) << QString::fromUtf8(message) << QString::fromUtf8(code)
                            << QString::fromUtf8(detail);
    };
    row("complaints", R"({"error":{"code":400,"details":["a is required","b must be text"]}})",
        "a is required; b must be text", "400");
    row("one reason", R"({"error":{"code":401,"message":"Unauthorized","details":"bad secret"}})",
        "Unauthorized: bad secret", "401");
    row("message alone", R"({"error":{"code":403,"message":"Forbidden"}})", "Forbidden", "403");
    row("expected and received",
        R"({"error":{"code":400,"details":["x"],"received":{"x":1},"expected":{"x":"string"}}})", "x", "400",
        R"(expected {"x":"string"}, received {"x":1})");
    row("empty details", R"({"error":{"code":400,"details":[]}})", "", "400");
    row("details of another kind", R"({"error":{"code":400,"details":{"a":1}}})", "", "400");
    row("line breaks", R"({"error":{"details":["a\r\nb"]}})", "a b", "");
    row("Yodlee's own", R"({"errorCode":"Y800","errorMessage":"Invalid value for status","referenceCode":"r1"})",
        "Invalid value for status", "Y800");
    row("the other family's", R"({"errorId":1,"errorCode":"BAD","errorMessage":"no"})", "no", "BAD");
    row("no JSON", "not here", "not here", "");
}

void TestAggregationErrors::bodies()
{
    QFETCH(const QByteArray, body);
    Exchange exchange(api::Auth::TenantToken);
    exchange.expectTokenFor(api::Auth::TenantToken);
    exchange.network.expect({.verb = "GET", .path = QStringLiteral("/api/client")}, {.status = 400, .body = body});
    const auto answer = answerOf(*exchange.client, api::getAggregationClient());
    QVERIFY(answer && !*answer);
    QTEST(answer->error().message, "message");
    QTEST(answer->error().errorCode, "code");
    QTEST(answer->error().detail, "detail");
    QCOMPARE(answer->error().kind, api::ErrorKind::Rejected);
    QCOMPARE(exchange.network.problems(), QString());
}

void TestAggregationErrors::theDetailsHoldNoSecret()
{
    Exchange exchange(api::Auth::TenantToken);
    exchange.expectTokenFor(api::Auth::TenantToken);
    exchange.network.expect({.verb = "GET", .path = QStringLiteral("/api/client")},
        readAnswerFile(QStringLiteral("aggregation/failure-400")));
    const auto answer = answerOf(*exchange.client, api::getAggregationClient());
    QVERIFY(answer && !*answer);
    QVERIFY(answer->error().detail.contains(QStringLiteral("[redacted]")));
    QVERIFY(!api::errorDetails(answer->error()).contains(QStringLiteral("hush")));
}

void TestAggregationErrors::headerValuesCannotEndTheirHeader_data()
{
    QTest::addColumn<QString>("loginName");
    QTest::addColumn<bool>("sent");
    QTest::newRow("plain") << QStringLiteral("shopper 1") << true;
    QTest::newRow("not ASCII") << QStringLiteral("Zoë") << true;
    QTest::newRow("line break") << QStringLiteral("a\r\nX: y") << false;
    QTest::newRow("null") << QStringLiteral("a") + QChar(u'\0') << false;
    QTest::newRow("delete") << QStringLiteral("a\x7f") << false;
}

void TestAggregationErrors::headerValuesCannotEndTheirHeader()
{
    QFETCH(const QString, loginName);
    QFETCH(const bool, sent);
    Exchange exchange(api::Auth::TenantToken);
    if (sent) {
        exchange.expectTokenFor(api::Auth::TenantToken);
        exchange.network.expect({.verb = "GET",
                                    .path = QStringLiteral("/api/yodlee/accounts"),
                                    .headers = {{"loginName", loginName.toUtf8()}}},
            {.body = "{}"});
    }
    const api::Request<api::Json> request{.data = api::proxyRead({}, api::LoginName(loginName), {u"accounts"}),
        .read = [](const api::Json &json) { return api::Result<api::Json>(json); }};
    const auto answer = answerOf(*exchange.client, request);
    QVERIFY(answer);
    QCOMPARE(answer->has_value(), sent);
    if (!sent)
        QCOMPARE(answer->error().delivery, api::Delivery::CertainlyNotSent);
    QCOMPARE(exchange.network.problems(), QString());
}

QTEST_GUILESS_MAIN(TestAggregationErrors)
#include "tst_aggregationerrors.moc"

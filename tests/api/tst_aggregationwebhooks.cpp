// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/webhooks.h"

#include "tests/api/exchanges.h"

namespace {

using Hook = api::RegisteredWebhook;

const QString registeredUri = QStringLiteral("https://shop.example.com/hook");
const api::WebhookId registeredId(QStringLiteral("WBK-1"));

api::Request<Hook> sampleCreation()
{
    return api::createWebhook(registeredUri, {QStringLiteral("REFRESH"), QStringLiteral("DATA_UPDATES")}, false);
}

} // namespace

class TestAggregationWebhooks : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void aPageIsListed();
    void oneIsShown();
    void creatingGivesTheId();
    void onlyWhatChangesIsSent();
    void everythingMayChange();
    void deletingGivesWhatWasThere();
    void deletingMayAnswerNothing();
    void aTestTellsHowItWent();
    void aTestMayStayUnanswered();
    void addresses_data();
    void addresses();
    void complaints_data();
    void complaints();
    void complaintsAboutTests();
    void theDocumentedTypesAreKnown();
    void failures_data() { addFailureRows(QStringLiteral("aggregation")); }
    void failures() { checkFailure(QStringLiteral("webhook-create"), sampleCreation()); }
    void deleteFailures_data() { addFailureRows(QStringLiteral("aggregation")); }
    void deleteFailures() { checkFailure(QStringLiteral("webhook-delete"), api::deleteWebhook(registeredId)); }
};

void TestAggregationWebhooks::aPageIsListed()
{
    const auto page = play(QStringLiteral("webhooks"), api::listWebhooks(2, 4));
    QVERIFY(page && *page);
    const QList<Hook> expected{{.id = registeredId,
                                   .uri = registeredUri,
                                   .types = {QStringLiteral("REFRESH"), QStringLiteral("OB_CONSENT")},
                                   .health = Hook::Health::Healthy,
                                   .lastAttemptAt = 1'795'168'800'000,
                                   .lastAttemptStatus = 204,
                                   .lastSuccessAt = 1'795'168'800'000},
        {.id = api::WebhookId(QStringLiteral("WBK-2")), .types = {QStringLiteral("DATA_UPDATES")}, .disabled = true}};
    QCOMPARE(**page, expected);
}

void TestAggregationWebhooks::oneIsShown()
{
    const auto hook = play(QStringLiteral("webhook"), api::getWebhook(registeredId));
    QVERIFY(hook && *hook);
    QCOMPARE((*hook)->health, Hook::Health::Unhealthy);
    QCOMPARE((*hook)->lastAttemptStatus, 500);
    QCOMPARE((*hook)->lastAttemptAt - (*hook)->lastSuccessAt, 86'400'250);
}

void TestAggregationWebhooks::creatingGivesTheId()
{
    const auto hook = play(QStringLiteral("webhook-create"), sampleCreation());
    QVERIFY(hook && *hook);
    QCOMPARE((*hook)->id.text(), QStringLiteral("WBK-9"));
    QCOMPARE((*hook)->health, Hook::Health::Unknown);
}

void TestAggregationWebhooks::onlyWhatChangesIsSent()
{
    const auto hook = play(QStringLiteral("webhook-disable"), api::changeWebhook(registeredId, {.disabled = true}));
    QVERIFY(hook && *hook);
    QVERIFY((*hook)->disabled);
}

void TestAggregationWebhooks::everythingMayChange()
{
    const auto hook = play(QStringLiteral("webhook-change"),
        api::changeWebhook(registeredId,
            {.uri = QStringLiteral("https://shop.example.com/other"),
                .types = QStringList{QStringLiteral("OB_CONSENT")},
                .disabled = false}));
    QVERIFY(hook && *hook);
    QCOMPARE((*hook)->types, QStringList{QStringLiteral("OB_CONSENT")});
}

void TestAggregationWebhooks::deletingGivesWhatWasThere()
{
    const auto hook = play(QStringLiteral("webhook-delete"), api::deleteWebhook(registeredId));
    QVERIFY(hook && *hook);
    QCOMPARE((*hook)->id, registeredId);
}

void TestAggregationWebhooks::deletingMayAnswerNothing()
{
    const auto hook = play(QStringLiteral("webhook-delete-empty"), api::deleteWebhook(registeredId));
    QVERIFY(hook && *hook);
    QVERIFY((*hook)->id.isEmpty());
}

void TestAggregationWebhooks::aTestTellsHowItWent()
{
    const auto test = play(QStringLiteral("webhook-test"), api::fireTestWebhook(registeredId));
    QVERIFY(test && *test);
    const api::WebhookTest expected{.receivedResponse = true,
        .responseCode = 200,
        .firedAt = 1'795'168'800'000,
        .receivedAt = 1'795'168'800'125,
        .durationMs = 125};
    QCOMPARE(**test, expected);
}

void TestAggregationWebhooks::aTestMayStayUnanswered()
{
    const auto test = play(QStringLiteral("webhook-test-silent"), api::fireTestWebhook(registeredId));
    QVERIFY(test && *test);
    QCOMPARE(**test, (api::WebhookTest{.firedAt = 1'795'168'800'000}));
}

void TestAggregationWebhooks::addresses_data()
{
    using Problem = api::WebhookUriProblem;
    QTest::addColumn<QString>("uri");
    QTest::addColumn<std::optional<Problem>>("problem");
    const auto row = [](const char *uri, std::optional<Problem> problem) {
        QTest::newRow(uri) << QString::fromLatin1(uri) << problem;
    };
    row("https://shop.example.com/hook?a=b", std::nullopt);
    row("https://10.0.0.1:8443/", std::nullopt);
    row("", Problem::Empty);
    row("http://shop.example.com/hook", Problem::NotHttps);
    row("HTTPS://shop.example.com/hook", Problem::NotHttps);
    row(" https://shop.example.com", Problem::NotHttps);
    row("shop.example.com", Problem::NotHttps);
    row("https://", Problem::NoHost);
    row("https:///hook", Problem::NoHost);
    row("https://shop example.com/", Problem::NoHost);
    row("https://me:pw@shop.example.com/", Problem::HasCredentials);
}

void TestAggregationWebhooks::addresses()
{
    QFETCH(const QString, uri);
    QFETCH(const std::optional<api::WebhookUriProblem>, problem);
    QCOMPARE(api::webhookUriProblem(uri), problem);
    QCOMPARE(api::createWebhook(uri, {}, false).data.path.isEmpty(), problem.has_value());
    QCOMPARE(api::changeWebhook(registeredId, {.uri = uri}).data.path.isEmpty(), problem.has_value());
}

void TestAggregationWebhooks::complaints_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *field, const char *body) {
        QTest::newRow(field) << QByteArray(body) << QString::fromLatin1(field);
    };
    row("id", R"({"webhookTypes":[]})");
    row("webhookTypes", R"({"id":"w"})");
    row("webhookTypes: expected strings", R"({"id":"w","webhookTypes":[1]})");
    row("webhookDisabled", R"({"id":"w","webhookTypes":[],"webhookDisabled":"no"})");
    row("lastAttemptStatus", R"({"id":"w","webhookTypes":[],"lastAttemptStatus":"200"})");
    row("lastAttempt", R"({"id":"w","webhookTypes":[],"lastAttempt":"yesterday"})");
}

void TestAggregationWebhooks::complaints()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, field);
    checkComplaint(api::readWebhook, body, field);
    checkComplaint(api::readWebhook, R"({"webhook":)" + body + "}", field);
    checkComplaint(api::readWebhooks, R"({"webhooks":[)" + body + "]}", field);
}

void TestAggregationWebhooks::complaintsAboutTests()
{
    checkComplaint(api::readWebhooks, "{}", QStringLiteral("webhooks"));
    checkComplaint(api::readWebhookTest, "{}", QStringLiteral("receivedResponse"));
    checkComplaint(api::readWebhookTest, R"({"receivedResponse":true,"processingDuration":"fast"})",
        QStringLiteral("processingDuration"));
    checkComplaint(
        api::readWebhookTest, R"({"receivedResponse":true,"responseCode":1e9})", QStringLiteral("responseCode"));
}

void TestAggregationWebhooks::theDocumentedTypesAreKnown()
{
    QCOMPARE(api::webhookTypes().size(), 7);
    QVERIFY(api::webhookTypes().contains(QStringLiteral("LATEST_BALANCE_UPDATES")));
}

QTEST_GUILESS_MAIN(TestAggregationWebhooks)
#include "tst_aggregationwebhooks.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/webhooks.h"

#include "tests/api/exchanges.h"

namespace {

using Type = api::SubscriptionScope::Type;

const QString sampleHook = QStringLiteral("https://shop.example.com/hook");
const api::SubscriptionKey sampleKey(QStringLiteral("sub-1"));

api::Request<api::Subscription> sampleSubscription()
{
    return api::subscribe(sampleHook, "s3cret",
        {.type = Type::Category, .details = {QStringLiteral("PAYMENT"), QStringLiteral("CUSTOMER")}});
}

} // namespace

class TestWebhooks : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void aSubscriptionGivesItsKey();
    void everythingNeedsNoDetails();
    void unsubscribingNamesTheKey();
    void unsubscribingTakesAnEmptyAnswer();
    void aKeyIsNeeded();
    void failures_data() { addFailureRows(); }
    void failures() { checkFailure(QStringLiteral("subscribe"), sampleSubscription()); }
};

void TestWebhooks::aSubscriptionGivesItsKey()
{
    const auto subscription = play(QStringLiteral("subscribe"), sampleSubscription());
    QVERIFY(subscription && *subscription);
    QCOMPARE((*subscription)->key, sampleKey);
}

void TestWebhooks::everythingNeedsNoDetails()
{
    const auto subscription = play(QStringLiteral("subscribe-all"), api::subscribe(sampleHook, "s3cret", {}));
    QVERIFY(subscription && *subscription);
    QCOMPARE((*subscription)->key.text(), QStringLiteral("77"));
}

void TestWebhooks::unsubscribingNamesTheKey()
{
    const auto done = play(QStringLiteral("unsubscribe"),
        api::unsubscribe(sampleKey, {.type = Type::Event, .details = {QStringLiteral("payment.failed")}}));
    QVERIFY(done && *done);
    QCOMPARE((*done)->key, sampleKey);
}

void TestWebhooks::unsubscribingTakesAnEmptyAnswer()
{
    const auto done = play(QStringLiteral("unsubscribe-empty-answer"), api::unsubscribe(sampleKey, {}));
    QVERIFY(done && *done);
    QVERIFY((*done)->key.isEmpty());
}

void TestWebhooks::aKeyIsNeeded()
{
    checkComplaint(api::readSubscription, "{}", QStringLiteral("subscriptionKey"));
}

QTEST_GUILESS_MAIN(TestWebhooks)
#include "tst_webhooks.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/payouts.h"

#include "tests/api/exchanges.h"

namespace {

const api::PayoutId samplePayout(QStringLiteral("p-1"));

} // namespace

class TestPayouts : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void aPayoutIsRead();
    void aPayoutNeedsLittle();
    void failures_data() { addFailureRows(); }
    void failures() { checkFailure(QStringLiteral("payout"), api::getPayout(samplePayout)); }
    void brokenAnswers_data();
    void brokenAnswers();
    void onlyDisbursedIsFinal();
};

void TestPayouts::aPayoutIsRead()
{
    const auto payout = play(QStringLiteral("payout"), api::getPayout(samplePayout));
    QVERIFY(payout && *payout);
    const api::Payout expected{.id = samplePayout,
        .clientReferenceId = QStringLiteral("ref"),
        .amount = {.cents = 9'876'543},
        .status = QStringLiteral("DISBURSED"),
        .descriptor = QStringLiteral("LINK PAYOUT"),
        .createdAt = 1'663'168'479'000};
    QCOMPARE(**payout, expected);
}

void TestPayouts::aPayoutNeedsLittle()
{
    const auto payout = play(QStringLiteral("payout-least"), api::getPayout(samplePayout));
    QVERIFY(payout && *payout);
    QCOMPARE((*payout)->id.text(), QStringLiteral("17"));
    QCOMPARE((*payout)->status, QStringLiteral("ON_THE_WAY"));
}

void TestPayouts::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::newRow("id missing") << QByteArray(R"({"amount":{"value":1,"currency":"USD"},"payoutStatus":"X"})")
                                << QStringLiteral("payoutId");
    QTest::newRow("amount missing") << QByteArray(R"({"payoutId":"1","payoutStatus":"X"})") << QStringLiteral("amount");
    QTest::newRow("status missing") << QByteArray(R"({"payoutId":"1","amount":{"value":1,"currency":"USD"}})")
                                    << QStringLiteral("payoutStatus");
}

void TestPayouts::brokenAnswers()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, field);
    checkComplaint(api::readPayout, body, field);
}

void TestPayouts::onlyDisbursedIsFinal()
{
    QVERIFY(!api::payoutCanStillChange(QStringLiteral("DISBURSED")));
    QVERIFY(api::payoutCanStillChange(QStringLiteral("INITIATED")));
    QVERIFY(api::payoutCanStillChange(QStringLiteral("SOMETHING_NEW")));
}

QTEST_GUILESS_MAIN(TestPayouts)
#include "tst_payouts.moc"

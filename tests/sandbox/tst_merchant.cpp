// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/merchant.h"
#include "tests/sandbox/sandboxunderuse.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <map>
#include <set>

using namespace Qt::Literals::StringLiterals;
using sandbox::IdKind;
using sandbox::Merchant;
using sandbox::MerchantPlan;
using sandbox::PaymentIds;
using sandbox::TransactionState;

namespace {

constexpr sandbox::Millis anchor = 1'772'463'600'000; // 2026-03-02T15:00:00Z

MerchantPlan planOf(std::uint64_t seed, std::uint64_t transactions = 5000)
{
    return {.seed = seed, .customers = 200, .transactions = transactions, .payouts = 60, .anchor = anchor};
}

} // namespace

// The history made from seed and index: reproducible, in order, consistent with itself, and believable.
class tst_Merchant : public QObject
{
    Q_OBJECT

private slots:
    void theSameSeedMakesTheSameMerchant();
    void anotherSeedMakesAnother();
    void idsLeadBack_data();
    void idsLeadBack();
    void transactionsAreInOrderOfTime();
    void statesFollowEachOther();
    void refundsBelongToSettledPayments();
    void everyStateAndFailureOccurs();
    void customersLookReal();
    void aMillionStartsInSeconds();
};

void tst_Merchant::theSameSeedMakesTheSameMerchant()
{
    const Merchant one(planOf(7));
    const Merchant two(planOf(7));
    QCOMPARE(one.clientSecret(), two.clientSecret());
    for (std::uint64_t index = 0; index < 5000; index += 13) {
        const auto left = one.transaction(index);
        const auto right = two.transaction(index);
        QVERIFY(left.id == right.id && left.amount == right.amount && left.reference == right.reference);
        QVERIFY(left.customer == right.customer && left.createdAt == right.createdAt);
        QVERIFY(left.timeline.stateAt(anchor) == right.timeline.stateAt(anchor));
    }
}

void tst_Merchant::anotherSeedMakesAnother()
{
    const Merchant one(planOf(7));
    const Merchant two(planOf(8));
    QVERIFY(one.clientSecret() != two.clientSecret());
    QVERIFY(one.merchantId() != two.merchantId());
    QVERIFY(one.transaction(5).id != two.transaction(5).id);
    QVERIFY(!two.ids().indexOf(IdKind::Transaction, one.transaction(5).id));
}

void tst_Merchant::idsLeadBack_data()
{
    QTest::addColumn<int>("paymentIds");
    QTest::newRow("text") << static_cast<int>(PaymentIds::Text);
    QTest::newRow("numeric") << static_cast<int>(PaymentIds::Numeric);
    QTest::newRow("huge") << static_cast<int>(PaymentIds::HugeNumeric);
}

void tst_Merchant::idsLeadBack()
{
    QFETCH(int, paymentIds);
    const sandbox::Ids ids(3, static_cast<PaymentIds>(paymentIds));
    std::set<std::string> seen;
    for (const IdKind kind :
        {IdKind::Customer, IdKind::Transaction, IdKind::CreatedTransaction, IdKind::Payout, IdKind::Account}) {
        for (std::uint64_t index : {0ULL, 1ULL, 2ULL, 999'999ULL, 4'294'967'295ULL}) {
            const std::string id = ids.make(kind, index);
            QVERIFY(seen.insert(id).second);
            QCOMPARE(ids.indexOf(kind, id), std::optional(index));
            for (const IdKind other :
                {IdKind::Customer, IdKind::Transaction, IdKind::CreatedTransaction, IdKind::Payout})
                QVERIFY(other == kind || !ids.indexOf(other, id));
        }
    }
    for (const char *wrong :
        {"", "1", "0", "99999999999999999999", "not an id", "00000000-0000-4000-8000-000000000000"})
        QVERIFY(!ids.indexOf(IdKind::Transaction, wrong));
}

void tst_Merchant::transactionsAreInOrderOfTime()
{
    const Merchant merchant(planOf(1));
    for (std::uint64_t index = 1; index < 5000; ++index)
        QVERIFY(merchant.createdAt(index - 1) <= merchant.createdAt(index));
    QVERIFY(merchant.createdAt(4999) <= anchor);
    QCOMPARE(merchant.firstSince(merchant.createdAt(2500)), 2500);
    QCOMPARE(merchant.firstSince(anchor + 1), 5000);
}

void tst_Merchant::statesFollowEachOther()
{
    const Merchant merchant(planOf(2));
    for (std::uint64_t index = 0; index < 5000; ++index) {
        const auto transaction = merchant.transaction(index);
        sandbox::Millis last = transaction.createdAt;
        for (const auto &step : transaction.timeline) {
            QVERIFY(step.at >= last);
            last = step.at;
        }
        const auto settled = transaction.timeline.succeededAt();
        const auto age = settled ? sandbox::businessDayOf(*settled) - sandbox::businessDayOf(transaction.createdAt) : 2;
        QVERIFY(age >= 2 && age <= 6);
        QVERIFY(transaction.amount > 0 && transaction.amount <= 900'000);
    }
}

void tst_Merchant::refundsBelongToSettledPayments()
{
    const Merchant merchant(planOf(4));
    std::map<std::string, sandbox::Cents> refunded;
    int partial = 0;
    for (std::uint64_t index = 0; index < 5000; ++index) {
        const auto refund = merchant.transaction(index);
        if (refund.original.empty())
            continue;
        const auto original = merchant.ids().indexOf(IdKind::Transaction, refund.original);
        QVERIFY(original.has_value());
        const auto payment = merchant.transaction(*original);
        QVERIFY(!payment.credit && refund.credit && refund.customer == payment.customer);
        QVERIFY(payment.timeline.succeededAt().value_or(anchor) <= refund.createdAt);
        QVERIFY(refund.reference.starts_with("RF-" + refund.original + '-'));
        QVERIFY((refunded[refund.original] += refund.amount) <= payment.amount);
        partial += refund.amount < payment.amount ? 1 : 0;
        const auto known = merchant.refundsOf(*original);
        QVERIFY(std::ranges::any_of(known, [&](const auto &one) { return one.id == refund.id; }));
    }
    QVERIFY(refunded.size() > 150);
    QVERIFY(partial > 50);
}

void tst_Merchant::everyStateAndFailureOccurs()
{
    const Merchant merchant(planOf(1, 20'000));
    std::map<TransactionState, int> states;
    std::set<std::string_view> codes;
    for (std::uint64_t index = 0; index < 20'000; ++index) {
        const auto transaction = merchant.transaction(index);
        const auto state = transaction.timeline.stateAt(anchor);
        ++states[state];
        if (state == TransactionState::TerminalFailed)
            codes.insert(transaction.timeline.failure->code);
    }
    for (const auto state : {TransactionState::Authorized, TransactionState::Scheduled, TransactionState::Initiated,
             TransactionState::Succeeded, TransactionState::RetryableFailed, TransactionState::TerminalFailed,
             TransactionState::Canceled})
        QVERIFY2(states[state] > 0, nameOf(state).data());
    QVERIFY(states[TransactionState::Succeeded] > 16'000);
    for (const char *code : {"R01", "R02", "R03", "R10", "R16", "R29", "RISK_DECLINED"})
        QVERIFY2(codes.contains(code), code);
}

void tst_Merchant::customersLookReal()
{
    const Merchant merchant(planOf(1));
    const QRegularExpression mail(u"^[a-z0-9_.]+@([a-z]+\\.)?example\\.(com|org|net)$"_s);
    QSet<QString> names;
    for (std::uint64_t index = 0; index < 200; ++index) {
        const auto customer = merchant.customer(index);
        QVERIFY2(mail.match(QString::fromStdString(customer.email)).hasMatch(), customer.email.c_str());
        QCOMPARE(customer.id.size(), 36U);
        names.insert(QString::fromStdString(customer.firstName + ' ' + customer.lastName));
        const auto accounts = merchant.accountsOf(customer);
        QCOMPARE(accounts.empty(), customer.state == sandbox::CustomerState::Created);
        for (const auto &account : accounts) {
            const auto &routing = account.institution->routing;
            QCOMPARE(routing.size(), 9U);
            int sum = 0;
            for (std::size_t i = 0; i < 9; ++i)
                sum += (routing[i] - '0') * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1);
            QCOMPARE(sum % 10, 0);
            QCOMPARE(account.lastFour().size(), 4U);
        }
    }
    QVERIFY(names.size() > 180);
}

void tst_Merchant::aMillionStartsInSeconds()
{
    tests::SandboxUnderUse sandbox({u"--transactions"_s, u"1000000"_s});
    QVERIFY(sandbox.start());
    QVERIFY2(sandbox.startMilliseconds() < 10'000, qPrintable(QString::number(sandbox.startMilliseconds())));
    const QStringList ids = sandbox.ids(u"transaction"_s);
    QCOMPARE(ids.size(), 1'000'000);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), 1'000'000);
    for (const QString &id : {ids.constFirst(), ids.at(500'000), ids.constLast()})
        QCOMPARE(sandbox.get(u"/v1/transactions/"_s + id).text(u"transactionId"_s), id);
}

QTEST_GUILESS_MAIN(tst_Merchant)
#include "tst_merchant.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cell.h"
#include "models/outbox.h"
#include "models/paylinkevidence.h"
#include "models/paylinks.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::LinkFacts;
using models::PayLink;
using models::PayLinkState;
using F = models::SessionField;

Q_DECLARE_METATYPE(models::PayLinkState)
Q_DECLARE_METATYPE(models::LinkFacts)
Q_DECLARE_METATYPE(models::PayLink)

namespace {

constexpr qint64 now = 1'700'000'000'000;

PayLink linkInState(PayLinkState state, bool pays = false)
{
    PayLink link{.state = state, .changedAt = now - 1000};
    link.steps.append({.at = now - 1000, .state = PayLinkState::Ready});
    if (pays) {
        link.requestKey = api::RequestKey(u"key"_s);
        link.reference = u"PL-1"_s;
        link.amount.cents = 1000;
    }
    return link;
}

PayLink relink()
{
    PayLink link = linkInState(PayLinkState::Shared);
    link.purpose = models::PayLinkPurpose::Relink;
    link.forCustomer = api::CustomerId(u"c-1"_s);
    return link;
}

QString stepsText(const QList<models::PayLinkNews> &news)
{
    QStringList steps;
    for (const models::PayLinkNews &one : news)
        steps += models::payLinkStateWord(one.step.state) + (one.step.inferred ? u"?"_s : QString());
    return steps.join(u' ');
}

} // namespace

class TestPayLinkLife : public QObject
{
    Q_OBJECT
private slots:
    void statesGoForwardOnly_data();
    void statesGoForwardOnly();
    void everyStateHasItsWord();
    void evidence_data();
    void evidence();
    void silenceIsInferredToBeTheEnd();
    void redirects_data();
    void redirects();
    void actionsFitTheState_data();
    void actionsFitTheState();
};

void TestPayLinkLife::statesGoForwardOnly_data()
{
    QTest::addColumn<PayLinkState>("from");
    QTest::addColumn<PayLinkState>("step");
    QTest::addColumn<PayLinkState>("to");
    using enum PayLinkState;
    QTest::newRow("shared") << Ready << Shared << Shared;
    QTest::newRow("shared after opened") << Opened << Shared << Opened;
    QTest::newRow("left") << Opened << Abandoned << Abandoned;
    QTest::newRow("opened again") << Abandoned << Opened << Opened;
    QTest::newRow("shared after it expired") << Expired << Shared << Shared;
    QTest::newRow("linked after it was left") << Abandoned << Linked << Linked;
    QTest::newRow("left after linked") << Linked << Abandoned << Linked;
    QTest::newRow("finished stays") << Finished << Linked << Finished;
    QTest::newRow("a lost one turns out to be paid") << Lost << Finished << Finished;
}

void TestPayLinkLife::statesGoForwardOnly()
{
    QFETCH(const PayLinkState, from);
    QFETCH(const PayLinkState, step);
    QFETCH(const PayLinkState, to);
    QCOMPARE(models::stateAfter(from, step), to);
}

void TestPayLinkLife::everyStateHasItsWord()
{
    for (int i = 0; i <= int(PayLinkState::Finished); ++i) {
        const auto state = static_cast<PayLinkState>(i);
        QCOMPARE(models::payLinkStateOfWord(models::payLinkStateWord(state)), std::optional(state));
        const models::StatusLook look = models::statusLook(
            models::RecordKind::PayLink, models::payLinkStateWord(state));
        QVERIFY(look.word != models::payLinkStateWord(state)); // known, and in plain words
        QVERIFY(!models::payLinkNextStep(linkInState(state), now).isEmpty());
    }
}

void TestPayLinkLife::evidence_data()
{
    QTest::addColumn<PayLink>("link");
    QTest::addColumn<LinkFacts>("facts");
    QTest::addColumn<QString>("steps");
    const LinkFacts active{.customerFound = true, .customerId = u"c-2"_s, .customerStatus = u"ACTIVE"_s};
    LinkFacts created = active;
    created.customerStatus = u"CREATED"_s;
    LinkFacts guessed = active;
    guessed.byEmail = true;
    LinkFacts sameCustomer = active;
    sameCustomer.customerId = u"c-1"_s;
    LinkFacts freshAccount = sameCustomer;
    freshAccount.freshAccount = true;
    LinkFacts pending{.paymentFound = true, .paymentId = u"p-1"_s, .paymentStatus = u"PENDING"_s};
    LinkFacts declined{.paymentFound = true, .paymentId = u"p-1"_s, .paymentStatus = u"TERMINAL_FAILED"_s};
    LinkFacts paid = active;
    paid.paymentFound = true;
    paid.paymentStatus = u"AUTHORIZED"_s;

    QTest::newRow("nothing known") << linkInState(PayLinkState::Shared) << LinkFacts{} << QString();
    QTest::newRow("new active customer") << linkInState(PayLinkState::Shared) << active
                                         << u"CUSTOMER LINKED FINISHED"_s;
    QTest::newRow("new customer without a bank") << linkInState(PayLinkState::Shared) << created << u"CUSTOMER"_s;
    QTest::newRow("only the e-mail speaks for it")
        << linkInState(PayLinkState::Shared) << guessed << u"CUSTOMER? LINKED?"_s;
    QTest::newRow("re-link, nothing new") << relink() << sameCustomer << QString();
    QTest::newRow("re-link, a new account") << relink() << freshAccount << u"CUSTOMER LINKED FINISHED"_s;
    QTest::newRow("re-link, under a new customer") << relink() << active << u"CUSTOMER LINKED FINISHED"_s;
    PayLink told = relink();
    told.saidCustomer = api::CustomerId(u"c-1"_s);
    QTest::newRow("re-link, the redirect confirmed") << told << sameCustomer << u"CUSTOMER LINKED FINISHED"_s;
    QTest::newRow("a payment that waits") << linkInState(PayLinkState::Shared, true) << pending << u"DECIDED"_s;
    QTest::newRow("a payment that was declined")
        << linkInState(PayLinkState::Shared, true) << declined << u"DECIDED FINISHED"_s;
    QTest::newRow("paid") << linkInState(PayLinkState::Opened, true) << paid << u"CUSTOMER LINKED DECIDED FINISHED"_s;
    QTest::newRow("linked but not paid") << linkInState(PayLinkState::Opened, true) << active << u"CUSTOMER LINKED"_s;
    QTest::newRow("a lost link that was paid")
        << linkInState(PayLinkState::Lost, true) << paid << u"CUSTOMER LINKED DECIDED FINISHED"_s;
    QTest::newRow("a lost link and a customer") << linkInState(PayLinkState::Lost, true) << active << QString();
    PayLink known = linkInState(PayLinkState::Linked);
    known.steps.append({.state = PayLinkState::CustomerKnown});
    known.steps.append({.state = PayLinkState::Linked, .inferred = true});
    QTest::newRow("what was inferred is confirmed") << known << active << u"LINKED FINISHED"_s;
}

void TestPayLinkLife::evidence()
{
    QFETCH(const PayLink, link);
    QFETCH(const LinkFacts, facts);
    QFETCH(const QString, steps);
    const QList<models::PayLinkNews> news = models::newsOf(link, facts, now);
    QCOMPARE(stepsText(news), steps);
    for (const models::PayLinkNews &one : news) {
        QVERIFY(one.step.detail.endsWith(u'.'));
        QCOMPARE(one.customer.isEmpty() || !facts.byEmail, true);
    }
}

void TestPayLinkLife::silenceIsInferredToBeTheEnd()
{
    PayLink link = linkInState(PayLinkState::Shared);
    link.changedAt = now - models::payLinkSilenceMs - 1;
    QCOMPARE(stepsText(models::newsOf(link, {}, now)), u"EXPIRED?"_s);
    link.changedAt = now - models::payLinkSilenceMs + 1;
    QCOMPARE(stepsText(models::newsOf(link, {}, now)), QString());
}

void TestPayLinkLife::redirects_data()
{
    QTest::addColumn<int>("ending");
    QTest::addColumn<QString>("customer");
    QTest::addColumn<int>("decision");
    QTest::addColumn<QString>("steps");
    using Hint = models::RedirectResult;
    QTest::newRow("linked") << int(Hint::Linking::Linked) << u"c-1"_s << int(Hint::Decision::None)
                            << u"CUSTOMER? LINKED?"_s;
    QTest::newRow("paid") << int(Hint::Linking::Linked) << u"c-1"_s << int(Hint::Decision::Authorized)
                          << u"CUSTOMER? LINKED? DECIDED?"_s;
    QTest::newRow("left") << int(Hint::Linking::Left) << QString() << int(Hint::Decision::None) << u"ABANDONED?"_s;
    QTest::newRow("error") << int(Hint::Linking::Failed) << QString() << int(Hint::Decision::None) << u"PAGE_ERROR?"_s;
    QTest::newRow("unclear") << int(Hint::Linking::Unclear) << QString() << int(Hint::Decision::None) << u"OPENED?"_s;
}

void TestPayLinkLife::redirects()
{
    QFETCH(const int, ending);
    QFETCH(const QString, customer);
    QFETCH(const int, decision);
    QFETCH(const QString, steps);
    const models::RedirectResult hint{.linking = static_cast<models::RedirectResult::Linking>(ending),
        .decision = static_cast<models::RedirectResult::Decision>(decision),
        .customerId = customer.isEmpty() ? std::nullopt : std::optional(api::CustomerId(customer)),
        .problems = {u"The status came twice."_s}};
    const auto news = models::newsOfRedirect(hint, now);
    QCOMPARE(stepsText(news), steps);
    QVERIFY(std::ranges::any_of(
        news, [](const models::PayLinkNews &one) { return one.step.detail.contains(u"The status came twice."_s); }));
    for (const models::PayLinkNews &one : news)
        QVERIFY(one.customer.isEmpty() && one.payment.isEmpty()); // a hint confirms nothing
}

void TestPayLinkLife::actionsFitTheState_data()
{
    QTest::addColumn<PayLinkState>("state");
    QTest::addColumn<bool>("useUrl");
    QTest::addColumn<bool>("askAgain");
    QTest::addColumn<bool>("makeAnother");
    using enum PayLinkState;
    QTest::newRow("planned") << Planned << false << false << false;
    QTest::newRow("sending") << Sending << false << false << false;
    QTest::newRow("unknown") << Unknown << false << true << true;
    QTest::newRow("lost") << Lost << false << false << true;
    QTest::newRow("ready") << Ready << true << false << true;
    QTest::newRow("abandoned") << Abandoned << true << false << true;
    QTest::newRow("finished") << Finished << false << false << true;
}

void TestPayLinkLife::actionsFitTheState()
{
    QFETCH(const PayLinkState, state);
    PayLink link = linkInState(state, true);
    link.firstSentAt = now - 1000;
    link.url = QUrl(u"https://client.link.money/?a"_s);
    const models::PayLinkActions actions = models::payLinkActions(link, now);
    QTEST(actions.useUrl, "useUrl");
    QTEST(actions.askAgain, "askAgain");
    QTEST(actions.makeAnother, "makeAnother");
    // How long a request key is remembered is unknown: after a day the same request could be a second payment.
    link.firstSentAt = now - models::askAgainWithinMs;
    QVERIFY(!models::payLinkActions(link, now).askAgain);
}

QTEST_GUILESS_MAIN(TestPayLinkLife)
#include "tst_paylinklife.moc"

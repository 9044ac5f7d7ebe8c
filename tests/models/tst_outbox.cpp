// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/audit.h"
#include "models/instancelock.h"
#include "tests/models/outboxdesk.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using models::IntentProblem;
using models::OutboxKind;
using models::OutboxState;
using Reply = PaymentServer::Reply;
using Route = models::OutboxOptions::RefundRoute;

Q_DECLARE_METATYPE(models::OutboxState)
Q_DECLARE_METATYPE(std::deque<PaymentServer::Reply>)

namespace {

QJsonObject bodyOf(const ScriptedServer::Received &request)
{
    return QJsonDocument::fromJson(request.body).object();
}

QByteArray targetOf(const ScriptedServer::Received &request)
{
    return request.head.left(request.head.indexOf(" HTTP"));
}

} // namespace

class tst_Outbox : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void sendsTheBytesThatAreOnDisk();
    void everyKindTakesItsRoute_data();
    void everyKindTakesItsRoute();
    void nothingIsWrittenWithoutTheMerchantsId();
    void theRefundsEndpointMayNameTheOriginal();
    void aDeclinedRefundMayNameTheOriginal();
    void answersLeadToStates_data();
    void answersLeadToStates();
    void theCountDownSends();
    void aCountDownNobodySawWaits_data();
    void aCountDownNobodySawWaits();
    void aCountDownLeavesAloneWhatWaits();
    void anotherConsolesWordIsOverruledByAnAcceptanceOnly_data();
    void anotherConsolesWordIsOverruledByAnAcceptanceOnly();
    void theNumberOfAnotherTransactionProvesNothing();
    void oneTransactionAnswersOneEntry();
    void aSecondSendIsRefused();
    void aWithdrawnIntentIsNeverSent();
    void nothingSentKeepsTheIntent();
    void unknownAsksAgainByItself();
    void unknownKeepsItsReservation();
    void settlingNeedsAReason();
    void settlingIsFinal_data();
    void settlingIsFinal();
    void aNamelessAcceptanceCanBeSettled();
    void whatChangedMeanwhileIsNotSent();
    void anOldRequestIsNotAskedAgain();
    void anotherServiceIsNeverAsked();
    void anotherMerchantIsNeverCharged();
    void whatWaitsBecauseTheProfileChangedIsCounted();
    void intentsAreChecked_data();
    void intentsAreChecked();
    void aCancelIsMadeOnce();
    void aFullDiskSendsNothing();
    void aFullDiskLosesNoAnswer();
    void whatNeedsAPersonIsCounted();
    void everyStepIsInTheAuditTrail();
    void everyEntryHasANextStep();

private:
    OutboxDesk &start(OutboxDesk::Setup setup = {});
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PaymentServer> m_server;
    std::unique_ptr<OutboxDesk> m_desk;
};

void tst_Outbox::init()
{
    m_desk.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<PaymentServer>();
}

OutboxDesk &tst_Outbox::start(OutboxDesk::Setup setup)
{
    if (setup.server.isEmpty())
        setup.server = m_server->url();
    m_desk = std::make_unique<OutboxDesk>(m_folder->filePath(u"ledger.db"_s), setup);
    if (!m_desk->observe(debitOf(u"debit"_s)) || !m_desk->observe(customerOf(u"customer-1"_s)))
        qFatal("the ledger takes nothing");
    return *m_desk;
}

void tst_Outbox::sendsTheBytesThatAreOnDisk()
{
    OutboxDesk &desk = start();
    QSignalSpy results(desk.outbox.get(), &models::Outbox::resultKnown);
    models::Intent intent = refundOf(u"debit"_s, 1'234);
    intent.reference = u" ticket 77 "_s;
    intent.softDescriptor = u"Blue Shop"_s;
    const auto key = desk.submit(intent);
    QVERIFY(key);
    const models::OutboxEntry held = desk.entry(*key);
    QCOMPARE(held.state, OutboxState::Held);
    QCOMPARE(held.reference, u"RF-debit-1"_s);
    QCOMPARE(held.ownReference, u"ticket 77"_s);
    QCOMPARE(held.customer.text(), u"customer-1"_s);
    QCOMPARE(held.customerName, u"Ada Lovelace"_s);
    QVERIFY(held.holdUntil > held.createdAt);
    QCOMPARE(m_server->writes().size(), 0);
    const QByteArray stored = QByteArray::fromHex(
        desk.value("SELECT hex(request_body) FROM outbox").toString().toLatin1());

    QVERIFY(desk.sendNow(*key));
    QCOMPARE(desk.reached(*key, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(m_server->writes().size(), 1);
    const auto sent = m_server->writes().constFirst();
    QCOMPARE(sent.body, stored);
    QCOMPARE(targetOf(sent), "POST /v1/payments"_ba);
    QCOMPARE(bodyOf(sent)[u"requestKey"_s].toString(), held.requestKey.text());
    QCOMPARE(bodyOf(sent)[u"clientReferenceId"_s].toString(), u"RF-debit-1"_s);
    QCOMPARE(bodyOf(sent)[u"softDescriptor"_s].toString(), u"Blue Shop"_s);
    QVERIFY(sent.body.contains("12.34"));
    QTRY_COMPARE(results.size(), 1);
    QCOMPARE(results.constFirst().constFirst().toString(), PaymentServer::idOf(1));
    QCOMPARE(desk.entry(*key).result.text(), PaymentServer::idOf(1));
    QCOMPARE(desk.entry(*key).attempts, 1);
    QCOMPARE(desk.remainder(u"debit"_s).accepted, 1'234);
}

void tst_Outbox::everyKindTakesItsRoute_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("route");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("sourceType");
    QTest::newRow("payment") << int(OutboxKind::Payment) << int(Route::ReversedPayment) << "POST /v1/payments"_ba
                             << u"CUSTOMER"_s;
    QTest::newRow("credit") << int(OutboxKind::Credit) << int(Route::ReversedPayment) << "POST /v1/payments"_ba
                            << u"MERCHANT"_s;
    QTest::newRow("refund, reversed") << int(OutboxKind::Refund) << int(Route::ReversedPayment)
                                      << "POST /v1/payments"_ba << u"MERCHANT"_s;
    QTest::newRow("refund, endpoint") << int(OutboxKind::Refund) << int(Route::RefundsEndpoint) << "POST /v1/refunds"_ba
                                      << QString();
    QTest::newRow("cancel") << int(OutboxKind::Cancel) << int(Route::ReversedPayment)
                            << "POST /v1/payments/open/cancel"_ba << QString();
}

void tst_Outbox::nothingIsWrittenWithoutTheMerchantsId()
{
    OutboxDesk &desk = start({});
    desk.outbox->setMerchant({});
    const auto refused = desk.submit(refundOf(u"debit"_s, 500));
    QVERIFY(!refused);
    QCOMPARE(refused.error().problem, models::IntentProblem::NotWritten);
    QVERIFY(models::intentRefusalText(refused.error()).contains(u"merchant id"_s));
    QCOMPARE(desk.value("SELECT count(*) FROM outbox").toInt(), 0);
    desk.outbox->setMerchant(api::MerchantId(u"merchant-1"_s));
    QVERIFY(desk.submit(refundOf(u"debit"_s, 500)));
}

void tst_Outbox::everyKindTakesItsRoute()
{
    QFETCH(int, kind);
    QFETCH(int, route);
    QFETCH(QByteArray, target);
    QFETCH(QString, sourceType);
    OutboxDesk &desk = start({.route = Route(route)});
    QVERIFY(desk.observe(debitOf(u"open"_s, 700, u"PENDING"_s)));
    models::Intent intent = paymentBy(u"customer-1"_s, 500, 0);
    intent.kind = OutboxKind(kind);
    intent.original = api::TransactionId(kind == int(OutboxKind::Refund) ? u"debit"_s : u"open"_s);
    const auto key = desk.submit(intent);
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, OutboxState::Accepted), OutboxState::Accepted);
    const auto sent = m_server->writes().constFirst();
    QCOMPARE(targetOf(sent), target);
    QCOMPARE(bodyOf(sent)[u"source"_s].toObject()[u"type"_s].toString(), sourceType);
    const bool hasBody = kind != int(OutboxKind::Cancel);
    QCOMPARE(bodyOf(sent).contains(u"requestKey"_s), hasBody);
    QCOMPARE(bodyOf(sent)[u"clientReferenceId"_s].toString(), desk.entry(*key).reference);
    QCOMPARE(desk.entry(*key).reference.isEmpty(), !hasBody);
    QCOMPARE(desk.entry(*key).amount.cents, hasBody ? 500 : 700);
}

void tst_Outbox::theRefundsEndpointMayNameTheOriginal()
{
    OutboxDesk &desk = start({.route = Route::RefundsEndpoint});
    m_server->plan = {Reply::AcceptOriginal};
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, OutboxState::Accepted), OutboxState::Accepted);
    QVERIFY(desk.entry(*key).result.isEmpty());
    QCOMPARE(desk.remainder(u"debit"_s).left, 9'500);
    QVERIFY(desk.observe(debitOf(u"debit"_s)));
    QVERIFY(!desk.entry(*key).released);
}

void tst_Outbox::aDeclinedRefundMayNameTheOriginal()
{
    OutboxDesk &desk = start({.route = Route::RefundsEndpoint});
    m_server->plan = {Reply::DeclineOriginal};
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, OutboxState::Refused), OutboxState::Refused);
    QCOMPARE(desk.remainder(u"debit"_s).left, 10'000);
}

void tst_Outbox::answersLeadToStates_data()
{
    QTest::addColumn<std::deque<Reply>>("plan");
    QTest::addColumn<OutboxState>("first");
    QTest::addColumn<OutboxState>("afterAskingAgain");
    const auto unknown = OutboxState::Unknown;
    QTest::newRow("accepted") << std::deque{Reply::Accept} << OutboxState::Accepted << OutboxState::Accepted;
    QTest::newRow("declined") << std::deque{Reply::Decline} << OutboxState::Refused << OutboxState::Refused;
    QTest::newRow("rejected") << std::deque{Reply::Reject} << OutboxState::Refused << OutboxState::Refused;
    QTest::newRow("forbidden") << std::deque{Reply::Forbidden} << OutboxState::Refused << OutboxState::Refused;
    QTest::newRow("too many") << std::deque{Reply::TooMany} << OutboxState::Refused << OutboxState::Refused;
    QTest::newRow("cut, then duplicate") << std::deque{Reply::Cut, Reply::Duplicate} << unknown
                                         << OutboxState::Accepted;
    QTest::newRow("cut, then accepted") << std::deque{Reply::Cut, Reply::Accept} << unknown << OutboxState::Accepted;
    QTest::newRow("cut, then declined") << std::deque{Reply::Cut, Reply::Decline} << unknown << OutboxState::Refused;
    QTest::newRow("cut, then rejected") << std::deque{Reply::Cut, Reply::Reject} << unknown << unknown;
    QTest::newRow("cut, then forbidden") << std::deque{Reply::Cut, Reply::Forbidden} << unknown << unknown;
    QTest::newRow("cut, then too many") << std::deque{Reply::Cut, Reply::TooMany} << unknown << unknown;
    QTest::newRow("cut twice") << std::deque{Reply::Cut, Reply::Cut} << unknown << unknown;
    QTest::newRow("fault, then duplicate")
        << std::deque{Reply::Fault, Reply::Duplicate} << unknown << OutboxState::Accepted;
    QTest::newRow("garbage, then duplicate")
        << std::deque{Reply::Garbage, Reply::Duplicate} << unknown << OutboxState::Accepted;
    QTest::newRow("silent, then duplicate")
        << std::deque{Reply::Silent, Reply::Duplicate} << unknown << OutboxState::Accepted;
    QTest::newRow("duplicate at once") << std::deque{Reply::Duplicate, Reply::Duplicate} << unknown
                                       << OutboxState::Accepted;
}

void tst_Outbox::answersLeadToStates()
{
    QFETCH(std::deque<Reply>, plan);
    QFETCH(OutboxState, first);
    QFETCH(OutboxState, afterAskingAgain);
    const bool silent = plan.front() == Reply::Silent;
    OutboxDesk &desk = start({.timeoutMs = silent ? 300 : 20'000});
    m_server->plan = plan;
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, first), first);
    QVERIFY(!desk.entry(*key).answer.isEmpty());
    const auto asked = desk.askAgain(*key);
    QCOMPARE(asked.has_value(), first == OutboxState::Unknown);
    if (asked) {
        QTRY_COMPARE(m_server->writes().size(), 2);
        QTRY_VERIFY(desk.state(*key) != OutboxState::Sending);
        QCOMPARE(m_server->writes().at(1).body, m_server->writes().at(0).body);
        QCOMPARE(desk.entry(*key).attempts, 2);
    }
    QCOMPARE(desk.state(*key), afterAskingAgain);
    const bool spent = afterAskingAgain != OutboxState::Refused;
    QCOMPARE(desk.remainder(u"debit"_s).left, spent ? 9'500 : 10'000);
    QVERIFY(m_server->writes().size() <= 2);
}

void tst_Outbox::theCountDownSends()
{
    OutboxDesk &desk = start();
    const auto later = desk.submit(refundOf(u"debit"_s, 100, 300));
    const auto soon = desk.submit(refundOf(u"debit"_s, 200, 1));
    QVERIFY(later && soon);
    QCOMPARE(desk.state(*soon), OutboxState::Held);
    QCOMPARE(desk.reached(*soon, OutboxState::Accepted), OutboxState::Accepted);
    QVERIFY(desk.entry(*soon).changedAt >= desk.entry(*soon).createdAt + 1'000);
    QCOMPARE(desk.state(*later), OutboxState::Held);
    QCOMPARE(m_server->writes().size(), 1);
}

void tst_Outbox::aSecondSendIsRefused()
{
    OutboxDesk &desk = start();
    const auto key = desk.submit(refundOf(u"debit"_s, 100));
    QVERIFY(key);
    int refused = 0;
    int sent = 0;
    const auto count = [&](const std::expected<void, QString> &done) { ++(done ? sent : refused); };
    for (int click = 0; click < 5; ++click)
        desk.outbox->sendNow(*key, this, count);
    QTRY_COMPARE(sent + refused, 5);
    QCOMPARE(sent, 1);
    QCOMPARE(desk.reached(*key, OutboxState::Accepted), OutboxState::Accepted);
    QVERIFY(!desk.sendNow(*key));
    QVERIFY(!desk.withdraw(*key));
    QVERIFY(!desk.askAgain(*key));
    QCOMPARE(m_server->writes().size(), 1);
}

void tst_Outbox::aWithdrawnIntentIsNeverSent()
{
    OutboxDesk &desk = start();
    const auto key = desk.submit(refundOf(u"debit"_s, 10'000, 1));
    QVERIFY(key);
    QVERIFY(desk.withdraw(*key));
    QCOMPARE(desk.remainder(u"debit"_s).left, 10'000);
    const auto marker = desk.submit(refundOf(u"debit"_s, 100, 2));
    QVERIFY(marker);
    QCOMPARE(desk.reached(*marker, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(desk.state(*key), OutboxState::Withdrawn);
    QCOMPARE(m_server->writes().size(), 1);
    QVERIFY(!desk.sendNow(*key));
    QCOMPARE(desk.entry(*key).attempts, 0);
}

void tst_Outbox::nothingSentKeepsTheIntent()
{
    QUrl closed;
    {
        const QTcpServer gone;
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        closed = QUrl(u"http://127.0.0.1:%1"_s.arg(probe.serverPort()));
    }
    OutboxDesk &desk = start({.server = closed});
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QTRY_COMPARE(desk.entry(*key).holdUntil, 0);
    QCOMPARE(desk.reached(*key, OutboxState::Held), OutboxState::Held);
    const models::OutboxEntry waiting = desk.entry(*key);
    QVERIFY(waiting.answer.startsWith(u"Not sent"_s));
    QCOMPARE(waiting.attempts, 1);
    QCOMPARE(desk.remainder(u"debit"_s).left, 9'500);
    QTRY_COMPARE(desk.outbox->needsPerson(), 1);

    desk.client->setEndpoint(m_server->url(), {.clientId = u"id"_s, .clientSecret = "secret"});
    m_server->plan = {Reply::Reject}; // the first that arrives, so its refusal is final
    QVERIFY(desk.sendNow(*key));
    QCOMPARE(desk.reached(*key, OutboxState::Refused), OutboxState::Refused);
    QCOMPARE(desk.entry(*key).requestKey, waiting.requestKey);
    QCOMPARE(m_server->writes().size(), 1);
}

void tst_Outbox::unknownAsksAgainByItself()
{
    OutboxDesk &desk = start({.askAgainAfterSeconds = {0, 0, 0}});
    m_server->plan = {Reply::Cut, Reply::Fault, Reply::Reject, Reply::Cut, Reply::Accept};
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QTRY_COMPARE(m_server->writes().size(), 4);
    QCOMPARE(desk.reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    QCOMPARE(desk.entry(*key).attempts, 4);
    for (const auto &request : m_server->writes())
        QCOMPARE(request.body, m_server->writes().constFirst().body);
    QVERIFY(desk.askAgain(*key));
    QCOMPARE(desk.reached(*key, OutboxState::Accepted), OutboxState::Accepted);
}

void tst_Outbox::unknownKeepsItsReservation()
{
    OutboxDesk &desk = start();
    m_server->plan = {Reply::Cut};
    const auto key = desk.submit(refundOf(u"debit"_s, 6'000, 0));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    const auto more = desk.submit(refundOf(u"debit"_s, 4'001, 0));
    QVERIFY(!more);
    QCOMPARE(int(more.error().problem), int(IntentProblem::MoreThanRemainder));
    QCOMPARE(more.error().remainderCents, 4'000);
    QVERIFY(desk.submit(refundOf(u"debit"_s, 4'000, 0)));
}

void tst_Outbox::settlingNeedsAReason()
{
    OutboxDesk &desk = start();
    m_server->plan = {Reply::Cut};
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    for (const QString &reason : {QString(), u"  \n"_s}) {
        const auto settled = desk.settle(*key, true, reason);
        QVERIFY(!settled);
        QVERIFY(!settled.error().isEmpty());
    }
    QCOMPARE(desk.state(*key), OutboxState::Unknown);
}

void tst_Outbox::settlingIsFinal_data()
{
    QTest::addColumn<bool>("happened");
    QTest::addColumn<OutboxState>("state");
    QTest::addColumn<qint64>("left");
    QTest::newRow("it happened") << true << OutboxState::Accepted << 9'500LL;
    QTest::newRow("it did not") << false << OutboxState::Refused << 10'000LL;
}

void tst_Outbox::settlingIsFinal()
{
    QFETCH(bool, happened);
    QFETCH(OutboxState, state);
    QFETCH(qint64, left);
    OutboxDesk &desk = start();
    m_server->plan = {Reply::Cut};
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    QVERIFY(desk.settle(*key, happened, u"Portal, 14:05"_s));
    QCOMPARE(desk.state(*key), state);
    QCOMPARE(desk.remainder(u"debit"_s).left, left);
    QVERIFY(desk.entry(*key).answer.contains(u"Portal, 14:05"_s));
    QVERIFY(!desk.askAgain(*key));
    QCOMPARE(m_server->writes().size(), 1);
    QCOMPARE(desk.value("SELECT reason FROM audit ORDER BY number DESC LIMIT 1").toString(), u"Portal, 14:05"_s);
}

void tst_Outbox::aNamelessAcceptanceCanBeSettled()
{
    OutboxDesk &desk = start();
    m_server->plan = {Reply::Cut, Reply::Duplicate};
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    QVERIFY(desk.askAgain(*key));
    QCOMPARE(desk.reached(*key, OutboxState::Accepted), OutboxState::Accepted);
    QVERIFY(models::outboxActions(desk.entry(*key), 0).settle);
    QVERIFY(desk.settle(*key, false, u"The portal shows it as declined"_s));
    QCOMPARE(desk.remainder(u"debit"_s).left, 10'000);

    const auto named = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(named);
    QCOMPARE(desk.reached(*named, OutboxState::Accepted), OutboxState::Accepted);
    QVERIFY(!desk.settle(*named, false, u"A mistake"_s));
}

void tst_Outbox::whatChangedMeanwhileIsNotSent()
{
    OutboxDesk &desk = start();
    const auto key = desk.submit(refundOf(u"debit"_s, 8'000));
    QVERIFY(key);
    api::Transaction portal = debitOf(u"portal"_s, 3'000, u"PENDING"_s);
    portal.type = u"CREDIT"_s;
    portal.clientReferenceId = u"RF-debit-9"_s;
    QVERIFY(desk.observe(portal));
    const auto tooMuch = desk.sendNow(*key);
    QVERIFY(!tooMuch);
    QVERIFY(!tooMuch.error().isEmpty());
    QCOMPARE(desk.entry(*key).holdUntil, 0);

    QVERIFY(desk.observe(debitOf(u"debit"_s, 10'000, u"TERMINAL_FAILED"_s)));
    QVERIFY(!desk.sendNow(*key));
    QCOMPARE(desk.state(*key), OutboxState::Held);
    QCOMPARE(m_server->writes().size(), 0);
    QVERIFY(desk.withdraw(*key));
}

void tst_Outbox::anOldRequestIsNotAskedAgain()
{
    OutboxDesk &desk = start();
    m_server->plan = {Reply::Cut};
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    const models::OutboxEntry fresh = desk.entry(*key);
    QVERIFY(fresh.firstSentAt >= fresh.createdAt);
    const qint64 edge = fresh.firstSentAt + models::askAgainWithinMs;
    QVERIFY(models::outboxActions(fresh, edge - 1).askAgain);
    QVERIFY(!models::outboxActions(fresh, edge).askAgain);
    QVERIFY(models::outboxActions(fresh, edge).settle);
    const qint64 setBack = fresh.firstSentAt - 3'600'000;
    QVERIFY(!models::outboxActions(fresh, setBack).askAgain);
    QVERIFY(models::outboxNextStep(fresh, setBack).contains(u"clock was set back"_s));
    QVERIFY(desk.run("UPDATE outbox SET first_sent_at = first_sent_at - 86400001"));
    std::expected<void, QString> asked;
    desk.outbox->askAgain(*key, this, [&asked](const std::expected<void, QString> &done) { asked = done; });
    QTRY_VERIFY(!asked);
    QCOMPARE(desk.state(*key), OutboxState::Unknown);
    QCOMPARE(m_server->writes().size(), 1);
    QVERIFY(desk.settle(*key, true, u"Portal"_s));
}

void tst_Outbox::anotherServiceIsNeverAsked()
{
    OutboxDesk &desk = start();
    m_server->plan = {Reply::Cut};
    const auto held = desk.submit(refundOf(u"debit"_s, 500));
    const auto unknown = desk.submit(refundOf(u"debit"_s, 600, 0));
    QVERIFY(held && unknown);
    QCOMPARE(desk.reached(*unknown, OutboxState::Unknown), OutboxState::Unknown);
    QUrl other = m_server->url();
    other.setHost(u"localhost"_s);
    const api::Credentials credentials{.clientId = u"id"_s, .clientSecret = "secret"};
    desk.client->setEndpoint(other, credentials);
    QVERIFY(!desk.sendNow(*held));
    std::expected<void, QString> asked;
    desk.outbox->askAgain(*unknown, this, [&asked](const std::expected<void, QString> &done) { asked = done; });
    QTRY_VERIFY(!asked);
    QVERIFY(asked.error().contains(u"localhost"_s));
    QCOMPARE(m_server->writes().size(), 1);
    desk.client->setEndpoint(m_server->url(), credentials);
    QVERIFY(desk.sendNow(*held));
    QVERIFY(desk.askAgain(*unknown));
    QCOMPARE(desk.reached(*unknown, OutboxState::Accepted), OutboxState::Accepted);
}

void tst_Outbox::anotherMerchantIsNeverCharged()
{
    OutboxDesk &desk = start();
    m_server->plan = {Reply::Cut};
    const auto held = desk.submit(refundOf(u"debit"_s, 500));
    const auto unknown = desk.submit(refundOf(u"debit"_s, 600, 0));
    QVERIFY(held && unknown);
    QCOMPARE(desk.reached(*unknown, OutboxState::Unknown), OutboxState::Unknown);
    desk.outbox->setMerchant(api::MerchantId(u"merchant-2"_s));
    QVERIFY(!desk.sendNow(*held));
    std::expected<void, QString> asked;
    desk.outbox->askAgain(*unknown, this, [&asked](const std::expected<void, QString> &done) { asked = done; });
    QTRY_VERIFY(!asked);
    QVERIFY(asked.error().contains(u"merchant-1"_s) && asked.error().contains(u"merchant-2"_s));
    QCOMPARE(m_server->writes().size(), 1);
    desk.outbox->setMerchant(api::MerchantId(u"merchant-1"_s));
    QVERIFY(desk.sendNow(*held));
    QVERIFY(desk.askAgain(*unknown));
    QCOMPARE(desk.reached(*unknown, OutboxState::Accepted), OutboxState::Accepted);
}

void tst_Outbox::aCountDownNobodySawWaits_data()
{
    constexpr qint64 day = 86'400'000;
    QTest::addColumn<qint64>("jump");
    QTest::addColumn<bool>("sent");
    QTest::newRow("no jump") << qint64(0) << true;
    QTest::newRow("set right by a second") << qint64(1'000) << true;
    QTest::newRow("the computer slept for ten minutes") << qint64(600'000) << false;
    QTest::newRow("a day back") << -day << false;
}

void tst_Outbox::aCountDownNobodySawWaits()
{
    QFETCH(qint64, jump);
    QFETCH(bool, sent);
    qint64 jumped = 0;
    OutboxDesk &desk = start({.clock = [&jumped] { return QDateTime::currentMSecsSinceEpoch() + jumped; }});
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 1));
    QVERIFY(key);
    jumped = jump;
    if (sent) {
        QCOMPARE(desk.reached(*key, OutboxState::Accepted), OutboxState::Accepted);
        return;
    }
    QTRY_COMPARE(desk.entry(*key).holdUntil, 0);
    QCOMPARE(desk.state(*key), OutboxState::Held);
    QVERIFY(desk.entry(*key).answer.contains(u"slept"_s));
    QVERIFY(m_server->writes().isEmpty());
    QTRY_COMPARE(desk.outbox->needsPerson(), 1);
    QVERIFY(desk.sendNow(*key));
    QCOMPARE(desk.reached(*key, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(m_server->writes().size(), 1);
}

void tst_Outbox::aCountDownLeavesAloneWhatWaits()
{
    OutboxDesk &desk = start();
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 1));
    QVERIFY(key);
    // As another console writes it that tried to send it and could not.
    QVERIFY(desk.run("UPDATE outbox SET hold_until = 0, owner = ''"));
    const auto marker = desk.submit(refundOf(u"debit"_s, 100, 2));
    QVERIFY(marker);
    QCOMPARE(desk.reached(*marker, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(desk.state(*key), OutboxState::Held);
    QCOMPARE(m_server->writes().size(), 1);
    QVERIFY(desk.sendNow(*key));
}

void tst_Outbox::anotherConsolesWordIsOverruledByAnAcceptanceOnly_data()
{
    QTest::addColumn<Reply>("reply");
    QTest::addColumn<OutboxState>("written");
    QTest::addColumn<OutboxState>("state");
    QTest::newRow("refused there, accepted here") << Reply::Accept << OutboxState::Refused << OutboxState::Accepted;
    QTest::newRow("asked again there, accepted here") << Reply::Accept << OutboxState::Sending << OutboxState::Accepted;
    QTest::newRow("asked again there, refused here") << Reply::TooMany << OutboxState::Sending << OutboxState::Sending;
    QTest::newRow("unknown there, refused here") << Reply::TooMany << OutboxState::Unknown << OutboxState::Refused;
}

void tst_Outbox::anotherConsolesWordIsOverruledByAnAcceptanceOnly()
{
    QFETCH(Reply, reply);
    QFETCH(OutboxState, written);
    QFETCH(OutboxState, state);
    OutboxDesk &desk = start();
    models::InstanceLock other(desk.ledger->file());
    QVERIFY(other.hold());
    m_server->plan = {reply};
    m_server->answersAfterMs = 500;
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QTRY_COMPARE(m_server->writes().size(), 1);
    const QString sql = u"UPDATE outbox SET state = '%1', owner = '%2'"_s.arg(
        models::outboxStateWord(written), other.instance());
    QVERIFY(desk.run(sql.toLatin1().constData()));
    QTest::qWait(1'000);
    QCOMPARE(desk.state(*key), state);
}

void tst_Outbox::theNumberOfAnotherTransactionProvesNothing()
{
    OutboxDesk &desk = start();
    QVERIFY(desk.observe(debitOf(PaymentServer::idOf(1), 777)));
    const auto key = desk.submit(refundOf(u"debit"_s, 500));
    QVERIFY(key);
    QVERIFY(desk.sendNow(*key));
    QCOMPARE(desk.reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    QVERIFY(desk.entry(*key).result.isEmpty());
    QVERIFY(desk.entry(*key).answer.contains(PaymentServer::idOf(1)));
    QCOMPARE(desk.remainder(u"debit"_s).left, 9'500); // stays reserved
}

void tst_Outbox::oneTransactionAnswersOneEntry()
{
    OutboxDesk &desk = start();
    const auto first = desk.submit(refundOf(u"debit"_s, 500));
    QVERIFY(first);
    QVERIFY(desk.sendNow(*first));
    QCOMPARE(desk.reached(*first, OutboxState::Accepted), OutboxState::Accepted);
    m_server = std::make_unique<PaymentServer>(); // counts from one again
    desk.client->setEndpoint(m_server->url(), {.clientId = u"id"_s, .clientSecret = "secret"});
    const auto second = desk.submit(refundOf(u"debit"_s, 500));
    QVERIFY(second);
    QVERIFY(desk.sendNow(*second));
    QCOMPARE(desk.reached(*second, OutboxState::Unknown), OutboxState::Unknown);
    QVERIFY(desk.entry(*second).result.isEmpty());
}

// The countdown ends with nobody watching: it must not look as if it were still to go out by itself.
void tst_Outbox::whatWaitsBecauseTheProfileChangedIsCounted()
{
    OutboxDesk &desk = start();
    const auto held = desk.submit(refundOf(u"debit"_s, 500, 1));
    QVERIFY(held);
    desk.outbox->setMerchant(api::MerchantId(u"merchant-2"_s));
    QTRY_COMPARE(desk.outbox->needsPerson(), 1);
    const auto entry = desk.entry(*held);
    QCOMPARE(entry.state, OutboxState::Held);
    QCOMPARE(entry.holdUntil, 0);
    QVERIFY(models::outboxNextStep(entry, 0).contains(u"merchant-2"_s));
    QVERIFY(m_server->writes().isEmpty());
}

void tst_Outbox::intentsAreChecked_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("customer");
    QTest::addColumn<qint64>("cents");
    QTest::addColumn<QString>("descriptor");
    QTest::addColumn<int>("problem");
    const int payment = int(OutboxKind::Payment);
    const int credit = int(OutboxKind::Credit);
    QTest::newRow("payment of nothing") << payment << u"customer-1"_s << 0LL << QString()
                                        << int(IntentProblem::AmountNotPositive);
    QTest::newRow("payment too large") << payment << u"customer-1"_s << api::maximumCents + 1 << QString()
                                       << int(IntentProblem::AmountNotPositive);
    QTest::newRow("customer unknown") << payment << u"nobody"_s << 1LL << QString()
                                      << int(IntentProblem::CustomerNotActive);
    QTest::newRow("customer empty") << credit << QString() << 1LL << QString() << int(IntentProblem::CustomerNotActive);
    QTest::newRow("customer inactive") << payment << u"inactive"_s << 1LL << QString()
                                       << int(IntentProblem::CustomerNotActive);
    QTest::newRow("credit to an inactive customer") << credit << u"inactive"_s << 1LL << QString() << -1;
    QTest::newRow("descriptor at the limit") << payment << u"customer-1"_s << 1LL << QString(80, u'a') << -1;
    QTest::newRow("descriptor too long") << payment << u"customer-1"_s << 1LL << QString(81, u'a')
                                         << int(IntentProblem::BadDescriptor);
    QTest::newRow("descriptor with a star")
        << credit << u"customer-1"_s << 1LL << u"a*b"_s << int(IntentProblem::BadDescriptor);
}

void tst_Outbox::intentsAreChecked()
{
    QFETCH(int, kind);
    QFETCH(QString, customer);
    QFETCH(qint64, cents);
    QFETCH(QString, descriptor);
    QFETCH(int, problem);
    OutboxDesk &desk = start();
    QVERIFY(desk.observe(customerOf(u"inactive"_s, u"INACTIVE"_s)));
    models::Intent intent = paymentBy(customer, cents);
    intent.kind = OutboxKind(kind);
    intent.softDescriptor = descriptor;
    const auto submitted = desk.submit(intent);
    QCOMPARE(submitted ? -1 : int(submitted.error().problem), problem);
    QCOMPARE(desk.value("SELECT count(*) FROM outbox").toInt(), submitted ? 1 : 0);
    if (!submitted)
        QVERIFY(!models::intentRefusalText(submitted.error()).isEmpty());
}

void tst_Outbox::aCancelIsMadeOnce()
{
    OutboxDesk &desk = start();
    QVERIFY(desk.observe(debitOf(u"open"_s, 700, u"PENDING"_s)));
    models::Intent cancel = refundOf(u"open"_s, 0);
    cancel.kind = OutboxKind::Cancel;
    const auto first = desk.submit(cancel);
    QVERIFY(first);
    const auto second = desk.submit(cancel);
    QVERIFY(!second);
    QCOMPARE(int(second.error().problem), int(IntentProblem::AlreadyUnderWay));
    QVERIFY(desk.withdraw(*first));
    QVERIFY(desk.submit(cancel));
    cancel.original = api::TransactionId(u"debit"_s);
    const auto final = desk.submit(cancel);
    QVERIFY(!final);
    QCOMPARE(int(final.error().problem), int(IntentProblem::CannotBeCancelled));
    cancel.original = api::TransactionId(u"nowhere"_s);
    QCOMPARE(int(desk.submit(cancel).error().problem), int(IntentProblem::UnknownOriginal));
}

void tst_Outbox::aFullDiskSendsNothing()
{
    OutboxDesk &desk = start();
    QVERIFY(desk.run("PRAGMA max_page_count = 1")); // SQLite raises it to what the file has
    models::Intent intent = refundOf(u"debit"_s, 500, 0);
    intent.reason = QString(100'000, u'x');
    const auto submitted = desk.submit(intent);
    QVERIFY(!submitted);
    QCOMPARE(int(submitted.error().problem), int(IntentProblem::NotWritten));
    QVERIFY(!submitted.error().detail.isEmpty());
    QVERIFY(desk.run("PRAGMA max_page_count = 1000000"));
    QCOMPARE(desk.value("SELECT count(*) FROM outbox").toInt(), 0);
    QCOMPARE(desk.remainder(u"debit"_s).left, 10'000);
    const auto again = desk.submit(intent);
    QVERIFY(again);
    QCOMPARE(desk.reached(*again, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(m_server->writes().size(), 1);
}

void tst_Outbox::aFullDiskLosesNoAnswer()
{
    OutboxDesk &desk = start();
    QVERIFY(desk.run("CREATE TEMP TRIGGER no_room BEFORE UPDATE ON main.outbox WHEN NEW.state = 'ACCEPTED' "
                     "BEGIN SELECT RAISE(ABORT, 'no room'); END"));
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QTRY_COMPARE(m_server->writes().size(), 1);
    QCOMPARE(desk.reached(*key, OutboxState::Sending), OutboxState::Sending);
    QVERIFY(desk.run("DROP TRIGGER no_room"));
    QCOMPARE(desk.reached(*key, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(desk.entry(*key).result.text(), PaymentServer::idOf(1));
    QCOMPARE(m_server->writes().size(), 1);
}

void tst_Outbox::whatNeedsAPersonIsCounted()
{
    OutboxDesk &desk = start();
    QCOMPARE(desk.outbox->needsPerson(), 0);
    m_server->plan = {Reply::Reject, Reply::Cut, Reply::Accept};
    QList<qint64> keys;
    for (int i = 0; i < 3; ++i) {
        keys += desk.submit(refundOf(u"debit"_s, 500, 0)).value();
        QTRY_COMPARE(m_server->writes().size(), i + 1);
    }
    QTRY_COMPARE(desk.outbox->needsPerson(), 2);
    QVERIFY(desk.takeNote(keys.at(0)));
    QTRY_COMPARE(desk.outbox->needsPerson(), 1);
    QVERIFY(!desk.takeNote(keys.at(0)));
    QVERIFY(!desk.takeNote(keys.at(2)));
    QVERIFY(desk.settle(keys.at(1), true, u"Seen"_s));
    QTRY_COMPARE(desk.outbox->needsPerson(), 0);
}

void tst_Outbox::everyStepIsInTheAuditTrail()
{
    OutboxDesk &desk = start();
    m_server->plan = {Reply::Cut, Reply::Accept};
    const auto key = desk.submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QCOMPARE(desk.reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    QVERIFY(desk.askAgain(*key));
    QCOMPARE(desk.reached(*key, OutboxState::Accepted), OutboxState::Accepted);
    const QString trail = desk.value(
                                  "SELECT group_concat(action, '; ') FROM (SELECT action FROM audit ORDER BY number)")
                              .toString();
    QCOMPARE(trail, u"refund held; refund sending; refund unknown; refund sending; refund accepted"_s);
    QVERIFY(desk.value("SELECT after_text FROM audit ORDER BY number LIMIT 1")
            .toString()
            .contains(desk.entry(*key).requestKey.text()));
    QCOMPARE(desk.value("SELECT count(*) FROM audit WHERE who = ''").toInt(), 0);
    auto database = models::Database::open(desk.ledger->file(), models::Database::Mode::ReadOnly);
    QVERIFY(database);
    const auto verdict = models::verifyAudit(**database);
    QVERIFY(verdict);
    QVERIFY(verdict->intact);
    QCOMPARE(verdict->entries, 5);
}

void tst_Outbox::everyEntryHasANextStep()
{
    QSet<QString> texts;
    for (const OutboxKind kind : {OutboxKind::Payment, OutboxKind::Credit, OutboxKind::Refund, OutboxKind::Cancel}) {
        for (const OutboxState state : {OutboxState::Held, OutboxState::Sending, OutboxState::Accepted,
                 OutboxState::Refused, OutboxState::Unknown, OutboxState::Withdrawn}) {
            for (const bool released : {false, true}) {
                const models::OutboxEntry entry{
                    .kind = kind, .state = state, .reference = u"RF-1"_s, .holdUntil = 5'000, .released = released};
                QVERIFY(!models::outboxNextStep(entry, 1'000).isEmpty());
                texts += models::outboxNextStep(entry, 1'000);
            }
        }
    }
    QVERIFY(texts.size() >= 9);
    QVERIFY(models::outboxNextStep({.state = OutboxState::Held, .holdUntil = 5'000}, 1'000).contains(u"4 s"_s));
}

QTEST_GUILESS_MAIN(tst_Outbox)
#include "tst_outbox.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outcome.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::OutboxKind;
using models::OutboxState;

Q_DECLARE_METATYPE(models::OutboxState)
Q_DECLARE_METATYPE(models::OutboxKind)

//! A test table wants to compare its values, which answers cannot.
struct Said
{
    api::Result<api::Answer> answer = std::unexpected(api::Error());
};

Q_DECLARE_METATYPE(Said)

namespace {

api::Result<api::Answer> answered(int status, const QByteArray &body)
{
    return api::Answer{
        .json = body.isEmpty() ? api::Json() : api::Json::parse(body).value(), .httpStatus = status, .host = u"h"_s};
}

api::Result<api::Answer> failed(
    api::ErrorKind kind, api::Delivery delivery, int status = 0, const QString &code = {}, const QString &message = {})
{
    api::Error error;
    error.kind = kind;
    error.delivery = delivery;
    error.httpStatus = status;
    error.errorCode = code;
    error.message = message;
    return std::unexpected(error);
}

} // namespace

class tst_Outcome : public QObject
{
    Q_OBJECT
private slots:
    void anAnswerIsJudged_data();
    void anAnswerIsJudged();
    void anAnswerAboutSomethingElseProvesNothing_data();
    void anAnswerAboutSomethingElseProvesNothing();
    void theResultIsNamed_data();
    void theResultIsNamed();
    void everyOutcomeHasASentence();
};

void tst_Outcome::anAnswerIsJudged_data()
{
    using enum api::ErrorKind;
    using enum api::Delivery;
    QTest::addColumn<OutboxKind>("kind");
    QTest::addColumn<Said>("said");
    QTest::addColumn<OutboxState>("first");
    QTest::addColumn<OutboxState>("repeated");
    const auto row = [](const char *name, OutboxKind kind, const api::Result<api::Answer> &answer, OutboxState first,
                         OutboxState repeated) { QTest::newRow(name) << kind << Said{answer} << first << repeated; };
    const auto refund = OutboxKind::Refund;
    const auto cancel = OutboxKind::Cancel;
    const auto accepted = OutboxState::Accepted;
    const auto refused = OutboxState::Refused;
    const auto unknown = OutboxState::Unknown;
    const auto held = OutboxState::Held;

    for (const char *status : {"PENDING", "AUTHORIZED", "CREATED", "RETRYABLE_FAILED", "SOMETHING_NEW"}) {
        row(status, refund, answered(201, QByteArray(R"({"paymentId":"p","paymentStatus":")") + status + "\"}"),
            accepted, accepted);
    }
    row("an unknown status with an error", refund,
        answered(200, R"({"paymentId":"p","paymentStatus":"REJECTED","errorDetails":{"errorMessage":"no"}})"), unknown,
        unknown);
    for (const char *status : {"TERMINAL_FAILED", "CANCELED"}) {
        row(status, refund, answered(200, QByteArray(R"({"paymentId":"p","paymentStatus":")") + status + "\"}"),
            refused, refused);
    }
    row("empty success", refund, answered(200, {}), unknown, unknown);
    row("success without a status", refund, answered(200, R"({"paymentId":"p"})"), unknown, unknown);
    row("success without a number", refund, answered(200, R"({"paymentStatus":"PENDING"})"), unknown, unknown);
    row("an array", refund, answered(200, "[]"), unknown, unknown);
    row("400", refund, failed(Rejected, Answered, 400, u"BAD_REQUEST"_s), refused, unknown);
    row("409 without a word about the key", refund, failed(Rejected, Answered, 409), unknown, unknown);
    row("409 with the word", refund, failed(Rejected, Answered, 409, u"DUPLICATE_REQUEST_KEY"_s), unknown, accepted);
    row("duplicate key", refund, failed(Rejected, Answered, 400, u"DUPLICATE_REQUEST_KEY"_s), unknown, accepted);
    row("duplicate key in words", refund, failed(Rejected, Answered, 400, {}, u"The request key already exists"_s),
        unknown, accepted);
    row("the key must be unique", refund, failed(Rejected, Answered, 400, {}, u"requestKey must be unique"_s), refused,
        unknown);
    row("401", refund, failed(Unauthorized, Answered, 401), refused, unknown);
    row("403", refund, failed(Forbidden, Answered, 403), refused, unknown);
    row("404", refund, failed(NotFound, Answered, 404), refused, unknown);
    row("408", refund, failed(Rejected, Answered, 408), unknown, unknown);
    row("429", refund, failed(RateLimited, Answered, 429), refused, unknown);
    row("500", refund, failed(Fault, api::Delivery::Unknown, 500), unknown, unknown);
    row("503 that claims to be an answer", refund, failed(Fault, Answered, 503), unknown, unknown);
    row("a 400 that cannot be trusted", refund, failed(Rejected, api::Delivery::Unknown, 400), unknown, unknown);
    row("garbled", refund, failed(Garbled, api::Delivery::Unknown, 200), unknown, unknown);
    row("no answer in time", refund, failed(TimedOut, api::Delivery::Unknown), unknown, unknown);
    row("connection broke", refund, failed(Offline, api::Delivery::Unknown), unknown, unknown);
    row("given up", refund, failed(Cancelled, api::Delivery::Unknown), unknown, unknown);
    row("given up unsent", refund, failed(Cancelled, CertainlyNotSent), held, unknown);
    row("no connection", refund, failed(Offline, CertainlyNotSent), held, unknown);
    row("no secret", refund, failed(NoSecret, CertainlyNotSent), held, unknown);
    row("token refused", refund, failed(Unauthorized, CertainlyNotSent, 401), held, unknown);
    row("token server fault", refund, failed(Fault, CertainlyNotSent, 500), held, unknown);
    row("wrong certificate", refund, failed(Untrusted, CertainlyNotSent), held, unknown);
    row("cancel taken, no body", cancel, answered(200, {}), accepted, accepted);
    row("cancel taken, any body", cancel, answered(200, R"({"anything":1})"), accepted, accepted);
    row("cancel with an error inside", cancel, answered(200, R"({"errorDetails":{"errorMessage":"no"}})"), unknown,
        unknown);
    row("cancel refused", cancel, failed(Rejected, Answered, 400), refused, unknown);
    row("cancel, a word about keys means nothing", cancel, failed(Rejected, Answered, 400, u"DUPLICATE_REQUEST_KEY"_s),
        refused, unknown);
}

void tst_Outcome::anAnswerIsJudged()
{
    QFETCH(OutboxKind, kind);
    QFETCH(Said, said);
    QFETCH(OutboxState, first);
    QFETCH(OutboxState, repeated);
    const models::Attempt once{.kind = kind, .original = api::TransactionId(u"o"_s), .earlierMayHaveArrived = false};
    const models::Attempt again{.kind = kind, .original = api::TransactionId(u"o"_s), .earlierMayHaveArrived = true};
    QCOMPARE(models::outcomeOf(once, said.answer).state, first);
    QCOMPARE(models::outcomeOf(again, said.answer).state, repeated);
}

void tst_Outcome::anAnswerAboutSomethingElseProvesNothing_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<OutboxState>("state");
    QTest::newRow("nothing repeated") << QByteArray() << OutboxState::Accepted;
    QTest::newRow("our reference") << QByteArray(R"(,"clientReferenceId":"RF-1")") << OutboxState::Accepted;
    QTest::newRow("another's reference") << QByteArray(R"(,"clientReferenceId":"RF-2")") << OutboxState::Unknown;
    QTest::newRow("our amount") << QByteArray(R"(,"amount":{"value":10.5,"currency":"USD"})") << OutboxState::Accepted;
    QTest::newRow("our amount, written differently")
        << QByteArray(R"(,"amount":{"value":1.0500E1,"currency":"USD"})") << OutboxState::Accepted;
    QTest::newRow("another amount") << QByteArray(R"(,"amount":{"value":105.0,"currency":"USD"})")
                                    << OutboxState::Unknown;
    QTest::newRow("another currency") << QByteArray(R"(,"amount":{"value":10.5,"currency":"CAD"})")
                                      << OutboxState::Unknown;
    QTest::newRow("no amount at all") << QByteArray(R"(,"amount":{"value":"ten"})") << OutboxState::Unknown;
}

void tst_Outcome::anAnswerAboutSomethingElseProvesNothing()
{
    QFETCH(QByteArray, more);
    QFETCH(OutboxState, state);
    const models::Attempt attempt{.kind = OutboxKind::Payment, .reference = u"RF-1"_s, .amount = {.cents = 1'050}};
    for (const QByteArray &status : {QByteArray("PENDING"), QByteArray("TERMINAL_FAILED")}) {
        const auto outcome = models::outcomeOf(
            attempt, answered(200, R"({"paymentId":"p","paymentStatus":")" + status + '"' + more + '}'));
        const bool told = state == OutboxState::Accepted;
        QCOMPARE(outcome.state, told && status == "TERMINAL_FAILED" ? OutboxState::Refused : state);
        QCOMPARE(outcome.result.isEmpty(), !told);
    }
}

void tst_Outcome::theResultIsNamed_data()
{
    QTest::addColumn<OutboxKind>("kind");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("result");
    QTest::newRow("a number of its own") << OutboxKind::Refund
                                         << QByteArray(R"({"paymentId":"p","paymentStatus":"PENDING"})") << u"p"_s;
    QTest::newRow("a JSON number beyond 2^53")
        << OutboxKind::Payment << QByteArray(R"({"paymentId":9007199254740993,"paymentStatus":"PENDING"})")
        << u"9007199254740993"_s;
    QTest::newRow("the original's number")
        << OutboxKind::Refund << QByteArray(R"({"paymentId":"o","paymentStatus":"PENDING"})") << QString();
    QTest::newRow("a declined one that names the original")
        << OutboxKind::Refund << QByteArray(R"({"paymentId":"o","paymentStatus":"TERMINAL_FAILED"})") << QString();
    QTest::newRow("a declined one") << OutboxKind::Credit
                                    << QByteArray(R"({"paymentId":"p","paymentStatus":"TERMINAL_FAILED"})") << u"p"_s;
}

void tst_Outcome::theResultIsNamed()
{
    QFETCH(OutboxKind, kind);
    QFETCH(QByteArray, body);
    QFETCH(QString, result);
    const models::Attempt attempt{.kind = kind, .original = api::TransactionId(u"o"_s), .earlierMayHaveArrived = false};
    QCOMPARE(models::outcomeOf(attempt, answered(200, body)).result.text(), result);
}

void tst_Outcome::everyOutcomeHasASentence()
{
    using enum api::ErrorKind;
    for (const api::ErrorKind kind : {Offline, TimedOut, Untrusted, Unauthorized, Forbidden, NotFound, Rejected,
             RateLimited, Fault, Garbled, Cancelled, NoSecret}) {
        for (const api::Delivery delivery :
            {api::Delivery::CertainlyNotSent, api::Delivery::Answered, api::Delivery::Unknown}) {
            QVERIFY(!models::outcomeOf({}, failed(kind, delivery)).answer.isEmpty());
            QVERIFY(!models::outcomeOf({.earlierMayHaveArrived = true}, failed(kind, delivery)).answer.isEmpty());
        }
    }
}

QTEST_GUILESS_MAIN(tst_Outcome)
#include "tst_outcome.moc"

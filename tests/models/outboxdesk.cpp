// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/outboxdesk.h"

#include "tests/models/ledgercalls.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray outcomeBody(const QString &id, const char *status)
{
    return QJsonDocument(QJsonObject{{u"paymentId"_s, id}, {u"paymentStatus"_s, QString::fromLatin1(status)}}).toJson();
}

QByteArray errorBody(const char *code, const char *message)
{
    return QJsonDocument(QJsonObject{{u"errorId"_s, 10001}, {u"errorCode"_s, QString::fromLatin1(code)},
                             {u"errorMessage"_s, QString::fromLatin1(message)}, {u"errorSeverity"_s, u"ERROR"_s}})
        .toJson();
}

using Change = std::expected<void, QString>;

} // namespace

PaymentServer::PaymentServer()
    : m_server([this](QTcpSocket *socket, const ScriptedServer::Received &request) { answer(socket, request); })
{
}

QList<ScriptedServer::Received> PaymentServer::writes() const
{
    QList<ScriptedServer::Received> found;
    for (const auto &request : m_server.received()) {
        if (request.isWrite() && !ScriptedServer::isTokenCall(request))
            found += request;
    }
    return found;
}

void PaymentServer::answer(QTcpSocket *socket, const ScriptedServer::Received &request)
{
    const auto reply = [this, socket](int status, const QByteArray &body) {
        const auto write = [socket, status, body] { socket->write(ScriptedServer::http(status, body)); };
        answersAfterMs == 0 ? write() : QTimer::singleShot(answersAfterMs, socket, write);
    };
    const auto original = [&request] {
        return QJsonDocument::fromJson(request.body).object()[u"paymentId"_s].toString();
    };
    if (ScriptedServer::isTokenCall(request))
        return reply(200, R"({"token_type":"Bearer","access_token":"t","expires_in":3600,"scope":"Link-Payment"})");
    const Reply now = plan.empty() ? Reply::Accept : plan.front();
    if (!plan.empty())
        plan.pop_front();
    switch (now) {
    case Reply::Accept:
        return reply(201, outcomeBody(idOf(++m_made), "PENDING"));
    case Reply::AcceptOriginal:
        return reply(201, outcomeBody(original(), "PENDING"));
    case Reply::Decline:
        return reply(200, outcomeBody(idOf(++m_made), "TERMINAL_FAILED"));
    case Reply::DeclineOriginal:
        return reply(200, outcomeBody(original(), "TERMINAL_FAILED"));
    case Reply::Reject:
        return reply(400, errorBody("BAD_REQUEST", "The amount is not right"));
    case Reply::Duplicate:
        return reply(400, errorBody("DUPLICATE_REQUEST_KEY", "A payment with this request key already exists"));
    case Reply::Forbidden:
        return reply(403, errorBody("FORBIDDEN", "Not with this scope"));
    case Reply::TooMany:
        return reply(429, errorBody("TOO_MANY", "Slow down"));
    case Reply::Fault:
        return reply(500, errorBody("INTERNAL_SERVER_ERROR", "Please reach out to Support"));
    case Reply::Garbage:
        return reply(200, "<html>hello</html>");
    case Reply::Cut:
        return socket->abort();
    case Reply::Silent:
        return;
    }
}

OutboxDesk::OutboxDesk(const QString &file, const Setup &setup)
{
    ledger = openedLedger(file);
    QObject::connect(ledger.get(), &models::Ledger::writeFailed, ledger.get(), [](const models::DatabaseError &error) {
        qWarning("the ledger could not write: %s", qUtf8Printable(error.message));
    });
    client = std::make_unique<api::Client>(api::ClientOptions{.baseUrl = setup.server, .timeoutMs = setup.timeoutMs},
        api::Credentials{.clientId = u"id"_s, .clientSecret = "secret"});
    outbox = std::make_unique<models::Outbox>(*ledger, *client,
        models::OutboxOptions{.merchant = api::MerchantId(u"merchant-1"_s),
            .refundRoute = setup.route,
            .askAgainAfterSeconds = setup.askAgainAfterSeconds,
            .clock = setup.clock});
}

bool OutboxDesk::observe(const api::Transaction &transaction)
{
    return lookedUp(*ledger, transaction);
}

bool OutboxDesk::observe(const api::Customer &customer)
{
    return lookedUp(*ledger, customer);
}

std::expected<qint64, models::IntentRefusal> OutboxDesk::submit(const models::Intent &intent)
{
    return awaited<std::expected<qint64, models::IntentRefusal>>(
        [&](QObject *context, auto handler) { outbox->submit(intent, context, handler); });
}

std::expected<void, QString> OutboxDesk::sendNow(qint64 key)
{
    return awaited<Change>([&](QObject *context, auto handler) { outbox->sendNow(key, context, handler); });
}

std::expected<void, QString> OutboxDesk::withdraw(qint64 key)
{
    return awaited<Change>([&](QObject *context, auto handler) { outbox->withdraw(key, context, handler); });
}

std::expected<void, QString> OutboxDesk::askAgain(qint64 key)
{
    // The disk may know the outcome a moment before the outbox has heard that it was written.
    Change asked;
    [[maybe_unused]] const bool done = QTest::qWaitFor([&] {
        asked = awaited<Change>([&](QObject *context, auto handler) { outbox->askAgain(key, context, handler); });
        return asked.has_value() || state(key) != models::OutboxState::Unknown;
    });
    return asked;
}

std::expected<void, QString> OutboxDesk::settle(qint64 key, bool happened, const QString &reason)
{
    return awaited<Change>(
        [&](QObject *context, auto handler) { outbox->settle(key, happened, reason, context, handler); });
}

std::expected<void, QString> OutboxDesk::takeNote(qint64 key)
{
    return awaited<Change>([&](QObject *context, auto handler) { outbox->takeNote(key, context, handler); });
}

models::OutboxEntry OutboxDesk::entry(qint64 key)
{
    auto database = models::Database::open(ledger->file(), models::Database::Mode::ReadOnly);
    auto found = database ? models::readOutboxEntry(**database, key) : std::unexpected(database.error());
    if (!found || !*found)
        qFatal("no such entry");
    return **found;
}

models::Remainder OutboxDesk::remainder(const QString &payment)
{
    auto database = models::Database::open(ledger->file(), models::Database::Mode::ReadOnly);
    const auto found = database ? models::remainderOf(**database, api::TransactionId(payment))
                                : std::unexpected(database.error());
    if (!found)
        qFatal("no remainder: %s", qUtf8Printable(found.error().message));
    return *found;
}

QVariant OutboxDesk::value(const QByteArray &sql)
{
    const auto value = sqlValue(*ledger, sql);
    return value ? QVariant(*value) : QVariant();
}

bool OutboxDesk::run(const char *sql)
{
    return runSql(*ledger, sql);
}

models::OutboxState OutboxDesk::reached(qint64 key, models::OutboxState wanted)
{
    [[maybe_unused]] const bool there = QTest::qWaitFor([&] { return state(key) == wanted; }, patienceMs);
    return state(key);
}

api::Transaction debitOf(const QString &id, qint64 cents, const QString &status)
{
    return {.id = api::TransactionId(id),
        .type = u"DEBIT"_s,
        .status = status,
        .customerId = api::CustomerId(u"customer-1"_s),
        .amount = {.cents = cents},
        .clientReferenceId = u"order-"_s + id,
        .account = {},
        .descriptor = {},
        .settlementAt = 0,
        .createdAt = QDateTime::currentMSecsSinceEpoch() - 86'400'000,
        .failureCode = {},
        .failureText = {}};
}

api::Transaction creditFor(const models::OutboxEntry &refund, const QString &id, const QString &status)
{
    api::Transaction credit = debitOf(id, refund.amount.cents, status);
    credit.type = u"CREDIT"_s;
    credit.customerId = refund.customer;
    credit.clientReferenceId = refund.reference;
    credit.createdAt = QDateTime::currentMSecsSinceEpoch();
    return credit;
}

api::Customer customerOf(const QString &id, const QString &status)
{
    return {.id = api::CustomerId(id),
        .firstName = u"Ada"_s,
        .lastName = u"Lovelace"_s,
        .email = u"ada@example.com"_s,
        .status = status,
        .account = {},
        .createdAt = 0};
}

models::Intent refundOf(const QString &payment, qint64 cents, int holdSeconds)
{
    return {.kind = models::OutboxKind::Refund,
        .original = api::TransactionId(payment),
        .amount = {.cents = cents},
        .reason = u"Returned goods"_s,
        .reference = {},
        .softDescriptor = {},
        .holdSeconds = holdSeconds};
}

models::Intent paymentBy(const QString &customer, qint64 cents, int holdSeconds)
{
    return {.kind = models::OutboxKind::Payment,
        .customer = api::CustomerId(customer),
        .amount = {.cents = cents},
        .reason = u"Asked on the telephone"_s,
        .reference = {},
        .softDescriptor = {},
        .holdSeconds = holdSeconds};
}

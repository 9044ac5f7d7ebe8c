// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/ledger.h"
#include "models/outbox.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

#include <deque>
#include <memory>
#include <optional>

//! A server that answers what moves money as it is told, and remembers what it was asked.
class PaymentServer
{
public:
    enum class Reply {
        Accept,          //!< 201, PENDING, a number of its own
        AcceptOriginal,  //!< 201, PENDING, the number of the refunded payment
        Decline,         //!< 200, TERMINAL_FAILED
        DeclineOriginal, //!< the same, under the number of the refunded payment
        Reject,          //!< 400, no word about the key
        Duplicate,       //!< 400, the key was used
        Forbidden,       //!< 403
        TooMany,         //!< 429
        Fault,           //!< 500
        Garbage,         //!< 200, not JSON
        Cut,             //!< the connection closes without an answer
        Silent,          //!< no answer at all
    };

    PaymentServer();

    std::deque<Reply> plan; //!< one per request; Accept when it is empty
    int answersAfterMs = 0;
    QUrl url() const { return m_server.url(); }
    QList<ScriptedServer::Received> writes() const; //!< without the token calls
    static QString idOf(int number) { return QStringLiteral("made-%1").arg(number); }

private:
    void answer(QTcpSocket *socket, const ScriptedServer::Received &request);
    ScriptedServer m_server;
    int m_made = 0;
};

//! One console at work: a ledger file, a client and an outbox. Every call waits for its answer.
class OutboxDesk
{
public:
    struct Setup
    {
        QUrl server = {};
        models::OutboxOptions::RefundRoute route = models::OutboxOptions::RefundRoute::ReversedPayment;
        QList<int> askAgainAfterSeconds = {};
        int timeoutMs = 20'000;
        std::function<qint64()> clock = {};
    };
    OutboxDesk(const QString &file, const Setup &setup);

    std::unique_ptr<models::Ledger> ledger;
    std::unique_ptr<api::Client> client;
    std::unique_ptr<models::Outbox> outbox;

    bool observe(const api::Transaction &transaction);
    bool observe(const api::Customer &customer);
    std::expected<qint64, models::IntentRefusal> submit(const models::Intent &intent);
    std::expected<void, QString> sendNow(qint64 key);
    std::expected<void, QString> withdraw(qint64 key);
    std::expected<void, QString> askAgain(qint64 key);
    std::expected<void, QString> settle(qint64 key, bool happened, const QString &reason);
    std::expected<void, QString> takeNote(qint64 key);

    models::OutboxEntry entry(qint64 key);
    models::OutboxState state(qint64 key) { return entry(key).state; }
    models::Remainder remainder(const QString &payment);
    //! A single number or text from the ledger file.
    QVariant value(const QByteArray &sql);
    bool run(const char *sql); //!< on the writer's connection
    //! The state that is reached within ten seconds, or the one where it got stuck.
    models::OutboxState reached(qint64 key, models::OutboxState wanted);
};

//! A succeeded debit of $100.00 of customer "customer-1".
api::Transaction debitOf(const QString &id, qint64 cents = 10'000, const QString &status = QStringLiteral("SUCCEEDED"));
//! What the ledger sees when a refund has arrived.
api::Transaction creditFor(
    const models::OutboxEntry &refund, const QString &id, const QString &status = QStringLiteral("PENDING"));
api::Customer customerOf(const QString &id, const QString &status = QStringLiteral("ACTIVE"));
//! Held until someone presses Send now, unless `holdSeconds` says otherwise.
models::Intent refundOf(const QString &payment, qint64 cents, int holdSeconds = 300);
models::Intent paymentBy(const QString &customer, qint64 cents, int holdSeconds = 300);

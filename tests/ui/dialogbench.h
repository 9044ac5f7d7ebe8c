// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/eventactor.h"
#include "models/finder.h"
#include "models/gapfinder.h"
#include "models/job.h"
#include "models/ledger.h"
#include "models/lookups.h"
#include "models/outbox.h"
#include "models/paylinks.h"
#include "models/receiver.h"
#include "models/refresher.h"
#include "models/webhookvault.h"
#include "tests/support/memorysecrets.h"
#include "tests/support/scriptedserver.h"
#include "tests/ui/answeringasker.h"
#include "ui/workspace.h"

#include <QDateTime>
#include <QDialog>
#include <QHash>
#include <QTemporaryDir>
#include <QTest>

//! Opens a dialog that lives on the stack.
inline void openOnStack(QDialog &dialog)
{
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
}

//! A temporary ledger with everything a dialog is built from, over a scripted server on loopback.
class DialogBench
{
public:
    explicit DialogBench(models::Environment environment = models::Environment::BuiltInSandbox)
        : server([this](QTcpSocket *socket, const ScriptedServer::Received &request) { answer(socket, request); })
        , store(directory.filePath(QStringLiteral("profiles")))
        , ledger(openLedger())
        , client(api::ClientOptions{.baseUrl = server.url()},
              api::Credentials{.clientId = QStringLiteral("id"), .clientSecret = "secret"})
        , lookUps(client, *ledger)
        , outbox(*ledger, client, models::OutboxOptions{.merchant = api::MerchantId(QStringLiteral("merchant"))})
        , payLinks(*ledger, client, lookUps)
        , refresher(*ledger, lookUps)
        , finder(*ledger, lookUps)
        , vault(*ledger, client, secrets, QStringLiteral("bench"))
        , gaps(*ledger)
        , receiver(*ledger, [](const QString &, QObject *, const auto &) {})
        , actor(*ledger, lookUps, {})
        , workspace{store, profileIn(environment), *ledger, lookUps, outbox, payLinks, refresher, finder, jobs, vault,
              gaps, receiver, actor, asker}
    {
    }

    //! What GET on the path gets. Anything else gets 404.
    void serve(const QByteArray &path, const QByteArray &json, int status = 200) { m_answers[path] = {status, json}; }

    static qint64 now() { return QDateTime::currentMSecsSinceEpoch(); }

    static api::Transaction payment(
        const QString &id, qint64 cents, const QString &status = QStringLiteral("SUCCEEDED"))
    {
        api::Transaction transaction;
        transaction.id = api::TransactionId(id);
        transaction.type = QStringLiteral("DEBIT");
        transaction.status = status;
        transaction.customerId = api::CustomerId(QStringLiteral("cus-ada"));
        transaction.amount.cents = cents;
        transaction.account.institution = QStringLiteral("First Bank");
        transaction.account.lastFour = QStringLiteral("0042");
        transaction.createdAt = now() - 86'400'000;
        return transaction;
    }

    static api::Customer ada(const QString &status = QStringLiteral("ACTIVE"))
    {
        api::Customer customer;
        customer.id = api::CustomerId(QStringLiteral("cus-ada"));
        customer.firstName = QStringLiteral("Ada");
        customer.lastName = QStringLiteral("Lovelace");
        customer.email = QStringLiteral("ada@example.com");
        customer.status = status;
        customer.account.institution = QStringLiteral("First Bank");
        customer.account.lastFour = QStringLiteral("0042");
        return customer;
    }

    //! Tells the ledger and waits until it has it.
    template<typename Record> void learn(const Record &record, qint64 observedAt = now())
    {
        bool done = false;
        QObject context;
        ledger->observe({models::Observation{.record = record, .raw = {}, .observedAt = observedAt}}, &context,
            [&done](const models::DatabaseResult<void> &result) { done = result.has_value(); });
        QVERIFY(QTest::qWaitFor([&done] { return done; }));
    }

    //! Changes the ledger's file behind the console's back.
    void run(const char *sql)
    {
        bool done = false;
        QObject context;
        ledger->write([sql](models::Database &database) { return database.execute(sql); },
            models::Ledger::Durability::Normal, &context,
            [&done](const models::DatabaseResult<void> &result) { done = result.has_value(); });
        QVERIFY(QTest::qWaitFor([&done] { return done; }, 60'000));
    }

    //! Hands an intent to the outbox as another window would, without waiting for its outcome.
    void refundElsewhere(const QString &id, qint64 cents, qint64 drawnRemainder)
    {
        outbox.submit(refundOf(id, cents, drawnRemainder), &m_context, [](const auto &) { });
    }

    //! The key of the entry once it is written down and counts down; 0 when it was refused.
    qint64 heldRefund(const QString &id, qint64 cents, qint64 drawnRemainder)
    {
        std::optional<qint64> key;
        QObject context;
        outbox.submit(refundOf(id, cents, drawnRemainder), &context,
            [&key](const std::expected<qint64, models::IntentRefusal> &written) { key = written.value_or(0); });
        return QTest::qWaitFor([&key] { return key.has_value(); }) ? *key : 0;
    }

    qint64 outboxRows()
    {
        qint64 rows = -1;
        QObject context;
        const auto read = ledger->read<qint64>(
            [](models::Database &database) -> models::DatabaseResult<qint64> {
                auto statement = database.prepare("SELECT count(*) FROM outbox");
                if (!statement)
                    return std::unexpected(statement.error());
                if (auto row = (*statement)->step(); !row)
                    return std::unexpected(row.error());
                return (*statement)->integer(0);
            },
            &context, [&rows](const models::DatabaseResult<qint64> &result) { rows = result.value_or(-2); });
        return QTest::qWaitFor([&rows] { return rows != -1; }) ? rows : -3;
    }

    QTemporaryDir directory;
    ScriptedServer server;
    models::ProfileStore store;
    std::unique_ptr<models::Ledger> ledger;
    api::Client client;
    models::LookUps lookUps;
    models::Outbox outbox;
    models::PayLinks payLinks;
    models::Refresher refresher;
    models::Finder finder;
    models::JobsModel jobs;
    MemorySecrets secrets;
    models::WebhookVault vault;
    models::GapFinder gaps;
    models::Receiver receiver;
    models::EventActor actor;
    AnsweringAsker asker;
    ui::Workspace workspace;

private:
    static models::Intent refundOf(const QString &id, qint64 cents, qint64 drawnRemainder)
    {
        return {.kind = models::OutboxKind::Refund,
            .customer = api::CustomerId(QStringLiteral("cus-ada")),
            .original = api::TransactionId(id),
            .amount = {.cents = cents},
            .reason = QStringLiteral("elsewhere"),
            .reference = {},
            .softDescriptor = {},
            .drawnRemainderCents = drawnRemainder,
            .holdSeconds = 300};
    }

    struct Served
    {
        int status;
        QByteArray json;
    };

    std::unique_ptr<models::Ledger> openLedger()
    {
        auto opened = models::Ledger::open(directory.filePath(QStringLiteral("ledger.sqlite")));
        return opened ? std::move(*opened) : nullptr;
    }

    static models::Profile profileIn(models::Environment environment)
    {
        models::Profile profile;
        profile.id = QStringLiteral("bench");
        profile.name = QStringLiteral("Acme");
        profile.environment = environment;
        profile.holdSeconds = 300;
        return profile;
    }

    void answer(QTcpSocket *socket, const ScriptedServer::Received &request);

    QHash<QByteArray, Served> m_answers;
    QObject m_context;
};

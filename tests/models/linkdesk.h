// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/ledger.h"
#include "models/lookups.h"
#include "models/paylinks.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

#include <deque>
#include <memory>
#include <optional>

//! A server that makes sessions as it is told, knows customers and payments, and remembers what it was asked.
class SessionServer
{
public:
    enum class Reply { Make, OlderName, NoAddress, Foreign, Reject, Duplicate, Fault, Cut, Silent };

    SessionServer();

    std::deque<Reply> plan;              //!< one per session request; Make when it is empty
    QHash<QByteArray, QByteArray> reads; //!< what to answer to GET, by path; 404 for the rest
    QUrl url() const { return m_server.url(); }
    QList<ScriptedServer::Received> sessions() const;

private:
    void answer(QTcpSocket *socket, const ScriptedServer::Received &request);
    QByteArray address() const;
    ScriptedServer m_server;
};

//! One console at work on pay links.
class LinkDesk
{
public:
    LinkDesk(const QString &file, const QUrl &server, const QList<int> &askAgainAfterSeconds = {});

    std::unique_ptr<models::Ledger> ledger;
    std::unique_ptr<api::Client> client;
    std::unique_ptr<models::LookUps> lookUps;
    std::unique_ptr<models::PayLinks> links;

    std::expected<qint64, QString> create(const models::NewPayLink &wanted);
    std::expected<void, QString> send(qint64 key);
    models::PayLink link(qint64 key);
    models::PayLinkState reached(qint64 key, models::PayLinkState wanted);
    bool observe(const api::Transaction &transaction);
    bool observe(const api::Customer &customer);
    bool observe(const api::LinkedAccounts &accounts);
    bool run(const QByteArray &sql); //!< on the writer's connection
    QString value(const QByteArray &sql);
};

models::NewPayLink plainLink();              //!< links a bank account, no payment
models::NewPayLink payingLink(qint64 cents); //!< the customer pays on the page

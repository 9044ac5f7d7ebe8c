// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/lookups.h"
#include "tests/support/scriptedserver.h"

#include <QHash>
#include <QTemporaryDir>

#include <memory>

//! A service that only answers look-ups, from a list of records.
class RecordServer
{
public:
    enum class Mood { Answering, Faulty, RefusingTokens, Silent };

    RecordServer();

    Mood mood = Mood::Answering;
    QHash<QByteArray, QByteArray> records; //!< path -> JSON; anything else is answered with 404
    QUrl url() const { return m_server.url(); }
    QByteArrayList asked() const; //!< paths in order of arrival, without the token calls

    void addTransaction(const QString &id, const QString &status = QStringLiteral("SUCCEEDED"));
    void addPayout(const QString &id, const QString &status);
    void addCustomer(const QString &id); //!< with one linked account

private:
    void answer(QTcpSocket *socket, const ScriptedServer::Received &request);
    ScriptedServer m_server;
};

//! A ledger file of its own, a client of the server above, and look-ups between them.
struct LookUpDesk
{
    //! With one call in flight the server hears the questions in the order in which they were asked.
    explicit LookUpDesk(int maximumInFlight = 32);

    //! Waits until the ledger has them.
    bool observe(QList<models::Observation> observations);
    //! First column of every row, joined with blanks.
    QString ask(const QByteArray &sql);
    //! Waits for the answer; what came instead of a record, or "".
    QString lookUp(const models::RecordRef &ref);

    QTemporaryDir directory;
    RecordServer server;
    std::unique_ptr<models::Ledger> ledger;
    api::Client client;
    std::unique_ptr<models::LookUps> lookUps;
};

namespace sample {

api::Transaction transaction(
    const QString &id, const QString &status = QStringLiteral("SUCCEEDED"), qint64 cents = 12'840);
api::Customer customer(const QString &id, const QString &first, const QString &last, const QString &email);
api::Payout payout(const QString &id, const QString &status, const QString &reference = {});
models::Observation seen(decltype(models::Observation::record) record, qint64 at = 1'763'650'000'000);

} // namespace sample

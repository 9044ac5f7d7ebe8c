// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/json.h"
#include "api/paybybank/customers.h"
#include "api/paybybank/payouts.h"
#include "api/paybybank/transactions.h"
#include "models/aggregationuser.h"
#include "models/database.h"
#include "models/recordkind.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace models {

class ChangeSet;

//! One thing learned from the server.
struct Observation
{
    std::variant<api::Transaction, api::Customer, api::LinkedAccounts, api::Payout, LinkedUser> record;
    api::Json raw;         //!< as received; the ledger redacts it before it reaches the disk
    qint64 observedAt = 0; //!< UTC ms
    Source source = Source::LookUp;
};

//! A question under way on a reader thread. Dropping it interrupts the question, and its handler never runs. Drop it in
//! the handler's thread.
class [[nodiscard]] LedgerRead
{
public:
    LedgerRead();
    LedgerRead(LedgerRead &&other) noexcept;
    LedgerRead &operator=(LedgerRead &&other) noexcept;
    ~LedgerRead();
    bool isActive() const;

private:
    friend class Ledger;
    struct State;
    explicit LedgerRead(std::shared_ptr<State> state);
    std::shared_ptr<State> m_state;
};

//! The console's only memory: one SQLite file per profile (WAL), one writer thread, readers on their own connections
//! and threads. All members may be called from any thread; handlers run through the event loop of their context's
//! thread, never when it has died.
class Ledger : public QObject
{
    Q_OBJECT
public:
    //! Opens or creates the file and brings an older schema up to date, after making a copy "<file>.before-<version>".
    //! Fails, touching nothing, on a damaged file or one from a newer console.
    static DatabaseResult<std::unique_ptr<Ledger>> open(const QString &file);
    ~Ledger() override; //!< finishes queued writes

    //! The one door for everything learned. All observations of one call are committed together; several calls may
    //! share a commit.
    void observe(QList<Observation> observations, QObject *context = nullptr,
        std::function<void(DatabaseResult<void>)> handler = {});

    //! Runs `job` inside one transaction on the writer thread; synchronous=FULL when `durable`. The handler hears the
    //! outcome after the commit.
    using WriteJob = std::function<DatabaseResult<void>(Database &)>;
    enum class Durability { Normal, Full };
    void write(
        WriteJob job, Durability durability, QObject *context, std::function<void(DatabaseResult<void>)> handler);

    //! Runs `job` on a reader thread with a read-only connection.
    //! The job sees one state of the ledger throughout. Long questions go into the Long lane, so that they never hold
    //! up a look-up.
    enum class Lane { Quick, Long };
    template<typename T>
    LedgerRead read(std::function<DatabaseResult<T>(Database &)> job, QObject *context,
        std::function<void(DatabaseResult<T>)> handler, Lane lane = Lane::Quick);

    //! To be called from inside a WriteJob: tells the views, after the commit, that these rows changed.
    void noteChange(RecordKind kind, qint64 key);

    QString file() const;

signals:
    //! Gathered for about 100 ms, after the commit. Keys are the rows' keys in the kind's table.
    void recordsChanged(models::RecordKind kind, const QList<qint64> &keys);
    //! Another process wrote to the same file: everything shown should be asked anew.
    void changedElsewhere();
    //! A write could not be made; the observations stay queued in memory and are tried again when `retryWrites` is
    //! called or after 10 s.
    void writeFailed(const models::DatabaseError &error);
    void writeRecovered();

public slots:
    void retryWrites();

private:
    class Private;
    explicit Ledger(std::unique_ptr<Private> d);
    void start(std::unique_ptr<Database> database);
    void gatherChanges(const ChangeSet &changes);
    void publishChanges();
    LedgerRead startRead(std::function<void(Database *, const DatabaseError *)> job, std::function<void()> handler,
        QObject *context, Lane lane);
    std::unique_ptr<Private> d;
};

template<typename T>
LedgerRead Ledger::read(std::function<DatabaseResult<T>(Database &)> job, QObject *context,
    std::function<void(DatabaseResult<T>)> handler, Lane lane)
{
    // Written by the reader thread before the handler is posted, read by the handler: never by both at once.
    auto outcome = std::make_shared<std::optional<DatabaseResult<T>>>();
    auto run = [job = std::move(job), outcome](Database *database, const DatabaseError *error) {
        outcome->emplace(database ? job(*database) : DatabaseResult<T>(std::unexpected(*error)));
    };
    auto deliver = [handler = std::move(handler), outcome] { handler(std::move(**outcome)); };
    return startRead(std::move(run), std::move(deliver), context, lane);
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/importstore.h"
#include "models/ledger.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <deque>
#include <map>

namespace models {

//! How an import stands, sent to the window at most ten times a second.
struct ImportProgress
{
    Job::State state = Job::State::Paused;
    ImportCounts counts = {};
    int perSecond = 0;
    QString problem = {}; //!< why it paused by itself or failed, as a sentence
};

//! The work of one import, on a thread of its own: keeps the allowed number of look-ups under way, gathers what came,
//! and commits what was learned before the line counts as done.
class ImportWorker : public QObject
{
    Q_OBJECT
public:
    ImportWorker(api::Client &client, Ledger &ledger);

    void write(const QString &name, const QList<RecordRef> &records); //!< a new import: its list first
    void adopt(const StoredImport &import);                           //!< one from an earlier run, paused
    void pause();
    void resume();
    void cancel();
    void retryProblems(); //!< at the end, when it still runs

signals:
    void progressed(const models::ImportProgress &progress);
    void keyKnown(qint64 key);

private:
    struct Flight
    {
        ImportLine line = {};
        api::Call call = {};
        QList<Observation> observations = {};
    };
    //! One line and what was learned with it.
    struct Result
    {
        ImportLineOutcome outcome = {};
        QList<Observation> observations = {};
    };
    using Results = QList<Result>;

    void writeChunk(const QList<RecordRef> &records, qsizetype from);
    void written(const DatabaseResult<void> &result);
    void begin();
    void fill();
    void fetchLines();
    void readAgain();
    void noteCustomer(const Observation &observation);
    void send(qint64 position);
    void askAccounts(qint64 position);
    void took(qint64 position, const api::Result<api::Answer> &answer);
    void lineFailed(qint64 position, const api::Error &error);
    void lineFound(qint64 position);
    void finishLine(Flight flight, ImportLineOutcome::Kind kind, const QString &why = {});
    void pauseBecause(const QString &problem);

    void flush();
    void commit(const Results &results);
    void commitOutcomes(const Results &results);
    void committed(const ImportCounts &added);
    void measureRate();
    void settle();
    void findFollowUps();
    void addFollowUps(const QList<RecordRef> &customers, qsizetype from);
    void end();
    void dropOpen();
    void retryNow();
    void fail(const DatabaseError &error);
    void setState(Job::State state);
    void tell();
    void tellNow();

    api::Client &m_client;
    Ledger &m_ledger;
    qint64 m_key = 0; //!< 0 until written
    bool m_listWritten = false;
    Job::State m_state = Job::State::Paused;
    ImportCounts m_counts = {};
    QString m_problem;

    std::deque<ImportLine> m_ready;
    std::map<qint64, Flight> m_flights; //!< by position
    LedgerRead m_read;
    qint64 m_readUpTo = -1;
    bool m_allRead = false;
    qint64 m_followUpsReadUpTo = -1; //!< follow-ups are asked first, so that payments that come later show names at
                                     //!< once
    bool m_followUpsRead = true;
    QSet<QString> m_customersSeen; //!< named by a payment in this run
    QStringList m_customersNamed;  //!< of them, not yet checked against the ledger
    int m_troublesInRow = 0;

    Results m_results;    //!< not yet handed to the ledger
    int m_committing = 0; //!< batches on their way to the disk
    bool m_followedUp = false;
    bool m_findingFollowUps = false;
    bool m_dropping = false;
    bool m_retryWanted = false;

    QTimer m_flushTimer;
    QTimer m_tellTimer;
    QElapsedTimer m_rateTime;
    qint64 m_rateFrom = 0;
    int m_perSecond = 0;
};

} // namespace models

Q_DECLARE_METATYPE(models::ImportProgress)

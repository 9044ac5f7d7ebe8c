// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/importstore.h"
#include "models/ledger.h"

#include <QElapsedTimer>
#include <QObject>
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

//! The work of one import, on a thread of its own: keeps the allowed number of look-ups under way, gathers what came, and commits what was learned
//! before the line counts as done.
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
    void retryProblems();
    qint64 key() const; //!< 0 until written; read it in the worker's thread

signals:
    void progressed(const models::ImportProgress &progress);
    void keyKnown(qint64 key);

private:
    struct Flight
    {
        ImportLine line;
        api::Call call;
        int timeouts = 0;
    };

    void writeChunk(const QList<RecordRef> &records, qsizetype from);
    void begin();
    void fill();
    void fetchLines();
    void startLine(ImportLine line);
    void send(qint64 position);
    void askAccounts(qint64 position);
    void took(qint64 position, const api::Result<api::Answer> &answer);
    void tookAccounts(qint64 position, const api::Result<api::Answer> &answer);
    void lineFailed(qint64 position, const api::Error &error);
    void finishLine(qint64 position, ImportLineOutcome::Kind kind, const QString &why = {});
    void pauseBecause(const QString &problem);
    void flush();
    void flushed(const QList<ImportLineOutcome> &outcomes, const DatabaseResult<void> &result);
    void askForMore();
    void settle();
    void fail(const DatabaseError &error);
    void tell();

    api::Client &m_client;
    Ledger &m_ledger;
    qint64 m_key = 0;
    Job::State m_state = Job::State::Paused;
    ImportCounts m_counts;
    QString m_problem;
    std::deque<ImportLine> m_ready;
    std::map<qint64, Flight> m_flights; //!< by position
    qint64 m_readUpTo = -1;
    bool m_allRead = false;
    bool m_followedUp = false;
    int m_writing = 0; //!< batches on their way to the disk
    QList<Observation> m_observations;
    QList<ImportLineOutcome> m_outcomes;
    LedgerRead m_read;
    QTimer m_flushTimer;
    QTimer m_tellTimer;
    QElapsedTimer m_rateTime;
    qint64 m_rateFrom = 0;
    int m_perSecond = 0;
};

} // namespace models

Q_DECLARE_METATYPE(models::ImportProgress)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/importplan.h"
#include "models/job.h"
#include "models/ledger.h"

namespace models {

struct ImportFailure
{
    RecordRef ref = {};
    bool notFound = false;
    QString why; //!< a sentence
};

//! Looks up every id of a plan, several at a time, and tells the ledger. Its list is in the ledger, so it goes on after
//! a restart.
class ImportJob : public Job
{
    Q_OBJECT
public:
    //! Writes the plan into the ledger, then starts.
    static ImportJob *start(const ImportPlan &plan, api::Client &client, Ledger &ledger, QObject *parent);
    //! Imports that an earlier run left unfinished, paused; the handler gets them in the order they were started.
    static void restore(
        api::Client &client, Ledger &ledger, QObject *context, std::function<void(QList<ImportJob *>)> handler);
    ~ImportJob() override;

    QString title() const override;
    State state() const override;
    qint64 done() const override;
    qint64 total() const override;
    int perSecond() const override;
    QString summary() const override;
    void pause() override;
    void resume() override;
    void cancel() override;

    qint64 found() const;
    qint64 notFound() const;
    qint64 failed() const; //!< could not be asked: offline, refused; worth another try
    //! What was not found or failed and why, at most `limit`, through the event loop.
    void failures(int limit, QObject *context, std::function<void(QList<ImportFailure>)> handler);
    void retryFailed(); //!< only those that were not found or failed

private:
    class Private;
    explicit ImportJob(std::unique_ptr<Private> d, QObject *parent);
    std::unique_ptr<Private> d;
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/job.h"
#include "models/paylinkplan.h"
#include "models/paylinks.h"

#include <QSet>
#include <QTimer>

#include <map>
#include <optional>

namespace models {

//! Many links from one file: every line is written down with its own key before the first is sent; then they go out one
//! after the other, each with its own outcome. Comes back paused after a restart. One console sends it at a time; the
//! others on the same ledger show how far it is, and may go on with it when that one has paused or ended.
class PayLinkBatch : public Job
{
    Q_OBJECT
public:
    using StartHandler = std::function<void(std::expected<PayLinkBatch *, QString>)>;

    //! Writes all lines that can be sent in one transaction, then begins. The job has no parent yet.
    static void start(
        const LinkPlan &plan, PayLinks &links, Ledger &ledger, QObject *context, const StartHandler &handler);
    //! Those that did not end: paused, or running elsewhere.
    static void restore(
        PayLinks &links, Ledger &ledger, QObject *context, std::function<void(const QList<PayLinkBatch *> &)> handler);

    qint64 id() const { return m_id; }
    const QString &name() const { return m_name; }
    QString title() const override;
    State state() const override { return m_state; }
    qint64 done() const override { return m_total - m_waiting.size() - m_sending.size(); }
    qint64 total() const override { return m_total; }
    int perSecond() const override { return 0; }
    QString summary() const override;
    bool canPause() const override { return !m_elsewhere; }
    bool isElsewhere() const { return m_elsewhere; } //!< another console sends it

public slots:
    void pause() override;
    void resume() override; //!< when no other console has taken it meanwhile
    void cancel() override; //!< lines that were not sent are withdrawn

private:
    struct Stored;
    PayLinkBatch(const Stored &stored, PayLinks &links, Ledger &ledger);
    static DatabaseResult<std::optional<Stored>> readStored(Database &database, qint64 id);
    void sendNext();
    void follow();
    void show(const Stored &stored);
    void claimed(const Stored &stored);
    void lookAgain();
    void took(qint64 key);
    void settled(qint64 key, PayLinkState state);
    void keepState(State state);

    PayLinks &m_links;
    Ledger &m_ledger;
    qint64 m_id = 0;
    QString m_name;
    qint64 m_total = 0;
    State m_state = State::Running;
    QList<qint64> m_waiting;
    QSet<qint64> m_sending;
    qint64 m_made = 0;
    qint64 m_failed = 0;
    bool m_elsewhere = false;
    QString m_problem; //!< why it paused by itself
    QTimer m_watch;    //!< for the end of a console that sends it
    LedgerRead m_following;
    std::map<qint64, LedgerRead> m_reads;
};

//! The result of a batch as CSV, one line per link: line, name, e-mail, amount, state, answer, link. Values that a
//! spreadsheet would take for a formula are made harmless.
DatabaseResult<QByteArray> batchResult(Database &database, qint64 batch);

//! A value for a CSV file: quoted where needed, and with an apostrophe before what a spreadsheet would calculate.
QByteArray safeCsvCell(const QString &text);

} // namespace models

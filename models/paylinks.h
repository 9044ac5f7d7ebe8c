// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/instancelock.h"
#include "models/ledger.h"
#include "models/lookups.h"
#include "models/paylinkanswer.h"
#include "models/paylinkstore.h"
#include "models/redirectresult.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <map>
#include <set>

namespace models {

//! The steps that a redirect gives rise to, all of them inferred. Pure.
QList<PayLinkNews> newsOfRedirect(const RedirectResult &said, qint64 now);

//! Makes pay links and follows what becomes of them. The request key and the exact bytes are on disk
//! (synchronous=FULL) before the request reaches the network; an unknown outcome is asked again with the same bytes,
//! never under a fresh key. What a redirect says is kept as a hint and read back; the ledger's records move the life
//! on.
class PayLinks : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        //! Waits before asking again about an unknown outcome, in this run only.
        QList<int> askAgainAfterSeconds = {3, 15, 60};
        //! Waits before reading back once more what a redirect said: the service may need a moment to know it.
        QList<int> readBackAfterSeconds = {5, 30, 120};
    };

    PayLinks(Ledger &ledger, api::Client &client, LookUps &lookUps, QObject *parent = nullptr);
    PayLinks(Ledger &ledger, api::Client &client, LookUps &lookUps, const Options &options, QObject *parent = nullptr);
    ~PayLinks() override;

    using CreateHandler = std::function<void(std::expected<qint64, QString>)>;
    using ChangeHandler = std::function<void(std::expected<void, QString>)>;

    //! Writes it down and sends it. The handler gets the key as soon as it is on disk, or a sentence; what came of it
    //! is told by changed(). A draft with errors is refused.
    void create(const NewPayLink &wanted, QObject *context, CreateHandler handler);
    //! Planned: sends what was written down. Unknown: the same key and bytes again.
    void send(qint64 key, QObject *context, ChangeHandler handler);

    void noteShared(qint64 key, const QString &how); //!< a sentence: "Copied.", "Handed to the mail program…"
    void noteOpened(qint64 key, const QString &where);
    //! The page was closed before it ended.
    void noteLeft(qint64 key);
    //! What the page's redirect said: kept as a hint, then read back.
    void tookRedirect(qint64 key, const RedirectResult &said);
    //! Asks the API for everything that the link names.
    void readBack(qint64 key);

    //! What other processes know this one by; its lock is held from now on where that is possible.
    QString instance();
    QString service() const; //!< the host that links are made at now
    int needsPerson() const; //!< for the count in the navigation

signals:
    void changed(qint64 key);
    void needsPersonChanged();

private:
    struct Step;
    struct Judged
    {
        bool withPayment = false;
        PayLinkOutcome outcome = {};
    };

    void wire();
    void begin(qint64 key, const QList<PayLinkState> &from, const ChangeHandler &handler);
    void begun(qint64 key, const Step &step, const DatabaseResult<void> &written, const ChangeHandler &handler);
    void handOver(const PayLink &link, const api::RequestData &request);
    void writeOutcome(qint64 key);
    void outcomeWritten(qint64 key);
    void askLater(qint64 key);
    void addNews(qint64 key, const QList<PayLinkNews> &news);
    void look(RecordKind kind);
    void sweep(std::optional<QList<qint64>> links);
    void count();
    void readBackHints();
    void readBackUnlessOver(qint64 key);
    void readBackWhen(qint64 key, bool (*wanted)(const PayLink &));

    Ledger &m_ledger;
    api::Client &m_client;
    LookUps &m_lookUps;
    Options m_options;
    InstanceLock m_lock;
    QTimer m_regularly;
    QTimer m_retry;
    std::set<qint64> m_underWay;
    std::map<qint64, api::Call> m_calls;
    std::map<qint64, Judged> m_unwritten;
    std::map<qint64, int> m_timesAsked; //!< by ourselves, in this run
    struct Looking
    {
        QSet<qint64> keys = {}; //!< that changed while a look was under way
        LedgerRead read = {};
    };
    std::map<RecordKind, Looking> m_looking;
    std::map<qint64, LedgerRead> m_readingBack;
    LedgerRead m_counting;
    LedgerRead m_hints;
    int m_needsPerson = 0;
};

} // namespace models

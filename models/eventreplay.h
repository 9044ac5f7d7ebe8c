// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/webhooksender.h"
#include "models/ledger.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace models {

class Receiver;

//! Why an event cannot be sent to an address that a person typed, as a sentence; empty when it can: https, or http on
//! this computer.
QString replayProblem(const QString &address);

//! What came of sending an event once more.
struct ReplayOutcome
{
    enum class Kind {
        Taken,      //!< 2xx
        Redirected, //!< 3xx; never followed
        Refused,    //!< 4xx, or a status that does not exist
        Failed,     //!< 5xx
        NoAnswer,
        NotSent, //!< the event is not there any more, or the ledger could not be read
    };
    Kind kind = Kind::NoAnswer;
    int httpStatus = 0;  //!< 0: no answer came
    QString answer = {}; //!< beginning of the answer's body
    qint64 tookMs = 0;
    QString problem = {}; //!< why no answer came, or why nothing was sent
};

//! The outcome as a sentence for staff.
QString replayText(const ReplayOutcome &outcome);

//! Sends a stored delivery once more, with its own headers and body, one at a time. A header that holds the secret of
//! the subscription goes to the console's own receiver only.
class EventReplay : public QObject
{
    Q_OBJECT
public:
    EventReplay(Ledger &ledger, const Receiver &receiver, QObject *parent = nullptr);
    ~EventReplay() override;

    //! `address` must have no replayProblem().
    void sendTo(qint64 eventKey, const QUrl &address);
    //! The receiver must be listening.
    void sendToReceiver(qint64 eventKey);
    void cancel(); //!< finished() does not come
    bool isUnderWay() const;

signals:
    void finished(const models::ReplayOutcome &outcome);

private:
    struct Stored
    {
        QString subscriptionId = {};
        api::WebhookDelivery delivery = {};
    };

    static DatabaseResult<std::optional<Stored>> read(Database &database, qint64 eventKey);
    void start(qint64 eventKey, const QUrl &address);
    void post(Stored stored, const QUrl &address);
    void finish(const ReplayOutcome &outcome);

    Ledger &m_ledger;
    const Receiver &m_receiver;
    api::WebhookSender m_sender;
    LedgerRead m_reading;
    std::unique_ptr<QObject> m_run; //!< null unless under way; a cancelled answer dies with it
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/inbox.h"
#include "models/ledger.h"
#include "models/lookups.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>
#include <map>

namespace models {

//! Acts on events: reads the record that they name back from the API, and notes what that changed. Events about one
//! record that wait together share one read-back; read-backs are paced. An order whose outcome was unknown is settled
//! by the outbox as soon as the ledger has what was read. The body of an event never changes a record.
class EventActor : public QObject
{
    Q_OBJECT
public:
    struct Pace
    {
        int atOnce = 4;     //!< read-backs under way
        int perSecond = 10; //!< read-backs begun
        int gatherMs = 200; //!< how long an event waits for others about the same record
    };

    EventActor(Ledger &ledger, LookUps &lookUps, Pace pace, QObject *parent = nullptr);
    ~EventActor() override;

    //! Acts on what arrived and was not acted on yet, and from now on on what arrives; what another console has taken
    //! on is left to it. The API must be ready to be asked.
    void start();
    void stop();
    bool isActive() const;

    //! Acts again on these, whatever became of them before; also on those held back, and on those of a user that has
    //! become known since. What names nothing that could be read stays as it is. Needs start().
    void actOn(const QList<qint64> &keys);

signals:
    void acted(const QList<qint64> &keys); //!< after the commit

private:
    struct Task
    {
        RecordRef ref;
        QList<qint64> keys;
        QString before; //!< status in the ledger; null: not there
    };

    //! While an API cannot be asked.
    struct Pause
    {
        int waitMs = 0;   //!< grows with every failure
        qint64 until = 0; //!< ms of m_clock
        int underWay = 0;
    };

    Pause &pauseOf(const RecordRef &ref);
    void look();
    void lookSoon();
    void begin(const QList<Task> &tasks);
    void claim(const Task &task);
    void readBack(const Task &task);
    void finish(const Task &task, const api::Result<RecordRef> &read);
    bool mayBegin(const RecordRef &ref);
    void done(const RecordRef &ref);

    Ledger &m_ledger;
    LookUps &m_lookUps;
    Pace m_pace;
    QTimer m_soon;
    LedgerRead m_looking;
    std::map<QString, api::Call> m_underWay; //!< by record
    QElapsedTimer m_clock;
    QList<qint64> m_begun;              //!< read-backs of the last second, ms of m_clock
    std::array<Pause, 2> m_pauses = {}; //!< of Pay by Bank and of aggregation: one may be out of reach alone
    bool m_active = false;
    bool m_again = false; //!< something arrived while it looked
};

} // namespace models

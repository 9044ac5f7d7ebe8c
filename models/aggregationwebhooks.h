// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/aggregation/webhooks.h"
#include "models/aggregation.h"
#include "models/aggregationaudit.h"
#include "models/cell.h"

#include <QAbstractTableModel>

namespace models {

//! The webhook registry of the current tenant (reference 2.4), newest answer of the server; nothing of it is kept on
//! disk, because the server has the list; what is changed here is in the audit trail. A row per webhook, in the order
//! of the server.
//!
//! For the page: call refresh() when it is shown; it is called here when the tenant or the settings change after that.
//! Show isLoading(), error() and the rows; when `aggregation.isUsed()` is false show that the profile does not use the
//! family. The actions run one at a time per webhook: isBusy() says which rows wait. Each reports once through its
//! handler, on this thread, never when the context has died; the rows change by themselves before that. Times are
//! UTC milliseconds.
class AggregationWebhooks : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Address, Types, State, Health, LastAttempt, LastAnswer, LastSuccess, Id, ColumnCount };
    enum Role {
        CellRole = Qt::UserRole, //!< models::Cell: for the delegates; State and Health are statuses
        SortRole,                //!< raw value
        WebhookIdRole,           //!< QString
        BusyRole,                //!< bool: an action on this row is under way
        HealthTextRole,          //!< QString: health in one sentence, for tooltip and inspector
        LookRole,                //!< models::StatusLook of State and Health; the health's with its times
    };

    explicit AggregationWebhooks(Aggregation &aggregation, QObject *parent = nullptr);
    ~AggregationWebhooks() override;

    //! Reads all pages anew. What is shown stays until the last page has come; a newer call replaces the older.
    void refresh();
    bool isLoading() const;
    qint64 readAt() const;                          //!< UTC ms of the list shown; 0: none yet
    const std::optional<api::Error> &error() const; //!< of the last refresh
    const QList<api::RegisteredWebhook> &webhooks() const;
    std::optional<api::RegisteredWebhook> webhook(const api::WebhookId &id) const;
    int rowOf(const api::WebhookId &id) const; //!< -1: not there
    bool isBusy(const api::WebhookId &id) const;

    //! What is wrong with a draft, as a sentence; empty when it can be registered.
    static QString draftProblem(const QString &uri, const QStringList &types);
    //! "DATA_UPDATES" in words; an unknown type stays as it is.
    static QString typeText(const QString &type);
    //! What the type means and asks for.
    static QString typeMeaning(const QString &type);
    //! "Healthy. Last delivery on …, answered with 200." In the locale, times local.
    static QString healthText(const api::RegisteredWebhook &webhook, const QLocale &locale, qint64 now);
    //! "Healthy, last delivered 3 minutes ago": for lists, where the whole sentences do not fit.
    static StatusLook healthLook(const api::RegisteredWebhook &webhook, qint64 now);
    static StatusLook stateLook(const api::RegisteredWebhook &webhook); //!< on or off
    //! How a test went: answered or not, code, times and duration.
    static QString testText(const api::WebhookTest &test, const QLocale &locale);

    using Done = std::function<void(api::Result<api::RegisteredWebhook>)>;
    using Tested = std::function<void(api::Result<api::WebhookTest>)>;
    //! Not sent when draftProblem() is not empty: the handler gets Rejected, CertainlyNotSent with that sentence.
    void create(const QString &uri, const QStringList &types, bool disabled, QObject *context, Done done);
    void show(const api::WebhookId &id, QObject *context, Done done); //!< reads one anew; NotFound removes its row
    void change(const api::WebhookId &id, const api::WebhookChange &change, QObject *context, Done done);
    void remove(const api::WebhookId &id, QObject *context, Done done); //!< NotFound counts as done
    //! Sends a dummy event to the webhook's address. Afterwards the row is read anew, for its health.
    void fireTest(const api::WebhookId &id, QObject *context, Tested done);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void stateChanged(); //!< loading, error, busy or the list itself

private:
    void readPage(int offset);
    void pageCame(int offset, const QList<api::RegisteredWebhook> &page);
    void listCame();
    void reset();
    void put(const api::RegisteredWebhook &webhook);
    void take(const api::WebhookId &id);
    void setBusy(const api::WebhookId &id, bool busy);
    void record(RegistryDeed deed, const QString &tenant, const std::optional<api::RegisteredWebhook> &before,
        const api::Result<api::RegisteredWebhook> &result);
    template<typename T, typename Handler>
    void act(const api::WebhookId &id, const api::Request<T> &request, QObject *context, Handler handler);
    Cell cellAt(const api::RegisteredWebhook &webhook, int column) const;

    Aggregation &m_aggregation;
    QList<api::RegisteredWebhook> m_webhooks;
    QList<api::RegisteredWebhook> m_incoming;
    std::optional<api::Error> m_error;
    qint64 m_readAt = 0;
    bool m_asked = false;
    api::Call m_list;
    QHash<api::WebhookId, int> m_busy;
    std::map<quint64, api::Call> m_actions;
    quint64 m_lastAction = 0;
    int m_generation = 0; //!< of the tenant whose rows these are
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationwebhooks.h"

#include "models/spoken.h"

#include <QDateTime>
#include <QPointer>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int pageLength = 50;
constexpr int mostWebhooks = 5000; //!< a server that ignores the offset would otherwise be asked for ever

constexpr std::array webhookTitles{
    QT_TRANSLATE_NOOP("models::AggregationWebhooks", "Address"),
    QT_TRANSLATE_NOOP("models::AggregationWebhooks", "Events"),
    QT_TRANSLATE_NOOP("models::AggregationWebhooks", "State"),
    QT_TRANSLATE_NOOP("models::AggregationWebhooks", "Health"),
    QT_TRANSLATE_NOOP("models::AggregationWebhooks", "Last attempt"),
    QT_TRANSLATE_NOOP("models::AggregationWebhooks", "Last answer"),
    QT_TRANSLATE_NOOP("models::AggregationWebhooks", "Last success"),
    QT_TRANSLATE_NOOP("models::AggregationWebhooks", "Webhook id"),
};
static_assert(webhookTitles.size() == AggregationWebhooks::ColumnCount);

QString healthWord(api::RegisteredWebhook::Health health)
{
    switch (health) {
    case api::RegisteredWebhook::Health::Unknown:
        return {};
    case api::RegisteredWebhook::Health::Healthy:
        return u"HEALTHY"_s;
    case api::RegisteredWebhook::Health::Unhealthy:
        return u"UNHEALTHY"_s;
    }
    Q_UNREACHABLE();
}

void refuseDraft(const QString &problem, QObject *context, const AggregationWebhooks::Done &done)
{
    const api::Error error{
        .kind = api::ErrorKind::Rejected, .delivery = api::Delivery::CertainlyNotSent, .message = problem};
    QMetaObject::invokeMethod(context, [done, error] { done(std::unexpected(error)); }, Qt::QueuedConnection);
}

} // namespace

AggregationWebhooks::AggregationWebhooks(Aggregation &aggregation, QObject *parent)
    : QAbstractTableModel(parent)
    , m_aggregation(aggregation)
{
    const auto anew = [this] {
        reset();
        if (m_asked && m_aggregation.isUsed())
            refresh();
    };
    connect(&aggregation, &Aggregation::settingsChanged, this, anew);
    connect(&aggregation, &Aggregation::tenantChanged, this, anew);
}

AggregationWebhooks::~AggregationWebhooks() = default;

//! The rows of another tenant must not stay for a moment: an action on them would go to the wrong one.
void AggregationWebhooks::reset()
{
    m_list = {};
    ++m_generation; // actions under way are heard, but the rows are no longer theirs
    m_busy.clear();
    m_error.reset();
    m_readAt = 0;
    beginResetModel();
    m_webhooks.clear();
    endResetModel();
    emit stateChanged();
}

void AggregationWebhooks::refresh()
{
    m_asked = true;
    m_incoming.clear();
    readPage(0);
    emit stateChanged();
}

void AggregationWebhooks::readPage(int offset)
{
    m_list = m_aggregation.client().send(api::listWebhooks(pageLength, offset), this,
        [this, offset](const api::Result<QList<api::RegisteredWebhook>> &page) {
            if (page)
                return pageCame(offset, *page);
            m_error = page.error();
            emit stateChanged();
        });
}

//! The length of a page is the server's business, so the list is at its end when a page brings nothing new.
void AggregationWebhooks::pageCame(int offset, const QList<api::RegisteredWebhook> &page)
{
    const qsizetype before = m_incoming.size();
    for (const api::RegisteredWebhook &webhook : page) {
        if (std::ranges::find(m_incoming, webhook.id, &api::RegisteredWebhook::id) == m_incoming.end())
            m_incoming.append(webhook);
    }
    if (m_incoming.size() > before && m_incoming.size() < mostWebhooks)
        readPage(offset + static_cast<int>(page.size()));
    else
        listCame();
}

//! A diff by id, so that selection and scroll position survive.
void AggregationWebhooks::listCame()
{
    const QList<api::RegisteredWebhook> fresh = std::exchange(m_incoming, {});
    m_error.reset();
    m_readAt = QDateTime::currentMSecsSinceEpoch();
    for (qsizetype row = m_webhooks.size() - 1; row >= 0; --row) {
        const api::WebhookId id = m_webhooks[row].id;
        if (std::ranges::find(fresh, id, &api::RegisteredWebhook::id) == fresh.end())
            take(id);
    }
    for (const api::RegisteredWebhook &webhook : fresh)
        put(webhook);
    emit stateChanged();
}

void AggregationWebhooks::put(const api::RegisteredWebhook &webhook)
{
    const int row = rowOf(webhook.id);
    if (row < 0) {
        const int end = static_cast<int>(m_webhooks.size());
        beginInsertRows({}, end, end);
        m_webhooks.append(webhook);
        endInsertRows();
    } else if (m_webhooks[row] != webhook) {
        m_webhooks[row] = webhook;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void AggregationWebhooks::take(const api::WebhookId &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_webhooks.removeAt(row);
    endRemoveRows();
}

bool AggregationWebhooks::isLoading() const
{
    return m_list.isActive();
}

qint64 AggregationWebhooks::readAt() const
{
    return m_readAt;
}

const std::optional<api::Error> &AggregationWebhooks::error() const
{
    return m_error;
}

const QList<api::RegisteredWebhook> &AggregationWebhooks::webhooks() const
{
    return m_webhooks;
}

std::optional<api::RegisteredWebhook> AggregationWebhooks::webhook(const api::WebhookId &id) const
{
    const int row = rowOf(id);
    return row < 0 ? std::nullopt : std::optional(m_webhooks[row]);
}

int AggregationWebhooks::rowOf(const api::WebhookId &id) const
{
    const auto found = std::ranges::find(m_webhooks, id, &api::RegisteredWebhook::id);
    return found == m_webhooks.end() ? -1 : static_cast<int>(found - m_webhooks.begin());
}

bool AggregationWebhooks::isBusy(const api::WebhookId &id) const
{
    return m_busy.value(id) > 0;
}

void AggregationWebhooks::setBusy(const api::WebhookId &id, bool busy)
{
    m_busy[id] += busy ? 1 : -1;
    if (m_busy.value(id) <= 0)
        m_busy.remove(id);
    if (const int row = rowOf(id); row >= 0)
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1), {BusyRole});
    emit stateChanged();
}

void AggregationWebhooks::record(RegistryDeed deed, const QString &tenant,
    const std::optional<api::RegisteredWebhook> &before, const api::Result<api::RegisteredWebhook> &result)
{
    if (const auto entry = auditOfRegistry(deed, tenant, before, result))
        m_aggregation.record(*entry);
}

//! The model hears every answer, so that its rows are right even when nobody waits for it any more.
template<typename T, typename Handler>
void AggregationWebhooks::act(
    const api::WebhookId &id, const api::Request<T> &request, QObject *context, Handler handler)
{
    const quint64 number = ++m_lastAction;
    setBusy(id, true);
    m_actions[number] = m_aggregation.client().send(request, this,
        [this, number, id, generation = m_generation, listener = QPointer<QObject>(context),
            handler = std::move(handler)](api::Result<T> result) mutable {
            const api::Call done = std::exchange(m_actions[number], {});
            m_actions.erase(number);
            if (generation == m_generation)
                setBusy(id, false);
            handler(std::move(result), generation == m_generation, listener);
        });
}

void AggregationWebhooks::create(
    const QString &uri, const QStringList &types, bool disabled, QObject *context, Done done)
{
    if (const QString problem = draftProblem(uri, types); !problem.isEmpty())
        return refuseDraft(problem, context, done);
    act(api::WebhookId(), api::createWebhook(uri, types, disabled), context,
        [this, tenant = m_aggregation.tenant(), done = std::move(done)](
            const api::Result<api::RegisteredWebhook> &made, bool rowsAreIts, const QObject *listener) {
            record(RegistryDeed::Create, tenant, {}, made);
            if (made && rowsAreIts)
                put(*made);
            emit stateChanged();
            if (listener)
                done(made);
        });
}

void AggregationWebhooks::show(const api::WebhookId &id, QObject *context, Done done)
{
    act(id, api::getWebhook(id), context,
        [this, id, done = std::move(done)](
            const api::Result<api::RegisteredWebhook> &found, bool rowsAreIts, const QObject *listener) {
            if (found && rowsAreIts)
                put(*found);
            else if (!found && rowsAreIts && found.error().kind == api::ErrorKind::NotFound)
                take(id);
            emit stateChanged();
            if (listener)
                done(found);
        });
}

void AggregationWebhooks::change(
    const api::WebhookId &id, const api::WebhookChange &change, QObject *context, Done done)
{
    const auto known = webhook(id);
    const QStringList types = change.types.value_or(known ? known->types : api::webhookTypes());
    const QString uri = change.uri.value_or(u"https://unchanged.invalid"_s);
    if (const QString problem = draftProblem(uri, types); (change.uri || change.types) && !problem.isEmpty())
        return refuseDraft(problem, context, done);
    act(id, api::changeWebhook(id, change), context,
        [this, id, known, tenant = m_aggregation.tenant(), done = std::move(done)](
            const api::Result<api::RegisteredWebhook> &changed, bool rowsAreIts, const QObject *listener) {
            record(RegistryDeed::Change, tenant, known.value_or(api::RegisteredWebhook{.id = id}), changed);
            if (changed && rowsAreIts)
                put(*changed);
            else if (!changed && rowsAreIts && changed.error().kind == api::ErrorKind::NotFound)
                take(id);
            emit stateChanged();
            if (listener)
                done(changed);
        });
}

void AggregationWebhooks::remove(const api::WebhookId &id, QObject *context, Done done)
{
    const api::RegisteredWebhook known = webhook(id).value_or(api::RegisteredWebhook{.id = id});
    act(id, api::deleteWebhook(id), context,
        [this, id, known, tenant = m_aggregation.tenant(), done = std::move(done)](
            api::Result<api::RegisteredWebhook> removed, bool rowsAreIts, const QObject *listener) {
            record(RegistryDeed::Remove, tenant, known, removed);
            if (!removed && removed.error().kind == api::ErrorKind::NotFound)
                removed = known;
            if (removed && rowsAreIts)
                take(id);
            emit stateChanged();
            if (listener)
                done(removed);
        });
}

void AggregationWebhooks::fireTest(const api::WebhookId &id, QObject *context, Tested done)
{
    act(id, api::fireTestWebhook(id), context,
        [this, id, done = std::move(done)](
            const api::Result<api::WebhookTest> &test, bool rowsAreIts, const QObject *listener) {
            if (test && rowsAreIts)
                show(id, this, [](const api::Result<api::RegisteredWebhook> &) { });
            if (listener)
                done(test);
        });
}

int AggregationWebhooks::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_webhooks.size());
}

int AggregationWebhooks::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Cell AggregationWebhooks::cellAt(const api::RegisteredWebhook &webhook, int column) const
{
    const auto cell = [](CellType type, const QVariant &value) {
        return Cell{.type = type, .value = value, .currency = {}};
    };
    switch (static_cast<Column>(column)) {
    case Address:
        return cell(CellType::Text, webhook.uri);
    case Types: {
        QStringList words;
        for (const QString &type : webhook.types)
            words.append(typeText(type));
        return cell(CellType::Text, words.join(", "_L1));
    }
    case State:
        return cell(CellType::Status, webhook.disabled ? u"SWITCHED_OFF"_s : u"SWITCHED_ON"_s);
    case Health:
        return cell(CellType::Status, healthWord(webhook.health));
    case LastAttempt:
        return cell(CellType::Time, webhook.lastAttemptAt);
    case LastAnswer:
        return cell(
            CellType::Text, webhook.lastAttemptStatus == 0 ? QString() : QString::number(webhook.lastAttemptStatus));
    case LastSuccess:
        return cell(CellType::Time, webhook.lastSuccessAt);
    case Id:
        return cell(CellType::Id, webhook.id.text());
    case ColumnCount:
        break;
    }
    return {};
}

QVariant AggregationWebhooks::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const api::RegisteredWebhook &webhook = m_webhooks[index.row()];
    const Cell cell = cellAt(webhook, index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(cell, QLocale());
    case CellRole:
        return QVariant::fromValue(cell);
    case SortRole:
        return cell.value;
    case WebhookIdRole:
        return webhook.id.text();
    case BusyRole:
        return isBusy(webhook.id);
    case Qt::ToolTipRole:
        return index.column() == Health ? healthText(webhook, QLocale(), QDateTime::currentMSecsSinceEpoch())
                                        : QVariant(cellText(cell, QLocale()));
    case HealthTextRole:
        return healthText(webhook, QLocale(), QDateTime::currentMSecsSinceEpoch());
    case Qt::AccessibleTextRole:
        return index.column() == Health ? healthLook(webhook, QDateTime::currentMSecsSinceEpoch()).word
                                        : cellText(cell, QLocale());
    case Qt::AccessibleDescriptionRole:
        return spokenRow(*this, index.row());
    case LookRole:
        if (index.column() == State)
            return QVariant::fromValue(stateLook(webhook));
        return index.column() == Health ? QVariant::fromValue(healthLook(webhook, QDateTime::currentMSecsSinceEpoch()))
                                        : QVariant();
    default:
        return {};
    }
}

QVariant AggregationWebhooks::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    return tr(webhookTitles[static_cast<size_t>(section)]);
}

} // namespace models

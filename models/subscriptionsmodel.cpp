// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscriptionsmodel.h"

#include "models/spoken.h"

#include "models/webhookvault.h"

#include <QLocale>

#include <algorithm>
#include <chrono>

namespace models {

namespace {

using namespace std::chrono_literals;

bool same(const QList<WebhookSubscription> &before, const QList<WebhookSubscription> &after)
{
    return std::ranges::equal(before, after, [](const WebhookSubscription &a, const WebhookSubscription &b) {
        return a.id == b.id && a.changedAt == b.changedAt && a.state == b.state && a.events == b.events
            && a.notVerified == b.notVerified;
    });
}

} // namespace

StatusLook subscriptionLook(SubscriptionState state)
{
    const QString word = subscriptionStateText(state);
    switch (state) {
    case SubscriptionState::Asked:
        return {word, StatusTone::InProgress};
    case SubscriptionState::Active:
        return {word, StatusTone::Done};
    case SubscriptionState::Disabled:
    case SubscriptionState::Ended:
        return {word, StatusTone::Idle};
    case SubscriptionState::Lost:
        return {word, StatusTone::Unknown};
    }
    Q_UNREACHABLE();
}

SubscriptionsModel::SubscriptionsModel(Ledger &ledger, WebhookVault &vault, QObject *parent)
    : QAbstractTableModel(parent)
    , m_ledger(ledger)
{
    m_gather.setInterval(500ms);
    m_gather.setSingleShot(true);
    connect(&m_gather, &QTimer::timeout, this, &SubscriptionsModel::read);
    connect(&vault, &WebhookVault::changed, this, &SubscriptionsModel::read);
    connect(&m_ledger, &Ledger::changedElsewhere, this, &SubscriptionsModel::read);
    connect(&m_ledger, &Ledger::recordsChanged, this, [this](RecordKind kind) {
        // Not restarted: a steady stream of events must not put it off for good.
        if (kind == RecordKind::Event && !m_gather.isActive())
            m_gather.start();
    });
    read();
}

void SubscriptionsModel::read()
{
    m_read = m_ledger.read<QList<WebhookSubscription>>(
        readSubscriptions, this, [this](const DatabaseResult<QList<WebhookSubscription>> &found) { take(found); });
}

void SubscriptionsModel::take(const DatabaseResult<QList<WebhookSubscription>> &found)
{
    m_problem = found ? QString() : databaseErrorText(found.error());
    m_isRead = true;
    if (found) {
        QList<WebhookSubscription> sorted = *found;
        std::stable_partition(sorted.begin(), sorted.end(),
            [](const WebhookSubscription &one) { return one.state != SubscriptionState::Ended; });
        const bool sameRows = std::ranges::equal(
            sorted, m_subscriptions, {}, &WebhookSubscription::id, &WebhookSubscription::id);
        const bool nothingNew = same(m_subscriptions, sorted);
        if (!sameRows)
            beginResetModel();
        m_subscriptions = sorted;
        if (!sameRows)
            endResetModel();
        else if (!nothingNew)
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
    emit changed();
}

const WebhookSubscription *SubscriptionsModel::at(int row) const
{
    return row >= 0 && row < m_subscriptions.size() ? &m_subscriptions.at(row) : nullptr;
}

int SubscriptionsModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_subscriptions, id, &WebhookSubscription::id);
    return found == m_subscriptions.end() ? -1 : static_cast<int>(found - m_subscriptions.begin());
}

int SubscriptionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_subscriptions.size());
}

int SubscriptionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SubscriptionsModel::text(const WebhookSubscription &subscription, int column) const
{
    const QLocale locale;
    switch (column) {
    case NameColumn:
        return subscription.name.isEmpty() ? tr("Without a name") : subscription.name;
    case StateColumn:
        return subscriptionStateText(subscription.state);
    case CoversColumn:
        return subscription.family == WebhookFamily::Aggregation ? tr("Account aggregation")
                                                                 : scopeText(subscription.scope);
    case LastEventColumn:
        return subscription.lastEventAt == 0
            ? tr("none yet")
            : cellText({.type = CellType::Time, .value = subscription.lastEventAt, .currency = {}}, locale);
    case EventsColumn:
        return locale.toString(subscription.events);
    case AddressColumn:
        return subscription.url;
    default:
        return {};
    }
}

QVariant SubscriptionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const WebhookSubscription &subscription = m_subscriptions.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(subscription, index.column());
    case Qt::AccessibleDescriptionRole:
        return spokenRow(*this, index.row());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (index.column() == EventsColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case LookRole:
        return index.column() == StateColumn ? QVariant::fromValue(subscriptionLook(subscription.state)) : QVariant();
    default:
        return {};
    }
}

QVariant SubscriptionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == EventsColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case NameColumn:
        return tr("Name");
    case StateColumn:
        return tr("State");
    case CoversColumn:
        return tr("Tells of");
    case LastEventColumn:
        return tr("Last event");
    case EventsColumn:
        return tr("Events");
    case AddressColumn:
        return tr("Address");
    default:
        return {};
    }
}

} // namespace models

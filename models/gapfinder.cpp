// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gapfinder.h"

#include "models/cell.h"
#include "models/spoken.h"
#include "models/webhooksubscriptions.h"

#include <QDateTime>
#include <QHash>
#include <QLocale>

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

using namespace std::chrono_literals;

//! Older gaps have been seen or do not matter any more.
constexpr qint64 lookBackMs = 7LL * 24 * 3'600'000;
constexpr int eventsToLookAt = 50'000;
constexpr int paymentsToLookAt = 20'000;
constexpr int eventsOfASubscription = 200;

struct Coverage
{
    QStringList events;
    qint64 since = 0;
};

//! What all active subscriptions should tell of together, and since when they all do.
Coverage coverageNow(const QList<WebhookSubscription> &subscriptions)
{
    Coverage coverage;
    for (const WebhookSubscription &subscription : subscriptions) {
        if (subscription.state != SubscriptionState::Active || subscription.family != WebhookFamily::PayByBank)
            continue;
        coverage.events += coveredEvents(subscription.scope);
        coverage.since = std::max(coverage.since, subscription.madeAt);
    }
    coverage.events.removeDuplicates();
    return coverage;
}

struct Payment
{
    PaymentFacts facts;
    QString customer;
};

DatabaseResult<void> eachRow(Statement &statement, const std::function<void(const Statement &)> &use)
{
    for (;;) {
        const auto row = statement.step();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            break;
        use(statement);
    }
    statement.reset();
    return {};
}

Payment paymentOf(const Statement &row)
{
    return {.facts = {.id = row.text(0),
                .status = row.text(1),
                .createdAt = row.integer(2),
                .settlementAt = row.integer(3),
                .lastReadAt = row.integer(4)},
        .customer = row.text(5)};
}

constexpr QByteArrayView selectPayments = "SELECT id, status, created_at, settlement_at, last_read_at, customer_name "
                                          "FROM transactions";

using Payments = QHash<QString, Payment>;

//! Those that may be overdue.
DatabaseResult<void> readUnderWay(Database &database, qint64 now, Payments &payments)
{
    const auto statement = database.prepare(selectPayments.toByteArray()
        + " WHERE status IN ('CREATED', 'PENDING', 'AUTHORIZED', 'SCHEDULED', 'INITIATED') AND type = 'DEBIT'"
          " AND key < ?1 ORDER BY key DESC LIMIT ?2");
    if (!statement)
        return std::unexpected(statement.error());
    (*statement)->bind(0, now << 20).bind(1, qint64(paymentsToLookAt));
    return eachRow(**statement, [&payments](const Statement &row) { payments.insert(row.text(0), paymentOf(row)); });
}

//! Those that events named of late; without the payment in the ledger they cannot be judged.
DatabaseResult<void> readTalkedOf(Database &database, qint64 now, Payments &payments)
{
    const auto statement = database.prepare(selectPayments.toByteArray()
        + " WHERE type = 'DEBIT' AND id IN (SELECT resource_id FROM events WHERE key > ?1 AND family = 'PAY_BY_BANK'"
          " AND type LIKE 'payment.%' ORDER BY key DESC LIMIT ?2)");
    if (!statement)
        return std::unexpected(statement.error());
    (*statement)->bind(0, (now - lookBackMs) << 20).bind(1, qint64(eventsToLookAt));
    return eachRow(**statement, [&payments](const Statement &row) { payments.insert(row.text(0), paymentOf(row)); });
}

DatabaseResult<void> readEvents(Database &database, Payments &payments)
{
    const auto statement = database.prepare(
        "SELECT type, received_at FROM events WHERE resource_id = ?1 AND family = 'PAY_BY_BANK' ORDER BY key");
    if (!statement)
        return std::unexpected(statement.error());
    for (auto payment = payments.begin(); payment != payments.end(); ++payment) {
        (*statement)->bind(0, payment.key());
        const auto done = eachRow(**statement, [&payment](const Statement &row) {
            payment->facts.events.append({.type = row.text(0), .receivedAt = row.integer(1)});
        });
        if (!done)
            return done;
    }
    return {};
}

DatabaseResult<Payments> paymentsToJudge(Database &database, qint64 now)
{
    Payments payments;
    auto done = readUnderWay(database, now, payments);
    if (done)
        done = readTalkedOf(database, now, payments);
    if (done)
        done = readEvents(database, payments);
    return done ? DatabaseResult<Payments>(std::move(payments)) : std::unexpected(done.error());
}

DatabaseResult<QList<GapTask>> silences(Database &database, const QList<WebhookSubscription> &subscriptions, qint64 now)
{
    const auto statement = database.prepare(
        "SELECT received_at FROM events WHERE subscription_id = ?1 ORDER BY key DESC LIMIT ?2");
    if (!statement)
        return std::unexpected(statement.error());
    QList<GapTask> tasks;
    for (const WebhookSubscription &subscription : subscriptions) {
        if (subscription.state != SubscriptionState::Active)
            continue;
        (*statement)->bind(0, subscription.id).bind(1, qint64(eventsOfASubscription));
        QList<qint64> received;
        const auto done = eachRow(**statement, [&received](const Statement &row) { received.append(row.integer(0)); });
        if (!done)
            return std::unexpected(done.error());
        std::ranges::sort(received);
        if (const auto gap = silenceOf(subscription.id, received, now))
            tasks.append({.gap = *gap, .who = subscription.name.isEmpty() ? subscription.url : subscription.name});
    }
    return tasks;
}

void appendGaps(QList<GapTask> &tasks, const Payments &payments, const Coverage &coverage, qint64 now)
{
    for (Payment payment : payments) {
        payment.facts.covered = coverage.events;
        payment.facts.coveredSince = coverage.since;
        for (const Gap &gap : gapsOf(payment.facts, now))
            tasks.append({.gap = gap, .who = payment.customer});
    }
}

} // namespace

DatabaseResult<QList<GapTask>> findGaps(Database &database, qint64 now)
{
    const auto subscriptions = readSubscriptions(database);
    if (!subscriptions)
        return std::unexpected(subscriptions.error());
    auto tasks = silences(database, *subscriptions, now);
    if (!tasks)
        return tasks;
    const auto payments = paymentsToJudge(database, now);
    if (!payments)
        return std::unexpected(payments.error());
    appendGaps(*tasks, *payments, coverageNow(*subscriptions), now);
    std::ranges::sort(*tasks, {}, [](const GapTask &task) { return std::pair(task.gap.since, task.gap.subject); });
    tasks->resize(std::min<qsizetype>(tasks->size(), gapTaskLimit));
    return tasks;
}

GapFinder::GapFinder(Ledger &ledger, QObject *parent)
    : QAbstractTableModel(parent)
    , m_ledger(ledger)
{
    m_every.setInterval(1min);
    m_soon.setInterval(5s);
    m_soon.setSingleShot(true);
    connect(&m_every, &QTimer::timeout, this, &GapFinder::lookNow);
    connect(&m_soon, &QTimer::timeout, this, &GapFinder::lookNow);
    connect(&m_ledger, &Ledger::recordsChanged, this, [this] {
        // Not restarted: a steady stream of changes must not put the look off for good.
        if (m_every.isActive() && !m_soon.isActive())
            m_soon.start();
    });
}

void GapFinder::start()
{
    m_every.start();
    lookNow();
}

void GapFinder::stop()
{
    m_every.stop();
    m_soon.stop();
    m_read = {};
}

void GapFinder::lookNow()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_read = m_ledger.read<QList<GapTask>>([now](Database &database) { return findGaps(database, now); }, this,
        [this](const DatabaseResult<QList<GapTask>> &found) { take(found); }, Ledger::Lane::Long);
}

void GapFinder::take(const DatabaseResult<QList<GapTask>> &found)
{
    m_isRead = m_isRead || found;
    m_problem = found ? QString() : databaseErrorText(found.error());
    if (found && *found != m_tasks) {
        beginResetModel();
        m_tasks = *found;
        endResetModel();
    }
    emit looked();
}

int GapFinder::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tasks.size());
}

int GapFinder::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString GapFinder::text(const GapTask &task, int column) const
{
    switch (column) {
    case WhatColumn:
        return gapText(task.gap);
    case SubjectColumn:
        return task.who.isEmpty() ? task.gap.subject : task.who;
    case SinceColumn:
        return cellText({.type = CellType::Time, .value = task.gap.since, .currency = {}}, QLocale());
    case NextStepColumn:
        return gapNextStep(task.gap);
    default:
        return {};
    }
}

QVariant GapFinder::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const GapTask &task = m_tasks.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(task, index.column());
    case Qt::ToolTipRole:
        return index.column() == SubjectColumn ? task.gap.subject : text(task, index.column());
    case Qt::AccessibleDescriptionRole:
        return spokenRow(*this, index.row());
    case TaskRole:
        return QVariant::fromValue(task);
    default:
        return {};
    }
}

QVariant GapFinder::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case WhatColumn:
        return tr("What is missing");
    case SubjectColumn:
        return tr("Where");
    case SinceColumn:
        return tr("Since");
    case NextStepColumn:
        return tr("What to do");
    default:
        return {};
    }
}

} // namespace models

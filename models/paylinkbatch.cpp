// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paylinkbatch.h"

#include "models/cell.h"
#include "models/instancelock.h"
#include "models/plurals.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

//! A batch as the ledger has it.
struct PayLinkBatch::Stored
{
    qint64 id = 0;
    QString name = {};
    qint64 total = 0;
    State state = State::Running;
    QString owner = {};
    QList<qint64> planned = {};
    qint64 made = 0;
    qint64 failed = 0;
};

namespace {

constexpr int watchBatchMs = 1000;
constexpr qsizetype atOnce = 2; //!< so many that a slow answer does not stop the rest, so few that nobody is flooded

qint64 batchNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString batchStateWord(Job::State state)
{
    switch (state) {
    case Job::State::Running:
        return u"RUNNING"_s;
    case Job::State::Paused:
        return u"PAUSED"_s;
    case Job::State::Done:
        return u"DONE"_s;
    case Job::State::Cancelled:
    case Job::State::Failed:
        return u"CANCELLED"_s;
    }
    Q_UNREACHABLE();
}

Job::State batchStateOfWord(const QString &word)
{
    for (const Job::State state : {Job::State::Running, Job::State::Done, Job::State::Cancelled}) {
        if (batchStateWord(state) == word)
            return state;
    }
    return Job::State::Paused;
}

DatabaseResult<qint64> insertBatch(Database &database, const QString &name, qint64 total, const QString &owner)
{
    auto statement = database.prepare("INSERT INTO pay_link_batches(name, state, total, created_at, changed_at, owner) "
                                      "VALUES(?1, 'RUNNING', ?2, ?3, ?3, ?4)");
    if (!statement)
        return std::unexpected(statement.error());
    (*statement)->bind(0, QStringView(name)).bind(1, total).bind(2, batchNow()).bind(3, QStringView(owner));
    if (const auto done = (*statement)->run(); !done)
        return std::unexpected(done.error());
    return database.lastInsertKey();
}

DatabaseResult<QList<qint64>> plannedOf(Database &database, qint64 batch)
{
    auto statement = database.prepare(
        "SELECT key FROM pay_links WHERE batch = ?1 AND state = 'PLANNED' ORDER BY batch_line");
    if (!statement)
        return std::unexpected(statement.error());
    QList<qint64> keys;
    (*statement)->bind(0, batch);
    auto row = (*statement)->step();
    for (; row && *row; row = (*statement)->step())
        keys.append((*statement)->integer(0));
    (*statement)->reset();
    if (!row)
        return std::unexpected(row.error());
    return keys;
}

DatabaseResult<void> storeBatchState(Database &database, qint64 id, Job::State state, const QString &owner)
{
    auto statement = database.prepare(
        "UPDATE pay_link_batches SET state = ?1, changed_at = ?2, owner = ?3 WHERE id = ?4");
    if (!statement)
        return std::unexpected(statement.error());
    const QString word = batchStateWord(state);
    return (*statement)->bind(0, QStringView(word)).bind(1, batchNow()).bind(2, notNull(owner)).bind(3, id).run();
}

DatabaseResult<QList<qint64>> unendedBatches(Database &database)
{
    auto statement = database.prepareOnce(
        "SELECT id FROM pay_link_batches WHERE state IN ('RUNNING', 'PAUSED') ORDER BY id");
    if (!statement)
        return std::unexpected(statement.error());
    QList<qint64> ids;
    auto row = statement->step();
    for (; row && *row; row = statement->step())
        ids.append(statement->integer(0));
    if (!row)
        return std::unexpected(row.error());
    return ids;
}

bool hasLink(PayLinkState state)
{
    return isLive(state) || state == PayLinkState::Finished;
}

} // namespace

PayLinkBatch::PayLinkBatch(const Stored &stored, PayLinks &links, Ledger &ledger)
    : m_links(links)
    , m_ledger(ledger)
    , m_id(stored.id)
    , m_name(stored.name)
    , m_total(stored.total)
    , m_state(stored.state)
    , m_waiting(stored.planned)
    , m_made(stored.made)
    , m_failed(stored.failed)
{
    connect(&m_links, &PayLinks::changed, this, &PayLinkBatch::took);
    connect(&m_ledger, &Ledger::changedElsewhere, this, &PayLinkBatch::lookAgain);
    connect(&m_watch, &QTimer::timeout, this, &PayLinkBatch::follow);
    m_watch.setInterval(watchBatchMs);
}

void PayLinkBatch::start(
    const LinkPlan &plan, PayLinks &links, Ledger &ledger, QObject *context, const StartHandler &handler)
{
    auto stored = std::make_shared<Stored>(Stored{.name = plan.name, .total = plan.good()});
    const PayLinkDesk desk{.service = links.service(), .now = batchNow()};
    const auto job = [plan, desk, stored, owner = links.instance(), &ledger](
                         Database &database) -> DatabaseResult<void> {
        stored->planned.clear();
        const auto id = insertBatch(database, stored->name, stored->total, owner);
        if (!id)
            return std::unexpected(id.error());
        stored->id = *id;
        for (const PlannedLink &link : plan.links) {
            if (!link.canBeSent())
                continue;
            const auto key = insertPayLink(
                database, {.draft = link.draft}, desk, PayLinkState::Planned, {.batch = *id, .line = link.line});
            if (!key)
                return std::unexpected(key.error());
            stored->planned.append(*key);
            ledger.noteChange(RecordKind::PayLink, *key);
        }
        return {};
    };
    ledger.write(job, Ledger::Durability::Full, context,
        [stored, &links, &ledger, handler](const DatabaseResult<void> &written) {
            if (!written)
                return handler(std::unexpected(databaseErrorText(written.error())));
            auto *batch = new PayLinkBatch(*stored, links, ledger);
            handler(batch);
            batch->sendNext();
        });
}

DatabaseResult<std::optional<PayLinkBatch::Stored>> PayLinkBatch::readStored(Database &database, qint64 id)
{
    auto statement = database.prepareOnce(
        "SELECT name, total, state, owner, "
        "(SELECT count(*) FROM pay_links l WHERE l.batch = b.id AND l.state IN ('READY', 'SHARED', 'OPENED', "
        "'EXPIRED', 'ABANDONED', 'PAGE_ERROR', 'CUSTOMER', 'LINKED', 'DECIDED', 'FINISHED')), "
        "(SELECT count(*) FROM pay_links l WHERE l.batch = b.id AND l.state = 'SENDING'), "
        "(SELECT count(*) FROM pay_links l WHERE l.batch = b.id AND l.state = 'WITHDRAWN') "
        "FROM pay_link_batches b WHERE b.id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = statement->bind(0, id).step();
    if (!row)
        return std::unexpected(row.error());
    const auto planned = plannedOf(database, id);
    if (!planned)
        return std::unexpected(planned.error());
    if (!*row)
        return std::nullopt;
    const qint64 total = statement->integer(1) - statement->integer(6);
    const qint64 made = statement->integer(4);
    return Stored{.id = id,
        .name = statement->text(0),
        .total = total,
        .state = batchStateOfWord(statement->text(2)),
        .owner = statement->text(3),
        .planned = *planned,
        .made = made,
        .failed = total - made - planned->size() - statement->integer(5)};
}

void PayLinkBatch::restore(
    PayLinks &links, Ledger &ledger, QObject *context, std::function<void(const QList<PayLinkBatch *> &)> handler)
{
    auto found = std::make_shared<QList<Stored>>();
    const auto job = [found](Database &database) -> DatabaseResult<void> {
        found->clear();
        const auto ids = unendedBatches(database);
        if (!ids)
            return std::unexpected(ids.error());
        for (const qint64 id : *ids) {
            const auto stored = readStored(database, id);
            if (!stored)
                return std::unexpected(stored.error());
            if (*stored)
                found->append(**stored);
        }
        return {};
    };
    ledger.write(job, Ledger::Durability::Normal, context,
        [found, &links, &ledger, handler = std::move(handler)](const DatabaseResult<void> &) {
            QList<PayLinkBatch *> batches;
            for (const Stored &stored : *found) {
                auto *batch = new PayLinkBatch(stored, links, ledger);
                batch->show(stored);
                batches.append(batch);
            }
            handler(batches);
        });
}

//! What the ledger says while this console does not send it.
void PayLinkBatch::show(const Stored &stored)
{
    const bool ended = stored.state == State::Done || stored.state == State::Cancelled;
    m_elsewhere = !ended && stored.state == State::Running && !stored.owner.isEmpty()
        && stored.owner != m_links.instance() && instanceLives(m_ledger.file(), stored.owner);
    m_state = ended || m_elsewhere ? stored.state : State::Paused;
    m_total = stored.total;
    m_waiting = stored.planned;
    m_made = stored.made;
    m_failed = stored.failed;
    if (m_elsewhere)
        m_problem.clear();
    if (ended)
        m_watch.stop();
    else
        m_watch.start();
    emit changed();
}

void PayLinkBatch::follow()
{
    if (!m_sending.isEmpty() || m_following.isActive() || (m_state != State::Paused && !m_elsewhere))
        return;
    using Found = std::optional<Stored>;
    m_following = m_ledger.read<Found>([id = m_id](Database &database) { return readStored(database, id); }, this,
        [this](const DatabaseResult<Found> &found) {
            const bool mayShow = m_sending.isEmpty() && (m_state == State::Paused || m_elsewhere);
            if (found && *found && mayShow)
                show(**found);
        });
}

//! A line that another console sends by itself ends there, too.
void PayLinkBatch::lookAgain()
{
    const QSet<qint64> sending = m_sending;
    for (const qint64 key : sending)
        took(key);
    follow();
}

QString PayLinkBatch::title() const
{
    return tr("Pay links from %1").arg(m_name);
}

QString PayLinkBatch::summary() const
{
    const QString made = counted(m_made, tr("1 link made"), tr("%1 links made"));
    const QString failed = m_failed == 0 ? QString() : counted(m_failed, tr(", 1 not"), tr(", %1 not"));
    if (m_elsewhere)
        return tr("Another console is sending these: %1%2 so far.").arg(made, failed);
    switch (m_state) {
    case State::Running:
        return tr("%1%2 so far.").arg(made, failed);
    case State::Paused:
        return m_problem.isEmpty() ? tr("Paused: %1%2.").arg(made, failed) : tr("Paused: %1").arg(m_problem);
    case State::Done:
        return tr("%1%2.").arg(made, failed);
    case State::Cancelled:
    case State::Failed:
        return tr("Canceled: %1%2; the rest was not sent.").arg(made, failed);
    }
    Q_UNREACHABLE();
}

void PayLinkBatch::sendNext()
{
    while (m_state == State::Running && !m_elsewhere && m_sending.size() < atOnce && !m_waiting.isEmpty()) {
        const qint64 key = m_waiting.takeFirst();
        m_sending.insert(key);
        m_links.send(key, this, [this, key](const std::expected<void, QString> &sent) {
            if (!sent)
                took(key);
        });
    }
    if (m_state == State::Running && !m_elsewhere && m_waiting.isEmpty() && m_sending.isEmpty())
        keepState(State::Done);
    emit changed();
}

void PayLinkBatch::took(qint64 key)
{
    if (!m_sending.contains(key))
        return;
    using Link = std::optional<PayLink>;
    m_reads[key] = m_ledger.read<Link>([key](Database &database) { return readPayLink(database, key); }, this,
        [this, key](const DatabaseResult<Link> &link) {
            if (link && *link)
                settled(key, (*link)->state);
        });
}

void PayLinkBatch::settled(qint64 key, PayLinkState state)
{
    if (state == PayLinkState::Sending || !m_sending.remove(key))
        return;
    if (state == PayLinkState::Planned) {
        // Nothing could be sent: the same will happen to the rest, so a person decides when to go on.
        m_waiting.prepend(key);
        m_problem = tr("nothing could be sent. Check the connection, then resume.");
        if (m_state == State::Running)
            keepState(State::Paused);
    } else if (hasLink(state)) {
        ++m_made;
    } else {
        ++m_failed;
    }
    sendNext();
}

void PayLinkBatch::keepState(State state)
{
    m_state = state;
    if (state == State::Paused)
        m_watch.start();
    else
        m_watch.stop();
    m_ledger.write([id = m_id, state](Database &database) { return storeBatchState(database, id, state, {}); },
        Ledger::Durability::Normal, nullptr, {});
    emit changed();
}

void PayLinkBatch::pause()
{
    if (m_state == State::Running && !m_elsewhere)
        keepState(State::Paused);
}

void PayLinkBatch::resume()
{
    if (m_state != State::Paused)
        return;
    auto stored = std::make_shared<std::optional<Stored>>();
    // Whether another console has it is looked up where it is written down, so that only one can get it.
    const auto job = [stored, id = m_id, owner = m_links.instance(), file = m_ledger.file()](
                         Database &database) -> DatabaseResult<void> {
        stored->reset();
        auto found = readStored(database, id);
        if (!found)
            return std::unexpected(found.error());
        const bool open = *found && ((*found)->state == State::Running || (*found)->state == State::Paused);
        const bool taken = open && !(*found)->owner.isEmpty() && (*found)->owner != owner
            && instanceLives(file, (*found)->owner);
        if (!open || taken)
            return {};
        *stored = *std::move(found);
        return storeBatchState(database, id, State::Running, owner);
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, stored](const DatabaseResult<void> &written) {
        if (!written) {
            m_problem = databaseErrorText(written.error());
            emit changed();
        } else if (*stored) {
            claimed(**stored);
        } else {
            follow();
        }
    });
}

void PayLinkBatch::claimed(const Stored &stored)
{
    if (m_state != State::Paused)
        return;
    m_problem.clear();
    m_watch.stop();
    m_state = State::Running;
    if (m_sending.isEmpty()) {
        m_made = stored.made;
        m_failed = stored.failed;
        m_total = stored.total;
    }
    m_waiting = stored.planned;
    m_waiting.removeIf([this](qint64 key) { return m_sending.contains(key); });
    sendNext();
}

void PayLinkBatch::cancel()
{
    if (m_state != State::Running && m_state != State::Paused)
        return;
    const QList<qint64> withdrawn = std::exchange(m_waiting, {});
    m_total -= withdrawn.size();
    m_elsewhere = false;
    keepState(State::Cancelled);
    m_ledger.write(
        [&ledger = m_ledger, withdrawn](Database &database) -> DatabaseResult<void> {
            for (const qint64 key : withdrawn) {
                const auto changed = changePayLink(
                    database, key, {.from = {PayLinkState::Planned}, .to = PayLinkState::Withdrawn, .at = batchNow()});
                if (!changed)
                    return std::unexpected(changed.error());
                ledger.noteChange(RecordKind::PayLink, key);
            }
            return {};
        },
        Ledger::Durability::Full, nullptr, {});
}

QByteArray safeCsvCell(const QString &text)
{
    QString safe = text;
    // A spreadsheet calculates what begins like this, wherever the text came from.
    if (!safe.isEmpty() && u"=+-@\t\r"_s.contains(safe.front()))
        safe.prepend(u'\'');
    if (safe.contains(u'"') || safe.contains(u',') || safe.contains(u'\n') || safe.contains(u'\r'))
        safe = u'"' + safe.replace(u'"', u"\"\""_s) + u'"';
    return safe.toUtf8();
}

DatabaseResult<QByteArray> batchResult(Database &database, qint64 batch)
{
    auto statement = database.prepare("SELECT batch_line, name, email, amount_cents, reference, state, answer, url "
                                      "FROM pay_links WHERE batch = ?1 ORDER BY batch_line");
    if (!statement)
        return std::unexpected(statement.error());
    QByteArray csv = "line,name,email,amount,reference,state,answer,link\r\n";
    Statement &row = **statement;
    row.bind(0, batch);
    auto more = row.step();
    for (; more && *more; more = row.step()) {
        const qint64 cents = row.integer(3);
        const QStringList cells{QString::number(row.integer(0)), row.text(1), row.text(2),
            cents > 0 ? api::plainAmount(cents) : QString(), row.text(4),
            statusLook(RecordKind::PayLink, row.text(5)).word, row.text(6), row.text(7)};
        QByteArrayList safe;
        for (const QString &cell : cells)
            safe.append(safeCsvCell(cell));
        csv += safe.join(',') + "\r\n";
    }
    row.reset();
    if (!more)
        return std::unexpected(more.error());
    return csv;
}

} // namespace models

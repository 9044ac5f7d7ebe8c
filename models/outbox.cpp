// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outbox.h"

#include "models/intentcheck.h"
#include "models/outboxsender.h"
#include "models/outboxwatch.h"
#include "models/whilealive.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

qint64 outboxNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

// Two processes may have met between the look and the insert: the schema's word is final, and the remainder is read
// anew for the sentence.
IntentRefusal refusalByRule(Database &database, const DatabaseError &error, const Intent &intent)
{
    IntentRefusal refusal = refusalOfConstraint(error);
    if (const auto remainder = remainderOf(database, intent.original))
        refusal.remainderCents = remainder->left;
    return refusal;
}

struct Written
{
    qint64 key = 0;
    qint64 holdUntil = 0;
    IntentRefusal refusal = {};
};

struct WrittenBy
{
    QString owner;
    QString service;
};

DatabaseResult<void> writeIntent(
    Database &database, const Intent &intent, const OutboxOptions &options, const WrittenBy &by, Written &written)
{
    auto fresh = prepareIntent(database, intent, options, outboxNow());
    if (!fresh) {
        written.refusal = fresh.error().refusal;
        const DatabaseError byRule{.problem = DatabaseProblem::Constraint, .message = u"refused"_s, .file = {}};
        return std::unexpected(fresh.error().error.value_or(byRule));
    }
    fresh->owner = by.owner;
    fresh->entry.service = by.service;
    const auto key = insertOutboxEntry(database, *fresh);
    if (!key) {
        written.refusal = refusalByRule(database, key.error(), intent);
        return std::unexpected(key.error());
    }
    written.key = *key;
    written.holdUntil = fresh->entry.holdUntil;
    return {};
}

void noteEntry(Ledger &ledger, Database &database, qint64 key)
{
    ledger.noteChange(RecordKind::OutboxEntry, key);
    const auto entry = readOutboxEntry(database, key);
    const auto original = entry && *entry ? transactionKey(database, (*entry)->original) : DatabaseResult<qint64>(0);
    if (original && *original > 0)
        ledger.noteChange(RecordKind::Transaction, *original);
}

} // namespace

class Outbox::Private
{
public:
    Private(Outbox &outbox, Ledger &theLedger, api::Client &theClient, OutboxOptions theOptions)
        : q(outbox)
        , ledger(theLedger)
        , client(theClient)
        , options(std::move(theOptions))
        , lock(theLedger.file())
        , sender(theLedger, theClient, lock, options)
        , watch(theLedger, lock, [this] { return sender.underWay(); })
    {
        removeDeadLocks(ledger.file());
    }

    using Change = std::function<DatabaseResult<bool>(Database &)>;
    //! Runs it durably; when it says false, the handler gets `otherwise`.
    void change(qint64 key, const Change &job, const QString &otherwise, const ChangeHandler &handler);
    void written(const Written &result, const DatabaseResult<void> &outcome, const SubmitHandler &handler);

    Outbox &q;
    Ledger &ledger;
    api::Client &client;
    OutboxOptions options;
    InstanceLock lock;
    OutboxSender sender;
    OutboxWatch watch;
};

void Outbox::Private::change(qint64 key, const Change &job, const QString &otherwise, const ChangeHandler &handler)
{
    auto taken = std::make_shared<bool>(false);
    const auto step = [&store = ledger, key, job, taken](Database &database) -> DatabaseResult<void> {
        const auto done = job(database);
        if (!done)
            return std::unexpected(done.error());
        *taken = *done;
        if (*taken)
            noteEntry(store, database, key);
        return {};
    };
    ledger.write(step, Ledger::Durability::Full, &q,
        [this, key, taken, otherwise, handler](const DatabaseResult<void> &outcome) {
            if (handler && !outcome)
                handler(
                    std::unexpected(Outbox::tr("Nothing was changed.") + u' ' + databaseErrorText(outcome.error())));
            else if (handler && !*taken)
                handler(std::unexpected(otherwise));
            else if (handler)
                handler({});
            emit q.entryChanged(key);
        });
}

void Outbox::Private::written(const Written &result, const DatabaseResult<void> &outcome, const SubmitHandler &handler)
{
    if (!outcome) {
        IntentRefusal refusal = result.refusal;
        if (refusal.problem == IntentProblem::NotWritten && refusal.detail.isEmpty())
            refusal.detail = databaseErrorText(outcome.error());
        if (handler)
            handler(std::unexpected(refusal));
        return;
    }
    sender.countDown(result.key, result.holdUntil);
    if (handler)
        handler(result.key);
    emit q.entryChanged(result.key);
}

Outbox::Outbox(Ledger &ledger, api::Client &client, OutboxOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, ledger, client, std::move(options)))
{
    connect(&d->sender, &OutboxSender::changed, this, &Outbox::entryChanged);
    connect(&d->sender, &OutboxSender::resultKnown, this, &Outbox::resultKnown);
    connect(&d->watch, &OutboxWatch::changed, this, &Outbox::entryChanged);
    connect(&d->watch, &OutboxWatch::needsPersonChanged, this, &Outbox::needsPersonChanged);
    d->watch.sweep();
}

void Outbox::setMerchant(const api::MerchantId &merchant)
{
    d->options.merchant = merchant;
    d->sender.setMerchant(merchant);
}

Outbox::~Outbox() = default;

void Outbox::submit(const Intent &intent, QObject *context, SubmitHandler handler)
{
    const SubmitHandler guarded = whileAlive(context, std::move(handler));
    // Without the lock another process would take our entries for those of a dead one.
    if (!d->lock.hold()) {
        const IntentRefusal refusal{
            .problem = IntentProblem::NotWritten, .remainderCents = 0, .detail = lockProblemText()};
        if (guarded)
            QMetaObject::invokeMethod(
                this, [guarded, refusal] { guarded(std::unexpected(refusal)); }, Qt::QueuedConnection);
        return;
    }
    auto result = std::make_shared<Written>();
    const WrittenBy by{.owner = d->lock.instance(), .service = d->client.host()};
    const auto job = [&ledger = d->ledger, intent, options = d->options, by, result](Database &database) {
        *result = {};
        const auto done = writeIntent(database, intent, options, by, *result);
        if (done)
            noteEntry(ledger, database, result->key);
        return done;
    };
    d->ledger.write(job, Ledger::Durability::Full, this,
        [this, result, guarded](const DatabaseResult<void> &outcome) { d->written(*result, outcome, guarded); });
}

void Outbox::withdraw(qint64 key, QObject *context, ChangeHandler handler)
{
    const OutboxStep step{.from = {OutboxState::Held}, .to = OutboxState::Withdrawn, .at = outboxNow(), .holdUntil = 0};
    d->change(
        key, [key, step](Database &database) { return takeOutboxStep(database, key, step); },
        tr("It is too late to take it back: it was sent or withdrawn already."),
        whileAlive(context, std::move(handler)));
}

void Outbox::sendNow(qint64 key, QObject *context, ChangeHandler handler)
{
    d->sender.send(key, OutboxState::Held, whileAlive(context, std::move(handler)));
}

void Outbox::askAgain(qint64 key, QObject *context, ChangeHandler handler)
{
    d->sender.send(key, OutboxState::Unknown, whileAlive(context, std::move(handler)));
}

void Outbox::settle(qint64 key, bool happened, const QString &reason, QObject *context, ChangeHandler handler)
{
    const ChangeHandler guarded = whileAlive(context, std::move(handler));
    if (reason.trimmed().isEmpty()) {
        if (guarded)
            QMetaObject::invokeMethod(
                this, [guarded] { guarded(std::unexpected(tr("Write down where you looked and what you found."))); },
                Qt::QueuedConnection);
        return;
    }
    const auto job = [key, happened, reason = reason.trimmed()](Database &database) -> DatabaseResult<bool> {
        const auto entry = readOutboxEntry(database, key);
        if (!entry)
            return std::unexpected(entry.error());
        if (!*entry || !outboxActions(**entry, outboxNow()).settle)
            return false;
        return takeOutboxStep(database, key,
            {.from = {(*entry)->state},
                .to = happened ? OutboxState::Accepted : OutboxState::Refused,
                .at = outboxNow(),
                .answer = happened ? tr("Settled by a person: it happened. %1").arg(reason)
                                   : tr("Settled by a person: it did not happen. %1").arg(reason),
                .reason = reason});
    };
    d->change(key, job, tr("There is nothing to settle: its outcome is known, or the server is being asked right now."),
        guarded);
}

void Outbox::takeNote(qint64 key, QObject *context, ChangeHandler handler)
{
    d->change(
        key, [key](Database &database) { return noteOutboxEntry(database, key, outboxNow()); },
        tr("There is nothing to take note of."), whileAlive(context, std::move(handler)));
}

int Outbox::needsPerson() const
{
    return d->watch.needsPerson();
}

} // namespace models

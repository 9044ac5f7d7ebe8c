// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paylinks.h"

#include "models/paylinkevidence.h"
#include "models/whilealive.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int retryLinkMs = 2'000;
constexpr int sweepLinksMs = 10 * 60'000;

qint64 linksNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString notSentText(const PayLink &link, qint64 now)
{
    return link.state == PayLinkState::Sending ? PayLinks::tr("It is being sent right now.")
                                               : payLinkNextStep(link, now);
}

//! The state that the ending alone stands for.
PayLinkState endingOf(RedirectResult::Linking linking)
{
    switch (linking) {
    case RedirectResult::Linking::Linked:
        return PayLinkState::Linked;
    case RedirectResult::Linking::Left:
        return PayLinkState::Abandoned;
    case RedirectResult::Linking::Failed:
        return PayLinkState::Failed;
    case RedirectResult::Linking::Unclear:
        return PayLinkState::Opened;
    }
    Q_UNREACHABLE();
}

} // namespace

QList<PayLinkNews> newsOfRedirect(const RedirectResult &said, qint64 now)
{
    QList<PayLinkNews> news;
    const auto add = [&news, &said, now](PayLinkState step, const QString &text) {
        news.append({.step = {.at = now, .state = step, .inferred = true, .detail = text},
            .saidCustomer = said.customerId.value_or(api::CustomerId()),
            .saidPayment = api::TransactionId(said.paymentId)});
    };
    if (said.customerId)
        add(PayLinkState::CustomerKnown, PayLinks::tr("The page named the customer."));
    add(endingOf(said.linking), said.account());
    if (said.decision != RedirectResult::Decision::None || !said.paymentId.isEmpty())
        add(PayLinkState::Decided, PayLinks::tr("The page spoke of the payment."));
    return news;
}

//! What the writer thread found out and the network needs afterwards.
struct PayLinks::Step
{
    std::optional<PayLink> link = {}; //!< set when the change to sending is committed
    api::RequestData request = {};
    QString whyNot = {};
    qint64 key = 0;
};

PayLinks::PayLinks(Ledger &ledger, api::Client &client, LookUps &lookUps, QObject *parent)
    : PayLinks(ledger, client, lookUps, Options{}, parent)
{
}

PayLinks::PayLinks(Ledger &ledger, api::Client &client, LookUps &lookUps, const Options &options, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_client(client)
    , m_lookUps(lookUps)
    , m_options(options)
    , m_lock(ledger.file())
{
    wire();
    sweep({});
    readBackHints();
    count();
}

PayLinks::~PayLinks() = default;

void PayLinks::wire()
{
    m_retry.setSingleShot(true);
    const auto retryAll = [this] {
        const std::map<qint64, Judged> waiting = m_unwritten;
        for (const auto &[key, judged] : waiting)
            writeOutcome(key);
    };
    connect(&m_retry, &QTimer::timeout, this, retryAll);
    connect(&m_ledger, &Ledger::writeRecovered, this, retryAll);
    connect(&m_ledger, &Ledger::recordsChanged, this, [this](RecordKind kind, const QList<qint64> &keys) {
        if (kind == RecordKind::PayLink)
            count();
        if (kind != RecordKind::Transaction && kind != RecordKind::Customer)
            return;
        m_looking[kind].keys.unite(QSet<qint64>(keys.begin(), keys.end()));
        if (!m_looking[kind].read.isActive())
            look(kind);
    });
    connect(&m_ledger, &Ledger::changedElsewhere, this, [this] { count(); });
    connect(&m_regularly, &QTimer::timeout, this, [this] { sweep({}); });
    m_regularly.start(sweepLinksMs);
}

void PayLinks::create(const NewPayLink &wanted, QObject *context, CreateHandler handler)
{
    const CreateHandler guarded = whileAlive(context, std::move(handler));
    const auto refuse = [this, guarded](const QString &sentence) {
        if (guarded)
            QMetaObject::invokeMethod(
                this, [guarded, sentence] { guarded(std::unexpected(sentence)); }, Qt::QueuedConnection);
    };
    const QList<DraftFinding> findings = checkDraft(wanted.draft);
    if (const auto error = std::ranges::find(findings, false, &DraftFinding::warning); error != findings.end())
        return refuse(error->sentence);
    // Without the lock another process would take our links for those of a dead one.
    if (!m_lock.hold())
        return refuse(lockProblemText());
    auto step = std::make_shared<Step>();
    const PayLinkDesk desk{.owner = m_lock.instance(), .service = m_client.host(), .now = linksNow()};
    const auto job = [&ledger = m_ledger, wanted, desk, step](Database &database) -> DatabaseResult<void> {
        *step = {};
        const auto key = insertPayLink(database, wanted, desk, PayLinkState::Sending);
        const auto link = key ? readPayLink(database, *key) : std::unexpected(key.error());
        const auto request = link ? readPayLinkRequest(database, *key) : std::unexpected(link.error());
        if (!request)
            return std::unexpected(request.error());
        *step = {.link = *link, .request = *request, .key = *key};
        ledger.noteChange(RecordKind::PayLink, *key);
        return {};
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, step, guarded](const DatabaseResult<void> &written) {
        if (!written) {
            if (guarded)
                guarded(std::unexpected(tr("Nothing was sent.") + u' ' + databaseErrorText(written.error())));
            return;
        }
        m_underWay.insert(step->key);
        handOver(*step->link, step->request);
        if (guarded)
            guarded(step->key);
        emit changed(step->key);
    });
}

void PayLinks::send(qint64 key, QObject *context, ChangeHandler handler)
{
    const ChangeHandler guarded = whileAlive(context, std::move(handler));
    if (!m_lock.hold()) {
        if (guarded)
            QMetaObject::invokeMethod(
                this, [guarded] { guarded(std::unexpected(lockProblemText())); }, Qt::QueuedConnection);
        return;
    }
    begin(key, {PayLinkState::Planned, PayLinkState::Unknown}, guarded);
}

QString PayLinks::instance()
{
    m_lock.hold();
    return m_lock.instance();
}

void PayLinks::begin(qint64 key, const QList<PayLinkState> &from, const ChangeHandler &handler)
{
    if (!m_underWay.insert(key).second) {
        if (handler)
            QMetaObject::invokeMethod(
                this, [handler] { handler(std::unexpected(tr("It is being sent right now."))); }, Qt::QueuedConnection);
        return;
    }
    auto step = std::make_shared<Step>();
    const QString service = m_client.host();
    const auto job = [&ledger = m_ledger, key, from, step, service, owner = m_lock.instance()](
                         Database &database) -> DatabaseResult<void> {
        *step = {};
        const auto link = readPayLink(database, key);
        if (!link)
            return std::unexpected(link.error());
        const qint64 now = linksNow();
        if (!*link || !from.contains((*link)->state)) {
            step->whyNot = *link ? notSentText(**link, now) : tr("There is no such link.");
            return {};
        }
        // The same key at another service would be a new payment there.
        if (!(*link)->service.isEmpty() && (*link)->service != service) {
            step->whyNot = tr("Nothing was sent: this was written down for %1, and the profile now points to %2.")
                               .arg((*link)->service, service.isEmpty() ? tr("no address") : service);
            return {};
        }
        if ((*link)->state == PayLinkState::Unknown && !payLinkActions(**link, now).askAgain) {
            step->whyNot = payLinkNextStep(**link, now);
            return {};
        }
        const auto request = readPayLinkRequest(database, key);
        const auto taken = request
            ? changePayLink(database, key,
                  {.from = from, .to = PayLinkState::Sending, .at = now, .owner = owner, .countsAsAttempt = true})
            : std::unexpected(request.error());
        if (!taken)
            return std::unexpected(taken.error());
        *step = {.link = **link, .request = *request, .key = key};
        ledger.noteChange(RecordKind::PayLink, key);
        return {};
    };
    m_ledger.write(job, Ledger::Durability::Full, this,
        [this, key, step, handler](const DatabaseResult<void> &written) { begun(key, *step, written, handler); });
}

void PayLinks::begun(qint64 key, const Step &step, const DatabaseResult<void> &written, const ChangeHandler &handler)
{
    const bool sends = written && step.link;
    if (sends)
        handOver(*step.link, step.request);
    else
        m_underWay.erase(key);
    if (handler && sends)
        handler({});
    else if (handler)
        handler(std::unexpected(
            written ? step.whyNot : tr("Nothing was sent.") + u' ' + databaseErrorText(written.error())));
    emit changed(key);
}

void PayLinks::handOver(const PayLink &link, const api::RequestData &request)
{
    const PayLinkAttempt attempt{
        .service = m_client.host(), .withPayment = link.paysInPage(), .earlierMayHaveArrived = link.mayHaveArrived};
    m_calls[link.key] = m_client.sendRaw(
        request, this, [this, key = link.key, attempt](const api::Result<api::Answer> &answer) {
            m_unwritten[key] = {.withPayment = attempt.withPayment, .outcome = payLinkOutcomeOf(attempt, answer)};
            writeOutcome(key);
        });
}

void PayLinks::writeOutcome(qint64 key)
{
    const PayLinkOutcome outcome = m_unwritten.at(key).outcome;
    const PayLinkChange change{.from = {PayLinkState::Sending, PayLinkState::Unknown},
        .to = outcome.state,
        .at = linksNow(),
        .answer = outcome.answer,
        .url = outcome.state == PayLinkState::Ready ? std::optional(outcome.url) : std::nullopt,
        .owner = outcome.state == PayLinkState::Planned ? std::optional(QString()) : std::nullopt,
        .mayHaveArrived = outcome.state == PayLinkState::Unknown};
    const auto job = [&ledger = m_ledger, key, change](Database &database) -> DatabaseResult<void> {
        const auto taken = changePayLink(database, key, change);
        if (!taken)
            return std::unexpected(taken.error());
        ledger.noteChange(RecordKind::PayLink, key);
        return {};
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, key](const DatabaseResult<void> &written) {
        if (written)
            outcomeWritten(key);
        else
            m_retry.start(retryLinkMs);
    });
}

void PayLinks::outcomeWritten(qint64 key)
{
    const auto found = m_unwritten.find(key);
    if (found == m_unwritten.end())
        return;
    const bool unknown = found->second.outcome.state == PayLinkState::Unknown;
    m_unwritten.erase(found);
    m_calls.erase(key);
    m_underWay.erase(key);
    if (unknown)
        askLater(key);
    emit changed(key);
}

void PayLinks::askLater(qint64 key)
{
    const int times = m_timesAsked[key]++;
    if (times < m_options.askAgainAfterSeconds.size())
        QTimer::singleShot(m_options.askAgainAfterSeconds.at(times) * 1000, this,
            [this, key] { begin(key, {PayLinkState::Unknown}, {}); });
}

void PayLinks::addNews(qint64 key, const QList<PayLinkNews> &news)
{
    const auto job = [&ledger = m_ledger, key, news](Database &database) -> DatabaseResult<void> {
        for (const PayLinkNews &one : news) {
            const auto added = addPayLinkNews(database, key, one);
            if (!added)
                return std::unexpected(added.error());
            if (*added)
                ledger.noteChange(RecordKind::PayLink, key);
        }
        return {};
    };
    m_ledger.write(
        job, Ledger::Durability::Normal, this, [this, key](const DatabaseResult<void> &) { emit changed(key); });
}

void PayLinks::noteShared(qint64 key, const QString &how)
{
    addNews(key, {{.step = {.at = linksNow(), .state = PayLinkState::Shared, .inferred = false, .detail = how}}});
}

void PayLinks::noteOpened(qint64 key, const QString &where)
{
    addNews(key, {{.step = {.at = linksNow(), .state = PayLinkState::Opened, .inferred = false, .detail = where}}});
}

void PayLinks::noteLeft(qint64 key)
{
    addNews(key,
        {{.step = {.at = linksNow(),
              .state = PayLinkState::Abandoned,
              .inferred = true,
              .detail = tr("The page was closed here before it ended.")}}});
}

void PayLinks::tookRedirect(qint64 key, const RedirectResult &said)
{
    addNews(key, newsOfRedirect(said, linksNow()));
    for (const RecordRef &ref : {RecordRef{RecordKind::Customer, said.customerId.value_or(api::CustomerId()).text()},
             RecordRef{RecordKind::Transaction, said.paymentId}}) {
        if (!ref.id.isEmpty())
            m_lookUps.readBack(ref, Source::EventReadBack);
    }
    // A bank linked anew to a customer who was there before shows in that customer's accounts.
    readBack(key);
    for (const int seconds : m_options.readBackAfterSeconds)
        QTimer::singleShot(seconds * 1000, this, [this, key] { readBackUnlessOver(key); });
}

void PayLinks::readBack(qint64 key)
{
    readBackWhen(key, [](const PayLink &) { return true; });
}

void PayLinks::readBackUnlessOver(qint64 key)
{
    readBackWhen(key, [](const PayLink &link) { return isLive(link.state); });
}

void PayLinks::readBackWhen(qint64 key, bool (*wanted)(const PayLink &))
{
    using Link = std::optional<PayLink>;
    m_readingBack[key] = m_ledger.read<Link>([key](Database &database) { return readPayLink(database, key); }, this,
        [this, wanted](const DatabaseResult<Link> &link) {
            if (!link || !*link || !wanted(**link))
                return;
            const PayLink &one = **link;
            for (const QString &id : {one.customer.text(), one.saidCustomer.text(), one.forCustomer.text()}) {
                if (!id.isEmpty())
                    m_lookUps.readBack({RecordKind::Customer, id}, Source::EventReadBack);
            }
            for (const QString &id : {one.payment.text(), one.saidPayment.text()}) {
                if (!id.isEmpty())
                    m_lookUps.readBack({RecordKind::Transaction, id}, Source::EventReadBack);
            }
        });
}

//! What an earlier run was told and did not confirm any more.
void PayLinks::readBackHints()
{
    m_hints = m_ledger.read<QList<qint64>>(
        [](Database &database) -> DatabaseResult<QList<qint64>> {
            auto statement = database.prepare(
                "SELECT key FROM pay_links WHERE state NOT IN ('FINISHED') AND ((said_customer_id <> '' AND "
                "customer_id = "
                "'') OR (said_payment_id <> '' AND payment_id = '')) ORDER BY key DESC LIMIT 100");
            if (!statement)
                return std::unexpected(statement.error());
            QList<qint64> keys;
            auto row = (*statement)->step();
            for (; row && *row; row = (*statement)->step())
                keys.append((*statement)->integer(0));
            if (!row)
                return std::unexpected(row.error());
            return keys;
        },
        this,
        [this](const DatabaseResult<QList<qint64>> &keys) {
            for (const qint64 key : keys.value_or(QList<qint64>()))
                readBack(key);
        });
}

void PayLinks::look(RecordKind kind)
{
    const QList<qint64> keys = std::exchange(m_looking[kind].keys, {}).values();
    m_looking[kind].read = m_ledger.read<QList<qint64>>(
        [kind, keys](Database &database) { return linksTouchedBy(database, kind, keys); }, this,
        [this, kind](const DatabaseResult<QList<qint64>> &links) {
            if (links && !links->isEmpty())
                sweep(*links);
            if (!m_looking[kind].keys.isEmpty())
                look(kind);
        });
}

void PayLinks::sweep(std::optional<QList<qint64>> links)
{
    const LinkSweep wanted{
        .ledgerFile = m_ledger.file(), .instance = m_lock.instance(), .now = linksNow(), .links = std::move(links)};
    auto found = std::make_shared<QList<qint64>>();
    const auto job = [&ledger = m_ledger, wanted, found](Database &database) -> DatabaseResult<void> {
        const auto swept = sweepPayLinks(database, wanted);
        if (!swept)
            return std::unexpected(swept.error());
        *found = *swept;
        for (const qint64 key : *swept)
            ledger.noteChange(RecordKind::PayLink, key);
        return {};
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, found](const DatabaseResult<void> &written) {
        for (const qint64 key : written ? *found : QList<qint64>())
            emit changed(key);
    });
}

void PayLinks::count()
{
    m_counting = m_ledger.read<int>(countLinksNeedingPerson, this, [this](const DatabaseResult<int> &count) {
        if (count && std::exchange(m_needsPerson, *count) != *count)
            emit needsPersonChanged();
    });
}

QString PayLinks::service() const
{
    return m_client.host();
}

int PayLinks::needsPerson() const
{
    return m_needsPerson;
}

} // namespace models

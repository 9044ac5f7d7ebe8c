// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventreplay.h"

#include "models/inbox.h"
#include "models/profiles.h"
#include "models/receiver.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct ReplayWords
{
    Q_DECLARE_TR_FUNCTIONS(Inbox)
};

ReplayOutcome::Kind kindOfStatus(int status)
{
    if (status >= 200 && status < 300)
        return ReplayOutcome::Kind::Taken;
    if (status >= 300 && status < 400)
        return ReplayOutcome::Kind::Redirected;
    return status >= 500 && status < 600 ? ReplayOutcome::Kind::Failed : ReplayOutcome::Kind::Refused;
}

ReplayOutcome replayOutcomeOf(const std::expected<api::WebhookAnswer, QString> &answer)
{
    if (!answer)
        return {.kind = ReplayOutcome::Kind::NoAnswer, .problem = answer.error()};
    return {.kind = kindOfStatus(answer->status),
        .httpStatus = answer->status,
        .answer = QString::fromUtf8(answer->beginning).trimmed(),
        .tookMs = answer->tookMs};
}

} // namespace

QString replayProblem(const QString &address)
{
    const QString text = address.trimmed();
    if (text.isEmpty())
        return ReplayWords::tr("Enter the address to send it to.");
    const QUrl url(text, QUrl::StrictMode);
    if (!url.userInfo().isEmpty())
        return ReplayWords::tr("Leave the name and password out of the address.");
    if (!api::isWebhookTarget(url))
        return ReplayWords::tr("This is not a web address. It begins with https:// and names a server.");
    if (url.scheme() != "https"_L1 && !isLoopback(url))
        return ReplayWords::tr(
            "Use https: anybody on the way could read the event. Plain http is for this computer only.");
    return {};
}

QString replayText(const ReplayOutcome &outcome)
{
    switch (outcome.kind) {
    case ReplayOutcome::Kind::Taken:
        return ReplayWords::tr("Accepted: the answer was %1, after %2 ms.").arg(outcome.httpStatus).arg(outcome.tookMs);
    case ReplayOutcome::Kind::Redirected:
        return ReplayWords::tr("Sent elsewhere: the answer was %1, after %2 ms. Webhooks do not follow that; enter the "
                               "final address.")
            .arg(outcome.httpStatus)
            .arg(outcome.tookMs);
    case ReplayOutcome::Kind::Refused:
        return ReplayWords::tr("Refused: the answer was %1, after %2 ms.").arg(outcome.httpStatus).arg(outcome.tookMs);
    case ReplayOutcome::Kind::Failed:
        return ReplayWords::tr("The server failed: the answer was %1, after %2 ms.")
            .arg(outcome.httpStatus)
            .arg(outcome.tookMs);
    case ReplayOutcome::Kind::NoAnswer:
        return ReplayWords::tr("No answer came: %1").arg(outcome.problem);
    case ReplayOutcome::Kind::NotSent:
        return ReplayWords::tr("Nothing was sent: %1").arg(outcome.problem);
    }
    Q_UNREACHABLE();
}

EventReplay::EventReplay(Ledger &ledger, const Receiver &receiver, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_receiver(receiver)
    , m_sender(this)
{
}

EventReplay::~EventReplay()
{
    cancel();
}

void EventReplay::sendTo(qint64 eventKey, const QUrl &address)
{
    start(eventKey, address);
}

void EventReplay::sendToReceiver(qint64 eventKey)
{
    start(eventKey, {});
}

void EventReplay::cancel()
{
    m_reading = {};
    m_run.reset();
}

bool EventReplay::isUnderWay() const
{
    return m_run != nullptr;
}

DatabaseResult<std::optional<EventReplay::Stored>> EventReplay::read(Database &database, qint64 eventKey)
{
    const auto event = readEvent(database, eventKey);
    if (!event)
        return std::unexpected(event.error());
    auto delivery = readDelivery(database, eventKey);
    if (!delivery)
        return std::unexpected(delivery.error());
    if (!*event || !*delivery)
        return std::optional<Stored>();
    return Stored{.subscriptionId = (*event)->subscriptionId, .delivery = **std::move(delivery)};
}

// An empty address: the console's own receiver, under the path that the event came by.
void EventReplay::start(qint64 eventKey, const QUrl &address)
{
    cancel();
    m_run = std::make_unique<QObject>();
    using Found = std::optional<Stored>;
    m_reading = m_ledger.read<Found>([eventKey](Database &database) { return read(database, eventKey); }, this,
        [this, address](const DatabaseResult<Found> &stored) {
            if (!stored)
                finish({.kind = ReplayOutcome::Kind::NotSent, .problem = databaseErrorText(stored.error())});
            else if (!*stored)
                finish({.kind = ReplayOutcome::Kind::NotSent,
                    .problem = ReplayWords::tr("what arrived is not in the inbox any more.")});
            else
                post(**stored, address);
        });
}

void EventReplay::post(Stored stored, const QUrl &address)
{
    QUrl target = address;
    if (target.isEmpty()) {
        target = m_receiver.ownUrlFor(stored.delivery.path);
        m_receiver.fillSecret(stored.subscriptionId, stored.delivery);
    }
    stored.delivery.headers.removeIf([](const api::HeaderLine &line) { return line.value == hiddenHeaderValue; });
    m_sender.post(target, stored.delivery, m_run.get(),
        [this](const std::expected<api::WebhookAnswer, QString> &answer) { finish(replayOutcomeOf(answer)); });
}

// The run may be the context of the very call that reports: it must outlive it.
void EventReplay::finish(const ReplayOutcome &outcome)
{
    if (m_run)
        m_run.release()->deleteLater();
    emit finished(outcome);
}

} // namespace models

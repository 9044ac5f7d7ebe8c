// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "models/detailreader.h"
#include "models/forwarder.h"
#include "models/inbox.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int shownAttempts = 5;

struct EventDetailWords
{
    Q_DECLARE_TR_FUNCTIONS(Details)
};

QString progressText(const ForwardProgress &forward)
{
    switch (forward.state) {
    case ForwardProgress::State::Waiting:
        return forward.attempts == 0 ? EventDetailWords::tr("Waiting")
                                     : EventDetailWords::tr("Waiting to be tried again");
    case ForwardProgress::State::Delivered:
        return EventDetailWords::tr("Delivered");
    case ForwardProgress::State::GivenUp:
        return EventDetailWords::tr("Given up. Try again under Webhooks, Receiver.");
    }
    Q_UNREACHABLE();
}

QString forwardAttemptText(const ForwardAttempt &attempt)
{
    if (attempt.httpStatus == 0)
        return EventDetailWords::tr("No answer: %1").arg(attempt.answer);
    const QString text = EventDetailWords::tr("%1, after %2 ms").arg(attempt.httpStatus).arg(attempt.tookMs);
    const bool worthShowing = attempt.httpStatus >= 300 && !attempt.answer.trimmed().isEmpty();
    return worthShowing ? u"%1: %2"_s.arg(text, attempt.answer.trimmed()) : text;
}

DetailField textField(const QString &label, const QString &text)
{
    return {.label = label, .cell = {.type = CellType::Text, .value = text, .currency = {}}};
}

DetailField timeField(const QString &label, qint64 at)
{
    return {.label = label, .cell = {.type = CellType::Time, .value = at, .currency = {}}};
}

DatabaseResult<void> describeForward(Database &database, const ForwardProgress &forward, RecordDetails &details)
{
    const auto attempts = readForwardAttempts(database, forward.key, shownAttempts);
    if (!attempts)
        return std::unexpected(attempts.error());
    DetailSection section{.title = EventDetailWords::tr("Passed on")};
    section.fields.append(textField(EventDetailWords::tr("To"), forward.url.toString()));
    section.fields.append(textField(EventDetailWords::tr("State"), progressText(forward)));
    if (forward.state == ForwardProgress::State::Waiting && forward.nextAt > 0)
        section.fields.append(timeField(EventDetailWords::tr("Next attempt"), forward.nextAt));
    int number = forward.attempts;
    for (const ForwardAttempt &attempt : *attempts) {
        section.fields.append(timeField(EventDetailWords::tr("Attempt %1").arg(number--), attempt.at));
        section.fields.append(textField(EventDetailWords::tr("Answer"), forwardAttemptText(attempt)));
    }
    details.sections.append(section);
    return {};
}

QString rawDelivery(const api::WebhookDelivery &delivery)
{
    QString text;
    for (const api::HeaderLine &line : delivery.headers)
        text += u"%1: %2\n"_s.arg(QString::fromLatin1(line.name), QString::fromLatin1(line.value));
    if (!text.isEmpty())
        text += u'\n';
    const auto body = api::Json::parse(delivery.body);
    return text + (body ? body->toPrettyText() : QString::fromUtf8(delivery.body));
}

} // namespace

DatabaseResult<void> describeDelivery(Database &database, RecordDetails &details)
{
    const auto forwards = readForwards(database, details.key);
    if (!forwards)
        return std::unexpected(forwards.error());
    for (const ForwardProgress &forward : *forwards) {
        if (const auto done = describeForward(database, forward, details); !done)
            return done;
    }
    const auto delivery = readDelivery(database, details.key);
    if (!delivery)
        return std::unexpected(delivery.error());
    if (*delivery)
        details.rawAnswer = rawDelivery(**delivery);
    return {};
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationwebhooks.h"

#include "models/eventtypes.h"
#include "models/plurals.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

QString whenText(qint64 at, const QLocale &locale)
{
    return locale.toString(QDateTime::fromMSecsSinceEpoch(at), QLocale::ShortFormat);
}

//: how long ago something was, inside a sentence
QString agoText(qint64 at, qint64 now)
{
    const qint64 minutes = std::max<qint64>(0, now - at) / 60'000;
    if (minutes < 1)
        return AggregationWebhooks::tr("just now");
    if (minutes < 60)
        return counted(minutes, AggregationWebhooks::tr("1 minute ago"), AggregationWebhooks::tr("%1 minutes ago"));
    if (minutes < 48 * 60)
        return counted(minutes / 60, AggregationWebhooks::tr("1 hour ago"), AggregationWebhooks::tr("%1 hours ago"));
    return counted(minutes / 1440, AggregationWebhooks::tr("1 day ago"), AggregationWebhooks::tr("%1 days ago"));
}

QString attemptText(const api::RegisteredWebhook &webhook, const QLocale &locale, qint64 now)
{
    if (webhook.lastAttemptAt == 0)
        return AggregationWebhooks::tr("Nothing was delivered yet.");
    const QString when = whenText(webhook.lastAttemptAt, locale);
    const QString ago = agoText(webhook.lastAttemptAt, now);
    if (webhook.lastAttemptStatus == 0)
        //: %1 a date and time, %2 such as "3 hours ago"
        return AggregationWebhooks::tr("The last delivery, on %1 (%2), got no answer.").arg(when, ago);
    //: %1 a date and time, %2 such as "3 hours ago", %3 a HTTP code
    return AggregationWebhooks::tr("The last delivery, on %1 (%2), was answered with %3.")
        .arg(when, ago)
        .arg(webhook.lastAttemptStatus);
}

} // namespace

QString AggregationWebhooks::draftProblem(const QString &uri, const QStringList &types)
{
    if (const auto problem = api::webhookUriProblem(uri)) {
        switch (*problem) {
        case api::WebhookUriProblem::Empty:
            return tr("Type the address that is to receive the events.");
        case api::WebhookUriProblem::NotHttps:
            return tr("The address must begin with https://. FinGoal delivers to nothing else.");
        case api::WebhookUriProblem::NoHost:
            return tr("Type a whole address, for example https://shop.example.com/webhooks.");
        case api::WebhookUriProblem::HasCredentials:
            return tr("Leave user name and password out of the address.");
        }
    }
    return types.isEmpty() ? tr("Choose at least one kind of event.") : QString();
}

QString AggregationWebhooks::typeText(const QString &type)
{
    return eventTitle(type);
}

QString AggregationWebhooks::typeMeaning(const QString &type)
{
    const QString advice = eventAdvice(type);
    return advice.isEmpty() ? eventMeaning(type) : eventMeaning(type) + u' ' + advice;
}

QString AggregationWebhooks::healthText(const api::RegisteredWebhook &webhook, const QLocale &locale, qint64 now)
{
    QStringList sentences;
    if (webhook.disabled)
        sentences += tr("Switched off: nothing is delivered.");
    else if (webhook.health == api::RegisteredWebhook::Health::Healthy)
        sentences += tr("Healthy.");
    else if (webhook.health == api::RegisteredWebhook::Health::Unhealthy)
        sentences += tr("Not healthy: check that the address is reachable and answers with a code from 200 to 204.");
    sentences += attemptText(webhook, locale, now);
    const bool succeededLast = webhook.lastSuccessAt != 0 && webhook.lastSuccessAt >= webhook.lastAttemptAt;
    if (webhook.lastSuccessAt != 0 && !succeededLast)
        //: %1 a date and time, %2 such as "3 hours ago"
        sentences += tr("The last good one was on %1 (%2).")
                         .arg(whenText(webhook.lastSuccessAt, locale), agoText(webhook.lastSuccessAt, now));
    else if (webhook.lastSuccessAt == 0 && webhook.lastAttemptAt != 0)
        sentences += tr("None has succeeded so far.");
    return sentences.join(u' ');
}

StatusLook AggregationWebhooks::stateLook(const api::RegisteredWebhook &webhook)
{
    return webhook.disabled ? StatusLook{tr("Off"), StatusTone::Idle} : StatusLook{tr("On"), StatusTone::Done};
}

StatusLook AggregationWebhooks::healthLook(const api::RegisteredWebhook &webhook, qint64 now)
{
    using Health = api::RegisteredWebhook::Health;
    if (webhook.lastAttemptAt == 0 && webhook.lastSuccessAt == 0 && webhook.health == Health::Unknown)
        return {tr("Nothing delivered yet"), StatusTone::Idle};
    if (webhook.health == Health::Unhealthy)
        return {webhook.lastSuccessAt == 0
                ? tr("Not healthy, nothing delivered")
                : tr("Not healthy, last delivered %1").arg(agoText(webhook.lastSuccessAt, now)),
            StatusTone::Failed};
    const StatusTone tone = webhook.health == Health::Healthy ? StatusTone::Done : StatusTone::Unknown;
    const QString word = webhook.health == Health::Healthy ? tr("Healthy") : tr("Health not known");
    if (webhook.lastSuccessAt == 0)
        return {word, tone};
    //: %1 "Healthy", %2 such as "3 minutes ago"
    return {tr("%1, last delivered %2").arg(word, agoText(webhook.lastSuccessAt, now)), tone};
}

QString AggregationWebhooks::testText(const api::WebhookTest &test, const QLocale &locale)
{
    if (!test.receivedResponse)
        return tr("The test was sent, but the address did not answer. Check that it is reachable from the internet.");
    const bool good = test.responseCode >= 200 && test.responseCode <= 299;
    QString text = good
        //: %1 a HTTP code
        ? tr("The address answered with %1.").arg(test.responseCode)
        : tr("The address answered with %1, which counts as a failure. It should be a code from 200 to 204.")
              .arg(test.responseCode);
    if (test.durationMs >= 0)
        //: %1 a number of milliseconds
        text += u' ' + tr("It took %1 ms.").arg(locale.toString(test.durationMs));
    return text;
}

} // namespace models

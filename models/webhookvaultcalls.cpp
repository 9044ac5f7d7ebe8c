// SPDX-License-Identifier: GPL-3.0-or-later
// What WebhookVault asks the API for, and what it makes of the answers.
#include "models/outcome.h"
#include "models/vaultstore.h"
#include "models/webhookvault.h"
#include "models/whilealive.h"

#include <QDateTime>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

//! True when it is certain that the server did nothing.
bool nothingHappened(const api::Error &error)
{
    return error.delivery == api::Delivery::CertainlyNotSent || refusesTheRequest(error);
}

QString firstProblem(const NewSubscription &wanted)
{
    for (const QString &problem : {webhookUrlProblem(wanted.url), webhookSecretProblem(wanted.secret),
             scopeProblem(wanted.scope), schemeProblem(wanted.scheme)}) {
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

} // namespace

void WebhookVault::subscribe(const NewSubscription &wanted, QObject *context, Made handler)
{
    const Made made = whileAlive(context, std::move(handler));
    if (const QString problem = firstProblem(wanted); !problem.isEmpty()) {
        QTimer::singleShot(0, this, [made, problem] { made(std::unexpected(problem)); });
        return;
    }
    const WebhookSubscription asked = freshSubscription(wanted, SubscriptionState::Asked);
    keepSecret(asked.id, wanted.secret, [this, asked, secret = wanted.secret, made] {
        insert(asked, u"webhook subscription asked for"_s,
            [this, asked, secret, made](const std::expected<bool, QString> &inserted) {
                if (!inserted)
                    return made(std::unexpected(inserted.error()));
                if (!*inserted)
                    return made(std::unexpected(tr("This address is used by another subscription already.")));
                ask(asked, secret, made);
            });
    });
}

void WebhookVault::ask(const WebhookSubscription &subscription, const QByteArray &secret, const Made &made)
{
    const quint64 ticket = ++m_lastTicket;
    m_calls[ticket] = m_client.send(api::subscribe(subscription.url, secret, subscription.scope), this,
        [this, ticket, subscription, made](const api::Result<api::Subscription> &answer) {
            answered(subscription, answer, made);
            QTimer::singleShot(0, this, [this, ticket] { m_calls.erase(ticket); });
        });
}

void WebhookVault::answered(
    const WebhookSubscription &asked, const api::Result<api::Subscription> &answer, const Made &made)
{
    const QString id = asked.id;
    if (answer) {
        const auto taken = [key = answer->key](WebhookSubscription &subscription) {
            subscription.remoteKey = key;
            subscription.state = SubscriptionState::Active;
            subscription.answer.clear();
            return QString();
        };
        change(id, u"webhook subscription made"_s, {}, taken,
            [made, id, key = answer->key](const std::expected<void, QString> &written) {
                if (written)
                    return made(id);
                made(std::unexpected(tr("Link Money made the subscription, but it could not be written down. Note its "
                                        "key, it is needed to end it: %1\n%2")
                        .arg(key.text(), written.error())));
            });
        return;
    }
    const QString sentence = api::errorText(answer.error());
    if (nothingHappened(answer.error())) {
        remove(id, u"webhook subscription refused"_s, sentence,
            [made, sentence](const auto &) { made(std::unexpected(sentence)); });
        return;
    }
    const auto lost = [sentence](WebhookSubscription &subscription) {
        subscription.state = SubscriptionState::Lost;
        subscription.answer = sentence;
        return QString();
    };
    change(id, u"webhook subscription not certain"_s, {}, lost, [made, sentence](const auto &) {
        made(std::unexpected(tr("%1 It is not certain whether the subscription was made. It stays in the list: when "
                                "events arrive through it, it exists.")
                .arg(sentence)));
    });
}

void WebhookVault::unsubscribe(
    const QString &id, const api::SubscriptionScope &scope, QObject *context, Handler handler)
{
    const Handler told = whileAlive(context, std::move(handler));
    readOne(
        id,
        [this, scope, told](const std::optional<WebhookSubscription> &found) {
            if (!found || !found->isOurs() || found->remoteKey.isEmpty())
                return told(std::unexpected(tr("This subscription cannot be ended from here: its key is not known.")));
            askToEnd(*found, scope, told);
        },
        [told](const QString &problem) { told(std::unexpected(problem)); });
}

void WebhookVault::askToEnd(
    const WebhookSubscription &subscription, const api::SubscriptionScope &scope, const Handler &handler)
{
    const quint64 ticket = ++m_lastTicket;
    // The scope it was made with ends all of it, whatever the server takes ALL to mean for a smaller one.
    const api::SubscriptionScope sent = scopeWithout(subscription.scope, scope) ? scope : subscription.scope;
    m_calls[ticket] = m_client.send(api::unsubscribe(subscription.remoteKey, sent), this,
        [this, ticket, id = subscription.id, sent, handler](const api::Result<api::Unsubscribed> &answer) {
            ended(id, sent, answer, handler);
            QTimer::singleShot(0, this, [this, ticket] { m_calls.erase(ticket); });
        });
}

void WebhookVault::ended(const QString &id, const api::SubscriptionScope &scope,
    const api::Result<api::Unsubscribed> &answer, const Handler &handler)
{
    if (answer) {
        const auto over = [scope](WebhookSubscription &subscription) {
            subscription.answer.clear();
            if (const auto left = scopeWithout(subscription.scope, scope)) {
                subscription.scope = *left;
                return QString();
            }
            subscription.state = SubscriptionState::Ended;
            subscription.endedAt = QDateTime::currentMSecsSinceEpoch();
            subscription.endedBy = currentUser();
            return QString();
        };
        return change(id, u"webhook subscription ended"_s, {}, over, handler);
    }
    QString sentence = api::errorText(answer.error());
    if (answer.error().kind == api::ErrorKind::NotFound)
        sentence = tr("Link Money does not know this subscription: it may have ended already. Take it off the list if "
                      "no events arrive through it.");
    else if (!nothingHappened(answer.error()))
        sentence = tr("%1 It is not certain whether the subscription ended. Try again.").arg(sentence);
    const auto note = [sentence](WebhookSubscription &subscription) {
        subscription.answer = sentence;
        return QString();
    };
    change(id, u"webhook subscription could not be ended"_s, {}, note,
        [handler, sentence](const auto &) { handler(std::unexpected(sentence)); });
}

} // namespace models

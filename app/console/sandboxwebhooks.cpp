// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/sandboxwebhooks.h"

#include "models/eventintake.h"
#include "models/sealed.h"

#include <QUrl>

namespace console {

namespace {

constexpr int secretBytes = 32;

} // namespace

SandboxWebhooks::SandboxWebhooks(
    models::Ledger &ledger, models::WebhookVault &vault, models::Receiver &receiver, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_vault(vault)
    , m_receiver(receiver)
{
    connect(&m_receiver, &models::Receiver::stateChanged, this, &SandboxWebhooks::look, Qt::QueuedConnection);
}

void SandboxWebhooks::start(bool anyPort)
{
    m_started = true;
    m_mayMove = anyPort;
    look();
}

void SandboxWebhooks::look()
{
    if (!m_started || m_done)
        return;
    if (m_receiver.state() == models::Receiver::State::Failing)
        return moveToFreePort();
    if (m_receiver.state() != models::Receiver::State::Listening)
        return;
    m_done = true;
    using Subscriptions = QList<models::WebhookSubscription>;
    m_read = m_ledger.read<Subscriptions>(
        models::readSubscriptions, this, [this](const models::DatabaseResult<Subscriptions> &found) {
            if (found)
                judge(*found);
        });
}

void SandboxWebhooks::moveToFreePort()
{
    if (!m_mayMove)
        return;
    m_mayMove = false;
    models::ReceiverSettings settings = m_receiver.settings();
    settings.port = 0;
    m_receiver.apply(settings);
}

//! What a person subscribed by hand is left alone, also when it leads here.
void SandboxWebhooks::judge(const QList<models::WebhookSubscription> &subscriptions)
{
    for (const models::WebhookSubscription &one : subscriptions) {
        if (one.name != tr("This console") || one.state != models::SubscriptionState::Active)
            continue;
        const bool leadsHere = QUrl(one.url) == m_receiver.urlFor(one.pathToken);
        m_vault.readSecret(one.id, this, [this, one, leadsHere](const QByteArray &secret) {
            if (!leadsHere || secret.isEmpty())
                renew(one);
        });
        return;
    }
    subscribe();
}

void SandboxWebhooks::renew(const models::WebhookSubscription &old)
{
    // A sandbox that was reset does not know the old one any more: whatever the answer, the old one leaves the list and
    // the new one is made.
    m_vault.unsubscribe(old.id, {}, this, [this, id = old.id](const auto &) {
        m_vault.forget(id, tr("replaced at the start"), this, [](const auto &) { });
        subscribe();
    });
}

void SandboxWebhooks::subscribe()
{
    const QString token = models::newPathToken();
    const models::NewSubscription wanted{.name = tr("This console"),
        .url = m_receiver.urlFor(token).toString(QUrl::FullyEncoded),
        .scope = {},
        .secret = models::randomText(secretBytes),
        .pathToken = token,
        .scheme = models::schemePresets(models::WebhookFamily::PayByBank).constFirst().scheme};
    m_vault.subscribe(wanted, this, [](const auto &) { }); // what came of it shows on the page of webhooks
}

} // namespace console

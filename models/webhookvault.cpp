// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/webhookvault.h"

#include "models/eventintake.h"
#include "models/whilealive.h"

#include <QDateTime>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace models {

WebhookVault::WebhookVault(
    Ledger &ledger, api::Client &client, api::SecretStore &secrets, QString profile, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_client(client)
    , m_secrets(secrets)
    , m_profile(std::move(profile))
{
    m_sealing.setMaxThreadCount(1);
}

template<typename T>
void WebhookVault::read(
    std::function<DatabaseResult<T>(Database &)> job, std::function<void(const T &)> use, Failed fail)
{
    const quint64 ticket = ++m_lastTicket;
    m_reads[ticket] = m_ledger.read<T>(std::move(job), this,
        [this, ticket, use = std::move(use), fail = std::move(fail)](const DatabaseResult<T> &found) {
            // What this was captured in goes away with the ticket.
            const auto keptUse = use;
            const auto keptFail = fail;
            const DatabaseResult<T> kept = found;
            m_reads.erase(ticket);
            if (kept)
                keptUse(*kept);
            else
                keptFail(databaseErrorText(kept.error()));
        });
}

void WebhookVault::readAll(std::function<void(const QList<WebhookSubscription> &)> use, Failed fail)
{
    read<QList<WebhookSubscription>>(readSubscriptions, std::move(use), std::move(fail));
}

void WebhookVault::readOne(
    const QString &id, std::function<void(const std::optional<WebhookSubscription> &)> use, Failed fail)
{
    read<std::optional<WebhookSubscription>>(
        [id](Database &database) { return readSubscription(database, id); }, std::move(use), std::move(fail));
}

void WebhookVault::change(const QString &id, const QString &action, const QString &reason,
    const SubscriptionChange &change, const Handler &handler)
{
    auto problem = std::make_shared<QString>();
    const auto job = [=](Database &database) -> DatabaseResult<void> {
        auto changed = changeSubscription(database, id, action, reason, change);
        if (!changed)
            return std::unexpected(changed.error());
        *problem = *std::move(changed);
        return {};
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, problem, handler](const DatabaseResult<void> &written) {
        if (!written)
            *problem = databaseErrorText(written.error());
        else
            emit changed();
        handler(problem->isEmpty() ? std::expected<void, QString>() : std::unexpected(*problem));
    });
}

void WebhookVault::insert(const WebhookSubscription &subscription, const QString &action, const Inserted &handler)
{
    auto isNew = std::make_shared<bool>(false);
    const auto job = [=](Database &database) -> DatabaseResult<void> {
        const auto inserted = insertNewSubscription(database, subscription, action);
        if (!inserted)
            return std::unexpected(inserted.error());
        *isNew = *inserted;
        return {};
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, isNew, handler](const DatabaseResult<void> &written) {
        if (!written)
            return handler(std::unexpected(databaseErrorText(written.error())));
        if (*isNew)
            emit changed();
        handler(*isNew);
    });
}

void WebhookVault::remove(const QString &id, const QString &action, const QString &reason, const Handler &handler)
{
    const auto job = [=](Database &database) { return deleteSubscription(database, id, action, reason); };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, id, handler](const DatabaseResult<void> &written) {
        if (!written)
            return handler(std::unexpected(databaseErrorText(written.error())));
        m_secretsOfThisRun.remove(id);
        // A secret that stays behind opens nothing: the row that named it is gone.
        m_secrets.remove(m_profile, webhookSecretName(id), this, [](const auto &) { });
        emit changed();
        handler({});
    });
}

void WebhookVault::keepSecret(const QString &id, const QByteArray &secret, const std::function<void()> &next)
{
    if (secret.isEmpty())
        return next();
    m_secrets.write(m_profile, webhookSecretName(id), secret, this,
        [this, id, secret, next](const api::SecretStore::SecretResult<void> &written) {
            if (written) {
                m_secretsOfThisRun.remove(id);
            } else {
                m_secretsOfThisRun.insert(id, secret);
                emit secretNotKept(id, written.error());
            }
            next();
        });
}

void WebhookVault::add(const KnownSubscription &known, QObject *context, Handler handler)
{
    const Handler told = whileAlive(context, std::move(handler));
    QString problem = known.key.isEmpty() ? tr("Type the key that Link Money gave for the subscription.") : QString();
    if (problem.isEmpty())
        problem = scopeProblem(known.facts.scope);
    if (!problem.isEmpty()) {
        QTimer::singleShot(0, this, [told, problem] { told(std::unexpected(problem)); });
        return;
    }
    addKnown(known, [told](const std::expected<bool, QString> &added) {
        if (!added)
            return told(std::unexpected(added.error()));
        told(*added ? std::expected<void, QString>()
                    : std::unexpected(tr("A subscription with this key is in the list already.")));
    });
}

void WebhookVault::addKnown(const KnownSubscription &known, const Inserted &handler)
{
    WebhookSubscription subscription = freshSubscription(known.facts, SubscriptionState::Active);
    subscription.remoteKey = known.key;
    subscription.madeElsewhere = true;
    insert(subscription, u"webhook subscription added by its key"_s,
        [this, id = subscription.id, secret = known.facts.secret, handler](const std::expected<bool, QString> &added) {
            if (!added.value_or(false))
                return handler(added);
            keepSecret(id, secret, [this, handler] {
                emit changed();
                handler(true);
            });
        });
}

void WebhookVault::receiveAt(
    const QString &name, const QString &url, const QString &pathToken, QObject *context, Handler handler)
{
    WebhookSubscription subscription = freshSubscription(
        {.name = name, .url = url, .pathToken = pathToken}, SubscriptionState::Active);
    subscription.family = WebhookFamily::Aggregation;
    insert(subscription, u"aggregation webhook received here"_s,
        [told = whileAlive(context, std::move(handler))](const std::expected<bool, QString> &added) {
            told(added ? std::expected<void, QString>() : std::unexpected(added.error()));
        });
}

void WebhookVault::noLongerAt(const QString &url)
{
    const auto end = [](WebhookSubscription &subscription) {
        subscription.state = SubscriptionState::Ended;
        subscription.endedAt = QDateTime::currentMSecsSinceEpoch();
        subscription.endedBy = currentUser();
        return QString();
    };
    readAll(
        [this, url, end](const QList<WebhookSubscription> &all) {
            for (const WebhookSubscription &one : all) {
                if (one.family == WebhookFamily::Aggregation && one.isOurs() && one.url == url)
                    change(one.id, u"aggregation webhook no longer received here"_s, {}, end, [](const auto &) { });
            }
        },
        [](const QString &) {});
}

void WebhookVault::forget(const QString &id, const QString &reason, QObject *context, Handler handler)
{
    const Handler told = whileAlive(context, std::move(handler));
    if (reason.trimmed().isEmpty()) {
        QTimer::singleShot(0, this, [told] { told(std::unexpected(tr("Type why it is taken off the list."))); });
        return;
    }
    remove(id, u"webhook subscription taken off the list"_s, reason.trimmed(), told);
}

void WebhookVault::rename(const QString &id, const QString &name, QObject *context, Handler handler)
{
    const auto renamed = [name = name.trimmed()](WebhookSubscription &subscription) {
        subscription.name = name;
        return QString();
    };
    change(id, u"webhook subscription renamed"_s, {}, renamed, whileAlive(context, std::move(handler)));
}

void WebhookVault::setScheme(const QString &id, const WebhookScheme &scheme, QObject *context, Handler handler)
{
    const auto set = [scheme](WebhookSubscription &subscription) {
        subscription.scheme = scheme;
        return schemeProblem(scheme);
    };
    change(id, u"webhook signature scheme set"_s, {}, set, whileAlive(context, std::move(handler)));
}

void WebhookVault::setSecret(const QString &id, const QByteArray &secret, QObject *context, Handler handler)
{
    const Handler told = whileAlive(context, std::move(handler));
    if (secret.isEmpty()) {
        QTimer::singleShot(0, this, [told] { told(std::unexpected(tr("Type the secret."))); });
        return;
    }
    const auto set = [](WebhookSubscription &subscription) {
        subscription.hasSecret = true;
        return QString();
    };
    keepSecret(id, secret, [this, id, set, told] { change(id, u"webhook secret set"_s, {}, set, told); });
}

void WebhookVault::readSecret(const QString &id, QObject *context, std::function<void(const QByteArray &)> handler)
{
    const auto told = whileAlive(context, std::move(handler));
    if (const auto kept = m_secretsOfThisRun.constFind(id); kept != m_secretsOfThisRun.constEnd()) {
        QTimer::singleShot(0, this, [told, secret = *kept] { told(secret); });
        return;
    }
    m_secrets.read(m_profile, webhookSecretName(id), this,
        [told](const api::SecretStore::SecretResult<QByteArray> &secret) { told(secret.value_or(QByteArray())); });
}

void WebhookVault::recover()
{
    m_ledger.write(
        loseOldQuestions, Ledger::Durability::Full, this, [this](const DatabaseResult<void> &) { emit changed(); });
}

} // namespace models

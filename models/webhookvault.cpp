// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/webhookvault.h"

#include "models/audit.h"
#include "models/eventintake.h"
#include "models/sealed.h"

#include <QDateTime>
#include <QPointer>
#include <QTimer>
#include <QUuid>

#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

//! Longer than any call may take: an older question has lost whoever asked it.
constexpr std::chrono::milliseconds longestQuestion = std::chrono::minutes(2);

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

//! The handler for as long as its context lives.
template<typename Handler> auto whileAlive(QObject *context, Handler handler)
{
    return [guard = QPointer<QObject>(context), handler = std::move(handler)](const auto &outcome) {
        if (guard && handler)
            handler(outcome);
    };
}

QString auditText(const WebhookSubscription &subscription)
{
    return u"%1 %2 %3 %4 %5"_s.arg(subscriptionStateWord(subscription.state), subscription.remoteKey.text(),
        subscription.url,
        subscription.family == WebhookFamily::Aggregation ? webhookFamilyWord(subscription.family)
                                                          : coveredEvents(subscription.scope).join(u','),
        schemeText(subscription.scheme));
}

AuditEntry auditOf(const QString &action, const QString &subject, const QString &before, const QString &after,
    const QString &reason = {})
{
    return {.at = nowMs(),
        .who = currentUser(),
        .action = action,
        .subject = subject,
        .before = before,
        .after = after,
        .reason = reason};
}

//! True when it is certain that the server did nothing.
bool nothingHappened(const api::Error &error)
{
    if (error.delivery == api::Delivery::CertainlyNotSent)
        return true;
    switch (error.kind) {
    case api::ErrorKind::Unauthorized:
    case api::ErrorKind::Forbidden:
    case api::ErrorKind::NotFound:
    case api::ErrorKind::Rejected:
    case api::ErrorKind::RateLimited:
    case api::ErrorKind::NoSecret:
        return true;
    case api::ErrorKind::Offline:
    case api::ErrorKind::TimedOut:
    case api::ErrorKind::Untrusted:
    case api::ErrorKind::Fault:
    case api::ErrorKind::Garbled:
    case api::ErrorKind::Cancelled:
        return false;
    }
    Q_UNREACHABLE();
}

WebhookSubscription subscriptionFor(const NewSubscription &wanted, SubscriptionState state)
{
    WebhookSubscription subscription;
    subscription.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    subscription.name = wanted.name.trimmed();
    subscription.url = wanted.url.trimmed();
    subscription.scope = wanted.scope;
    subscription.pathToken = wanted.pathToken.isEmpty() ? newPathToken() : wanted.pathToken;
    subscription.scheme = wanted.scheme;
    subscription.hasSecret = !wanted.secret.isEmpty();
    subscription.state = state;
    subscription.madeAt = nowMs();
    subscription.madeBy = currentUser();
    subscription.changedAt = subscription.madeAt;
    return subscription;
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

DatabaseResult<void> deleteSubscription(Database &database, const QString &id)
{
    const auto statement = database.prepare("DELETE FROM webhook_subscriptions WHERE id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    return (*statement)->bind(0, id).run();
}

} // namespace

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
void WebhookVault::read(std::function<DatabaseResult<T>(Database &)> job, std::function<void(const T &)> use,
    std::function<void(const QString &)> fail)
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

void WebhookVault::change(
    const QString &id, const QString &action, const QString &reason, const Change &change, const Handler &handler)
{
    auto problem = std::make_shared<QString>();
    const auto job = [=](Database &database) -> DatabaseResult<void> {
        const auto found = readSubscription(database, id);
        if (!found)
            return std::unexpected(found.error());
        if (!*found) {
            *problem = tr("This subscription is not in the list any more.");
            return {};
        }
        WebhookSubscription after = **found;
        *problem = change(after);
        if (!problem->isEmpty())
            return {};
        after.changedAt = nowMs();
        if (auto stored = updateSubscription(database, after); !stored)
            return stored;
        return appendAudit(database, auditOf(action, id, auditText(**found), auditText(after), reason));
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
    auto known = std::make_shared<bool>(false);
    const auto job = [=](Database &database) -> DatabaseResult<void> {
        const auto all = readSubscriptions(database);
        if (!all)
            return std::unexpected(all.error());
        *known = std::ranges::any_of(*all, [&subscription](const WebhookSubscription &other) {
            const bool sameKey = !subscription.remoteKey.isEmpty() && other.remoteKey == subscription.remoteKey;
            return sameKey || other.pathToken == subscription.pathToken;
        });
        if (*known)
            return {};
        if (auto stored = insertSubscription(database, subscription); !stored)
            return stored;
        return appendAudit(database, auditOf(action, subscription.id, {}, auditText(subscription)));
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, known, handler](const DatabaseResult<void> &written) {
        if (!written)
            return handler(std::unexpected(databaseErrorText(written.error())));
        if (!*known)
            emit changed();
        handler(!*known);
    });
}

void WebhookVault::remove(const QString &id, const QString &action, const QString &reason, const Handler &handler)
{
    const auto job = [=](Database &database) -> DatabaseResult<void> {
        const auto found = readSubscription(database, id);
        if (!found)
            return std::unexpected(found.error());
        if (!*found)
            return {};
        if (auto gone = deleteSubscription(database, id); !gone)
            return gone;
        return appendAudit(database, auditOf(action, id, auditText(**found), {}, reason));
    };
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

void WebhookVault::subscribe(const NewSubscription &wanted, QObject *context, Made handler)
{
    const Made made = whileAlive(context, std::move(handler));
    if (const QString problem = firstProblem(wanted); !problem.isEmpty()) {
        QTimer::singleShot(0, this, [made, problem] { made(std::unexpected(problem)); });
        return;
    }
    const WebhookSubscription asked = subscriptionFor(wanted, SubscriptionState::Asked);
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
    using Found = std::optional<WebhookSubscription>;
    read<Found>([id](Database &database) { return readSubscription(database, id); },
        [this, scope, told](const Found &found) {
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
            subscription.endedAt = nowMs();
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
    WebhookSubscription subscription = subscriptionFor(known.facts, SubscriptionState::Active);
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
    WebhookSubscription subscription = subscriptionFor(
        {.name = name, .url = url, .pathToken = pathToken}, SubscriptionState::Active);
    subscription.family = WebhookFamily::Aggregation;
    insert(subscription, u"aggregation webhook received here"_s,
        [told = whileAlive(context, std::move(handler))](const std::expected<bool, QString> &added) {
            told(added ? std::expected<void, QString>() : std::unexpected(added.error()));
        });
}

void WebhookVault::noLongerAt(const QString &url)
{
    using All = QList<WebhookSubscription>;
    const auto end = [](WebhookSubscription &subscription) {
        subscription.state = SubscriptionState::Ended;
        subscription.endedAt = nowMs();
        subscription.endedBy = currentUser();
        return QString();
    };
    read<All>(
        readSubscriptions,
        [this, url, end](const All &all) {
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

//! An export on its way: secrets come from the keychain one after the other.
struct WebhookVault::Gathering
{
    QList<WebhookSubscription> left;
    QList<KnownSubscription> known;
    QString passphrase;
    std::function<void(const std::expected<QByteArray, QString> &)> told;
};

void WebhookVault::exportSealed(
    const QString &passphrase, QObject *context, std::function<void(std::expected<QByteArray, QString>)> handler)
{
    auto gathering = std::make_shared<Gathering>();
    gathering->passphrase = passphrase;
    gathering->told = whileAlive(context, std::move(handler));
    using All = QList<WebhookSubscription>;
    read<All>(
        readSubscriptions,
        [this, gathering](const All &all) {
            for (const WebhookSubscription &subscription : all) {
                if (subscription.isOurs() && !subscription.remoteKey.isEmpty())
                    gathering->left.append(subscription);
            }
            gatherSecrets(gathering);
        },
        [gathering](const QString &problem) { gathering->told(std::unexpected(problem)); });
}

void WebhookVault::gatherSecrets(const std::shared_ptr<Gathering> &gathering)
{
    if (gathering->left.isEmpty())
        return sealGathered(gathering);
    const WebhookSubscription next = gathering->left.takeFirst();
    readSecret(next.id, this, [this, gathering, next](const QByteArray &secret) {
        if (secret.isEmpty() && next.hasSecret)
            return gathering->told(std::unexpected(
                tr("The secret of %1 cannot be read from the keychain. Unlock the keychain, then export again.")
                    .arg(next.name.isEmpty() ? next.url : next.name)));
        gathering->known.append({.key = next.remoteKey,
            .facts = {.name = next.name,
                .url = next.url,
                .scope = next.scope,
                .secret = secret,
                .pathToken = next.pathToken,
                .scheme = next.scheme}});
        gatherSecrets(gathering);
    });
}

void WebhookVault::sealGathered(const std::shared_ptr<Gathering> &gathering)
{
    const AuditEntry entry = auditOf(
        u"webhook vault exported"_s, u"webhooks"_s, {}, tr("%1 subscriptions").arg(gathering->known.size()));
    m_ledger.write([entry](Database &database) { return appendAudit(database, entry); }, Ledger::Durability::Full, this,
        [this, gathering](const DatabaseResult<void> &recorded) {
            if (!recorded)
                return gathering->told(std::unexpected(databaseErrorText(recorded.error())));
            m_sealing.start([this, gathering] {
                const auto sealed = seal(vaultText(gathering->known, nowMs()), gathering->passphrase);
                QMetaObject::invokeMethod(this, [gathering, sealed] {
                    if (sealed)
                        gathering->told(*sealed);
                    else
                        gathering->told(std::unexpected(sealProblemText(sealed.error())));
                });
            });
        });
}

void WebhookVault::importSealed(const QByteArray &sealed, const QString &passphrase, QObject *context, Imported handler)
{
    const Imported told = whileAlive(context, std::move(handler));
    m_sealing.start([this, sealed, passphrase, told] {
        const auto text = unseal(sealed, passphrase);
        std::expected<VaultContent, QString> content = text ? readVaultText(*text)
                                                            : std::unexpected(sealProblemText(text.error()));
        QMetaObject::invokeMethod(this, [this, content = std::move(content), told] {
            if (content)
                addAll(content->subscriptions, {.problems = content->problems}, told);
            else
                told(std::unexpected(content.error()));
        });
    });
}

void WebhookVault::addAll(QList<KnownSubscription> found, VaultImport outcome, const Imported &handler)
{
    if (found.isEmpty())
        return handler(outcome);
    const KnownSubscription next = found.takeFirst();
    addKnown(next, [this, found, outcome, handler](const std::expected<bool, QString> &added) mutable {
        if (!added)
            outcome.problems.append(added.error());
        else if (*added)
            ++outcome.added;
        else
            ++outcome.alreadyThere;
        addAll(std::move(found), std::move(outcome), handler);
    });
}

void WebhookVault::recover()
{
    const auto job = [](Database &database) -> DatabaseResult<void> {
        const auto statement = database.prepare(
            "UPDATE webhook_subscriptions SET state = 'LOST', answer = ?2 WHERE state = 'ASKED' AND changed_at < ?1");
        if (!statement)
            return std::unexpected(statement.error());
        return (*statement)
            ->bind(0, nowMs() - longestQuestion.count())
            .bind(1, tr("The console ended before the answer came. When events arrive through it, it exists."))
            .run();
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this](const DatabaseResult<void> &) { emit changed(); });
}

} // namespace models

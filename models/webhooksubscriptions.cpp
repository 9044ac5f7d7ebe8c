// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/webhooksubscriptions.h"

#include "models/inbox.h"
#include "models/plurals.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QLocale>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct Subscriptions
{
    Q_DECLARE_TR_FUNCTIONS(Subscriptions)
};

using Scope = api::SubscriptionScope;

constexpr std::array subscriptionStates{SubscriptionState::Asked, SubscriptionState::Active,
    SubscriptionState::Disabled, SubscriptionState::Lost, SubscriptionState::Ended};

constexpr std::array categories{EventCategory::Payment, EventCategory::Customer, EventCategory::Account};

constexpr QByteArrayView selectSubscriptions
    = "SELECT s.key, s.id, s.family, s.name, s.remote_key, s.url, s.scope, s.details, s.path_token, s.scheme,"
      " s.has_secret, s.state, s.made_at, s.made_by, s.made_elsewhere, s.changed_at, s.ended_at, s.ended_by,"
      " s.answer, s.note,"
      " coalesce((SELECT max(received_at) FROM events WHERE subscription_id = s.id), 0),"
      " (SELECT count(*) FROM events WHERE subscription_id = s.id),"
      " (SELECT count(*) FROM events WHERE subscription_id = s.id AND verdict = 'NOT_VERIFIED')"
      " FROM webhook_subscriptions s";

QString scopeWord(Scope::Type type)
{
    switch (type) {
    case Scope::Type::Event:
        return u"EVENT"_s;
    case Scope::Type::Category:
        return u"CATEGORY"_s;
    case Scope::Type::All:
        return u"ALL"_s;
    }
    Q_UNREACHABLE();
}

Scope::Type scopeOfWord(QStringView word)
{
    for (const Scope::Type type : {Scope::Type::Event, Scope::Type::Category}) {
        if (scopeWord(type) == word)
            return type;
    }
    return Scope::Type::All;
}

QString storedDetails(const QStringList &details)
{
    std::vector<api::Json> items;
    for (const QString &detail : details)
        items.push_back(api::Json::fromText(detail));
    return QString::fromUtf8(api::Json::fromItems(std::move(items)).toText());
}

QStringList detailsOfStored(const QString &text)
{
    QStringList details;
    if (const auto json = api::Json::parse(text.toUtf8())) {
        for (const api::Json &item : json->items())
            details.append(item.text());
    }
    return details;
}

WebhookSubscription subscriptionOf(const Statement &row)
{
    WebhookSubscription subscription;
    subscription.key = row.integer(0);
    subscription.id = row.text(1);
    subscription.family = webhookFamilyOfWord(row.text(2)).value_or(WebhookFamily::PayByBank);
    subscription.name = row.text(3);
    subscription.remoteKey = api::SubscriptionKey(row.text(4));
    subscription.url = row.text(5);
    subscription.scope = {.type = scopeOfWord(row.text(6)), .details = detailsOfStored(row.text(7))};
    subscription.pathToken = row.text(8);
    subscription.scheme = schemeOfStored(row.text(9));
    subscription.hasSecret = row.integer(10) != 0;
    subscription.state = subscriptionStateOfWord(row.text(11));
    subscription.madeAt = row.integer(12);
    subscription.madeBy = row.text(13);
    subscription.madeElsewhere = row.integer(14) != 0;
    subscription.changedAt = row.integer(15);
    subscription.endedAt = row.integer(16);
    subscription.endedBy = row.text(17);
    subscription.answer = row.text(18);
    subscription.note = row.text(19);
    subscription.lastEventAt = row.integer(20);
    subscription.events = row.integer(21);
    subscription.notVerified = row.integer(22);
    return subscription;
}

// A null QString would be bound as NULL, which the columns refuse.
QStringView boundText(const QString &text)
{
    return text.isNull() ? QStringView(u"") : QStringView(text);
}

//! Positions 0 to 16 are the same for inserting and updating.
void bindSubscription(Statement &statement, const WebhookSubscription &subscription)
{
    const QString details = storedDetails(subscription.scope.details);
    statement.bind(0, webhookFamilyWord(subscription.family))
        .bind(1, boundText(subscription.name))
        .bind(2, boundText(subscription.remoteKey.text()))
        .bind(3, boundText(subscription.url))
        .bind(4, scopeWord(subscription.scope.type))
        .bind(5, details)
        .bind(6, subscription.pathToken)
        .bind(7, storedScheme(subscription.scheme))
        .bind(8, qint64(subscription.hasSecret))
        .bind(9, subscriptionStateWord(subscription.state))
        .bind(10, subscription.madeAt)
        .bind(11, boundText(subscription.madeBy))
        .bind(12, qint64(subscription.madeElsewhere))
        .bind(13, subscription.changedAt)
        .bind(14, subscription.endedAt)
        .bind(15, boundText(subscription.endedBy))
        .bind(16, boundText(subscription.answer))
        .bind(17, boundText(subscription.note))
        .bind(18, subscription.id);
}

DatabaseResult<void> storeBound(Database &database, QByteArrayView sql, const WebhookSubscription &subscription)
{
    const auto statement = database.prepare(sql);
    if (!statement)
        return std::unexpected(statement.error());
    bindSubscription(**statement, subscription);
    return (*statement)->run();
}

QStringList eventsOfCategory(const QString &word)
{
    QStringList events;
    for (const EventType &type : eventTypes(WebhookFamily::PayByBank)) {
        if (eventCategoryWord(type.category) == word)
            events.append(QString::fromLatin1(type.name));
    }
    return events;
}

QStringList everyEvent()
{
    QStringList events;
    for (const EventType &type : eventTypes(WebhookFamily::PayByBank))
        events.append(QString::fromLatin1(type.name));
    return events;
}

} // namespace

QString subscriptionStateWord(SubscriptionState state)
{
    switch (state) {
    case SubscriptionState::Asked:
        return u"ASKED"_s;
    case SubscriptionState::Active:
        return u"ACTIVE"_s;
    case SubscriptionState::Disabled:
        return u"DISABLED"_s;
    case SubscriptionState::Lost:
        return u"LOST"_s;
    case SubscriptionState::Ended:
        return u"ENDED"_s;
    }
    Q_UNREACHABLE();
}

SubscriptionState subscriptionStateOfWord(QStringView word)
{
    const auto *found = std::ranges::find_if(
        subscriptionStates, [word](SubscriptionState state) { return subscriptionStateWord(state) == word; });
    return found == subscriptionStates.end() ? SubscriptionState::Lost : *found;
}

QString subscriptionStateText(SubscriptionState state)
{
    switch (state) {
    case SubscriptionState::Asked:
        return Subscriptions::tr("Waiting for Link Money");
    case SubscriptionState::Active:
        return Subscriptions::tr("Active");
    case SubscriptionState::Disabled:
        return Subscriptions::tr("Switched off");
    case SubscriptionState::Lost:
        return Subscriptions::tr("Not certain");
    case SubscriptionState::Ended:
        return Subscriptions::tr("Ended");
    }
    Q_UNREACHABLE();
}

QString webhookSecretName(const QString &subscriptionId)
{
    return u"webhook-"_s + subscriptionId;
}

QString webhookPath(const QString &pathToken)
{
    return u"/webhooks/"_s + pathToken;
}

DatabaseResult<QList<WebhookSubscription>> readSubscriptions(Database &database)
{
    const auto statement = database.prepare(selectSubscriptions.toByteArray() + " ORDER BY s.made_at DESC, s.key DESC");
    if (!statement)
        return std::unexpected(statement.error());
    QList<WebhookSubscription> subscriptions;
    for (;;) {
        const auto row = (*statement)->step();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            break;
        subscriptions.append(subscriptionOf(**statement));
    }
    (*statement)->reset();
    return subscriptions;
}

DatabaseResult<std::optional<WebhookSubscription>> readSubscription(Database &database, const QString &id)
{
    const auto statement = database.prepare(selectSubscriptions.toByteArray() + " WHERE s.id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, id).step();
    if (!row)
        return std::unexpected(row.error());
    std::optional<WebhookSubscription> subscription;
    if (*row)
        subscription = subscriptionOf(**statement);
    (*statement)->reset();
    return subscription;
}

DatabaseResult<void> insertSubscription(Database &database, const WebhookSubscription &subscription)
{
    return storeBound(database,
        "INSERT INTO webhook_subscriptions(family, name, remote_key, url, scope, details, path_token, scheme,"
        " has_secret, state, made_at, made_by, made_elsewhere, changed_at, ended_at, ended_by, answer, note, id)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        subscription);
}

DatabaseResult<void> updateSubscription(Database &database, const WebhookSubscription &subscription)
{
    return storeBound(database,
        "UPDATE webhook_subscriptions SET family = ?1, name = ?2, remote_key = ?3, url = ?4, scope = ?5, details = ?6,"
        " path_token = ?7, scheme = ?8, has_secret = ?9, state = ?10, made_at = ?11, made_by = ?12,"
        " made_elsewhere = ?13, changed_at = ?14, ended_at = ?15, ended_by = ?16, answer = ?17, note = ?18"
        " WHERE id = ?19",
        subscription);
}

DatabaseResult<std::optional<api::WebhookDelivery>> newestDelivery(Database &database, const QString &subscriptionId)
{
    const auto statement = database.prepare(
        "SELECT key FROM events WHERE subscription_id = ?1 ORDER BY key DESC LIMIT 1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, subscriptionId).step();
    if (!row)
        return std::unexpected(row.error());
    const qint64 key = *row ? (*statement)->integer(0) : 0;
    (*statement)->reset();
    return readDelivery(database, key);
}

QStringList coveredEvents(const api::SubscriptionScope &scope)
{
    switch (scope.type) {
    case Scope::Type::All:
        return everyEvent();
    case Scope::Type::Event:
        return scope.details;
    case Scope::Type::Category: {
        QStringList events;
        for (const QString &event : everyEvent()) {
            const bool covered = std::ranges::any_of(scope.details,
                [&event](const QString &category) { return eventsOfCategory(category).contains(event); });
            if (covered)
                events.append(event);
        }
        return events;
    }
    }
    Q_UNREACHABLE();
}

std::optional<api::SubscriptionScope> scopeWithout(
    const api::SubscriptionScope &scope, const api::SubscriptionScope &ended)
{
    if (ended.type == Scope::Type::All || ended == scope)
        return {};
    Scope left = scope;
    if (scope.type == Scope::Type::Category && ended.type == Scope::Type::Category) {
        left.details.removeIf([&ended](const QString &category) { return ended.details.contains(category); });
    } else {
        const QStringList gone = coveredEvents(ended);
        left = {.type = Scope::Type::Event, .details = coveredEvents(scope)};
        left.details.removeIf([&gone](const QString &event) { return gone.contains(event); });
    }
    return left.details.isEmpty() ? std::nullopt : std::optional(left);
}

QString scopeText(const api::SubscriptionScope &scope)
{
    switch (scope.type) {
    case Scope::Type::All:
        return Subscriptions::tr("Everything");
    case Scope::Type::Event:
        return scope.details.size() == 1
            ? eventTitle(scope.details.first())
            : counted(scope.details.size(), Subscriptions::tr("1 event"), Subscriptions::tr("%1 events"));
    case Scope::Type::Category: {
        QStringList names;
        for (const EventCategory category : categories) {
            if (scope.details.contains(eventCategoryWord(category)))
                names.append(eventCategoryText(category));
        }
        return QLocale().createSeparatedList(names);
    }
    }
    Q_UNREACHABLE();
}

QString scopeProblem(const api::SubscriptionScope &scope)
{
    if (scope.type != Scope::Type::All && scope.details.isEmpty())
        return Subscriptions::tr("Choose at least one event.");
    return {};
}

QString webhookUrlProblem(const QString &url)
{
    const QUrl read(url.trimmed(), QUrl::StrictMode);
    if (url.trimmed().isEmpty())
        return Subscriptions::tr("Type the address that Link Money should send events to.");
    if (!read.isValid() || read.host().isEmpty())
        return Subscriptions::tr("This is not a web address. It should look like https://example.com/webhooks.");
    if (!read.userInfo().isEmpty())
        return Subscriptions::tr("Leave the user name and password out of the address: it is no safe place for them.");
    if (read.scheme() == u"https")
        return {};
    if (read.scheme() != u"http")
        return Subscriptions::tr("The address must begin with https://.");
    const QHostAddress address(read.host());
    const bool here = read.host() == u"localhost" || address.isLoopback();
    return here ? QString() : Subscriptions::tr("The address must begin with https://, so that nobody can read along.");
}

QString webhookSecretProblem(const QByteArray &secret)
{
    constexpr qsizetype shortest = 16;
    constexpr qsizetype longest = 256;
    if (secret.isEmpty())
        return Subscriptions::tr("Type a secret, or let the console make one.");
    if (secret != secret.trimmed())
        return Subscriptions::tr("The secret begins or ends with a space. Remove it: it would be part of the secret.");
    const bool plain = std::ranges::all_of(secret, [](char character) { return character > 0x20 && character < 0x7f; });
    if (!plain)
        return Subscriptions::tr("Use only letters, digits and signs without spaces in the secret.");
    if (secret.size() < shortest)
        return Subscriptions::tr("Use at least %1 characters: a short secret can be guessed.").arg(shortest);
    if (secret.size() > longest)
        return Subscriptions::tr("Use at most %1 characters.").arg(longest);
    return {};
}

CoverageFindings coverageOf(const QList<WebhookSubscription> &subscriptions)
{
    CoverageFindings findings;
    for (const QString &event : everyEvent()) {
        const auto covering = std::ranges::count_if(subscriptions, [&event](const WebhookSubscription &subscription) {
            return subscription.family == WebhookFamily::PayByBank && subscription.state == SubscriptionState::Active
                && coveredEvents(subscription.scope).contains(event);
        });
        if (covering == 0)
            findings.uncovered.append(event);
        else if (covering > 1)
            findings.overlapping.append(event);
    }
    return findings;
}

} // namespace models

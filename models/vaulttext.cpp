// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/vaulttext.h"

#include <QCoreApplication>
#include <QDateTime>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct Vault
{
    Q_DECLARE_TR_FUNCTIONS(Vault)
};

using api::Json;
using Scope = api::SubscriptionScope;

constexpr QStringView vaultFormat = u"merchant-console webhook vault";
constexpr int vaultVersion = 1;

constexpr std::array<std::pair<Scope::Type, QStringView>, 3> scopeWords{
    {{Scope::Type::All, u"ALL"}, {Scope::Type::Category, u"CATEGORY"}, {Scope::Type::Event, u"EVENT"}}};

Json scopeJson(const Scope &scope)
{
    std::vector<Json> details;
    for (const QString &detail : scope.details)
        details.push_back(Json::fromText(detail));
    QStringView word;
    for (const auto &[type, text] : scopeWords)
        word = type == scope.type ? text : word;
    return Json::fromMembers(
        {{u"type"_s, Json::fromText(word.toString())}, {u"details"_s, Json::fromItems(std::move(details))}});
}

std::optional<Scope> scopeOf(const Json &json)
{
    for (const auto &[type, text] : scopeWords) {
        if (json[u"type"].text() != text)
            continue;
        Scope scope{.type = type, .details = {}};
        for (const Json &detail : json[u"details"].items())
            scope.details.append(detail.text());
        return scope;
    }
    return {};
}

Json entryJson(const KnownSubscription &known)
{
    const NewSubscription &facts = known.facts;
    return Json::fromMembers({
        {u"subscriptionKey"_s, Json::fromText(known.key.text())},
        {u"name"_s, Json::fromText(facts.name)},
        {u"url"_s, Json::fromText(facts.url)},
        {u"subscriptionDetails"_s, scopeJson(facts.scope)},
        {u"secretKey"_s, Json::fromText(QString::fromLatin1(facts.secret))},
        {u"pathToken"_s, Json::fromText(facts.pathToken)},
        {u"scheme"_s, Json::fromText(storedScheme(facts.scheme))},
    });
}

//! A sentence when the entry cannot be used.
std::expected<KnownSubscription, QString> entryOf(const Json &json)
{
    const auto scope = scopeOf(json[u"subscriptionDetails"]);
    KnownSubscription known{.key = api::SubscriptionKey(json[u"subscriptionKey"].text()),
        .facts = {.name = json[u"name"].text(),
            .url = json[u"url"].text(),
            .scope = scope.value_or(Scope()),
            .secret = json[u"secretKey"].text().toLatin1(),
            .pathToken = json[u"pathToken"].text(),
            .scheme = schemeOfStored(json[u"scheme"].text())}};
    if (known.key.isEmpty())
        return std::unexpected(Vault::tr("An entry without a subscription key was left out."));
    const QString problem = !scope ? Vault::tr("What it covers cannot be read.") : scopeProblem(*scope);
    if (!problem.isEmpty())
        return std::unexpected(Vault::tr("Subscription %1 was left out: %2").arg(known.key.text(), problem));
    return known;
}

} // namespace

QByteArray vaultText(const QList<KnownSubscription> &subscriptions, qint64 exportedAt)
{
    std::vector<Json> entries;
    for (const KnownSubscription &known : subscriptions)
        entries.push_back(entryJson(known));
    const QString moment = QDateTime::fromMSecsSinceEpoch(exportedAt, Qt::UTC).toString(Qt::ISODateWithMs);
    const Json text = Json::fromMembers({
        {u"format"_s, Json::fromText(vaultFormat.toString())},
        {u"version"_s, Json::fromNumberText(QString::number(vaultVersion))},
        {u"exportedAt"_s, Json::fromText(moment)},
        {u"subscriptions"_s, Json::fromItems(std::move(entries))},
    });
    return text.toPrettyText().toUtf8() + '\n';
}

std::expected<VaultContent, QString> readVaultText(const QByteArray &text)
{
    const auto json = Json::parse(text);
    if (!json || (*json)[u"format"].text() != vaultFormat)
        return std::unexpected(Vault::tr("This file holds no webhook subscriptions. Choose another file."));
    if ((*json)[u"version"].text().toInt() > vaultVersion)
        return std::unexpected(Vault::tr("This file was made by a newer console. Update this one, then try again."));
    VaultContent content;
    for (const Json &entry : (*json)[u"subscriptions"].items()) {
        if (const auto known = entryOf(entry))
            content.subscriptions.append(*known);
        else
            content.problems.append(known.error());
    }
    return content;
}

} // namespace models

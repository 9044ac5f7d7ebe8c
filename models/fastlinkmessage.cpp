// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fastlinkmessage.h"

#include "api/json.h"
#include "models/pagerules.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

using api::Json;

constexpr int longestField = 256;
constexpr std::size_t mostSites = 100;
constexpr int deepestText = 2; // JSON text inside a JSON string, reference 2.7.3

QString fastLinkText(const char *text)
{
    return QCoreApplication::translate("models::FastLinkMessage", text);
}

QString shortField(const Json &value)
{
    if (value.type() != Json::Type::String && value.type() != Json::Type::Number)
        return {};
    QString text = value.text().left(longestField).simplified();
    text.removeIf([](QChar letter) { return !letter.isPrint(); });
    return text;
}

// Newer name first, deprecated ones after it (reference 2.7.2).
QString eitherField(const Json &object, std::initializer_list<QStringView> names)
{
    for (const QStringView name : names) {
        if (const QString text = shortField(object[name]); !text.isEmpty())
            return text;
    }
    return {};
}

FastLinkSite readSite(const Json &object)
{
    return {.providerId = shortField(object[u"providerId"]),
        .providerName = eitherField(object, {u"providerName", u"bankName", u"siteName"}),
        .providerAccountId = eitherField(object, {u"providerAccountId", u"siteAccountId"}),
        .requestId = shortField(object[u"requestId"]),
        .status = shortField(object[u"status"]),
        .additionalStatus = eitherField(object, {u"additionalStatus", u"statusCode"}),
        .reason = shortField(object[u"reason"])};
}

bool isExternal(const QString &type)
{
    return type == "OPEN_EXTERNAL_URL"_L1 || type == "BANK_OAUTH_URL"_L1;
}

std::expected<Json, QString> unwrapText(Json value)
{
    for (int depth = 0; depth < deepestText && value.type() == Json::Type::String; ++depth) {
        const auto inner = Json::parse(value.text().toUtf8());
        if (!inner)
            return std::unexpected(fastLinkText("FastLink sent a message that is not JSON: %1.").arg(inner.error()));
        value = *inner;
    }
    if (value.type() != Json::Type::Object)
        return std::unexpected(fastLinkText("FastLink sent a message of an unknown shape."));
    return value;
}

std::expected<FastLinkMessage, QString> readExternal(const QString &type, const Json &data)
{
    const QUrl url(data[u"url"].text(), QUrl::StrictMode);
    if (const QString problem = pageAddressProblem(url); !problem.isEmpty())
        return std::unexpected(fastLinkText("FastLink asked for a page that is not opened. %1").arg(problem));
    return FastLinkMessage{.kind = FastLinkMessage::Kind::ExternalPage, .url = url, .type = type};
}

FastLinkMessage::Kind kindOf(const QString &type, const Json &data)
{
    using Kind = FastLinkMessage::Kind;
    if (shortField(data[u"action"]) == "exit"_L1 || type == "onClose"_L1 || type == "onExit"_L1)
        return Kind::Exit;
    if (type == "onError"_L1)
        return Kind::Failure;
    const QString status = shortField(data[u"status"]);
    if (type == "onSuccess"_L1 || status == "SUCCESS"_L1)
        return Kind::Success;
    return status == "FAILED"_L1 ? Kind::Failure : Kind::Progress;
}

QList<FastLinkSite> readSites(const Json &data)
{
    QList<FastLinkSite> sites;
    const Json list = data[u"sites"];
    for (const Json &site : list.items()) {
        if (sites.size() < qsizetype(mostSites) && site.type() == Json::Type::Object)
            sites.append(readSite(site));
    }
    const FastLinkSite own = readSite(data);
    if (sites.isEmpty() && !(own.providerId + own.providerAccountId + own.requestId).isEmpty())
        sites.append(own);
    return sites;
}

FastLinkMessage readData(const QString &type, const Json &data)
{
    return {.kind = kindOf(type, data),
        .sites = readSites(data),
        .status = shortField(data[u"status"]),
        .reason = shortField(data[u"reason"]),
        .type = type};
}

QString siteName(const FastLinkSite &site)
{
    return site.providerName.isEmpty() ? fastLinkText("The bank") : site.providerName;
}

} // namespace

std::expected<FastLinkMessage, QString> readFastLinkMessage(const QByteArray &json)
{
    if (json.size() > fastLinkMessageLimit)
        return std::unexpected(fastLinkText("FastLink sent a message of more than 64 KB. It was not read."));
    const auto parsed = Json::parse(json);
    if (!parsed)
        return std::unexpected(fastLinkText("FastLink sent a message that is not JSON: %1.").arg(parsed.error()));
    const auto outer = unwrapText(*parsed);
    if (!outer)
        return std::unexpected(outer.error());
    const QString type = shortField((*outer)[u"type"]);
    const Json inner = (*outer)[u"data"];
    const auto data = inner.isNull() ? outer : unwrapText(inner);
    if (!data)
        return std::unexpected(data.error());
    if (isExternal(type))
        return readExternal(type, *data);
    // An event of the loader names its kind inside.
    if (const QString nested = shortField((*data)[u"type"]); isExternal(nested)) {
        const Json deeper = (*data)[u"data"];
        return readExternal(nested, deeper.type() == Json::Type::Object ? deeper : *data);
    }
    return readData(type, *data);
}

void FastLinkOutcome::take(const FastLinkMessage &message)
{
    if (message.kind == FastLinkMessage::Kind::ExternalPage || message.kind == FastLinkMessage::Kind::Progress)
        return;
    for (const FastLinkSite &site : message.sites)
        merge(site);
    if (message.kind == FastLinkMessage::Kind::Exit)
        m_exited = true;
    if (message.sites.isEmpty() && !message.status.isEmpty()) {
        m_status = message.status;
        m_reason = message.reason;
    }
}

void FastLinkOutcome::merge(const FastLinkSite &site)
{
    const auto known = std::ranges::find_if(m_sites, [&](const FastLinkSite &other) {
        const bool sameAccount = !site.providerAccountId.isEmpty() && other.providerAccountId == site.providerAccountId;
        const bool sameRequest = !site.requestId.isEmpty() && other.requestId == site.requestId;
        return sameAccount || sameRequest;
    });
    if (known == m_sites.end())
        m_sites.append(site);
    else if (!site.status.isEmpty())
        *known = site;
}

bool FastLinkOutcome::linked() const
{
    return std::ranges::any_of(m_sites, [](const FastLinkSite &site) { return site.status == "SUCCESS"_L1; });
}

QString FastLinkOutcome::account() const
{
    const auto linkedSite = std::ranges::find(m_sites, u"SUCCESS"_s, &FastLinkSite::status);
    if (linkedSite != m_sites.end())
        return fastLinkText("%1 was linked.").arg(siteName(*linkedSite));
    if (!m_sites.isEmpty()) {
        const FastLinkSite &site = m_sites.constLast();
        const QString why = site.reason.isEmpty() ? site.additionalStatus : site.reason;
        return why.isEmpty() ? fastLinkText("%1 was not linked.").arg(siteName(site))
                             : fastLinkText("%1 was not linked: %2.").arg(siteName(site), why);
    }
    if (m_status == "USER_CLOSE_ACTION"_L1 || m_status == "ACTION_ABANDONED"_L1)
        return fastLinkText("The customer left before a bank was linked.");
    if (m_status == "FAILED"_L1)
        return m_reason.isEmpty() ? fastLinkText("FastLink failed; no bank was linked.")
                                  : fastLinkText("FastLink failed: %1. No bank was linked.").arg(m_reason);
    return m_exited ? fastLinkText("FastLink ended without naming a bank.")
                    : fastLinkText("FastLink has not ended yet.");
}

} // namespace models

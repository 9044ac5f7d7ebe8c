// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationsettings.h"

#include <QSettings>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

QString variantWord(api::FastLinkVariant variant)
{
    switch (variant) {
    case api::FastLinkVariant::Reference:
        return u"reference"_s;
    case api::FastLinkVariant::Quickstart:
        return u"quickstart"_s;
    case api::FastLinkVariant::Guide:
        return u"guide"_s;
    }
    Q_UNREACHABLE();
}

api::FastLinkVariant variantOfWord(const QString &word)
{
    for (const auto variant : {api::FastLinkVariant::Quickstart, api::FastLinkVariant::Guide}) {
        if (variantWord(variant) == word)
            return variant;
    }
    return api::FastLinkVariant::Reference;
}

} // namespace

AggregationSettings readAggregation(const QSettings &settings)
{
    const AggregationSettings fresh;
    return {.baseUrl = QUrl(settings.value(u"aggregationUrl"_s).toString()),
        .clientId = settings.value(u"aggregationClientId"_s).toString(),
        .tenants = settings.value(u"aggregationTenants"_s).toStringList(),
        .fastLinkVariant = variantOfWord(settings.value(u"fastLinkVariant"_s).toString()),
        .fastLinkUrl = QUrl(settings.value(u"fastLinkUrl"_s).toString()),
        .loader = QUrl(settings.value(u"fastLinkLoader"_s, fresh.loader.toString()).toString()),
        .proxyPrefix = settings.value(u"aggregationPrefix"_s, fresh.proxyPrefix).toString(),
        .apiVersion = settings.value(u"aggregationApiVersion"_s).toString(),
        .userTokens = settings.value(u"aggregationUserTokens"_s, false).toBool()};
}

void writeAggregation(QSettings &settings, const AggregationSettings &aggregation)
{
    settings.setValue(u"aggregationUrl"_s, aggregation.baseUrl.toString());
    settings.setValue(u"aggregationClientId"_s, aggregation.clientId);
    settings.setValue(u"aggregationTenants"_s, aggregation.tenants);
    settings.setValue(u"fastLinkVariant"_s, variantWord(aggregation.fastLinkVariant));
    settings.setValue(u"fastLinkUrl"_s, aggregation.fastLinkUrl.toString());
    settings.setValue(u"fastLinkLoader"_s, aggregation.loader.toString());
    settings.setValue(u"aggregationPrefix"_s, aggregation.proxyPrefix);
    settings.setValue(u"aggregationApiVersion"_s, aggregation.apiVersion);
    settings.setValue(u"aggregationUserTokens"_s, aggregation.userTokens);
}

} // namespace models

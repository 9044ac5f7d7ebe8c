// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/aggregation/fastlink.h"
#include "api/aggregation/proxy.h"

#include <QStringList>
#include <QUrl>

class QSettings;

namespace models {

//! How a profile reaches the aggregation family (reference part 2). The client secret is in the keychain, under a name
//! of its own.
struct AggregationSettings
{
    QUrl baseUrl = {}; //!< with /api where the service wants it; empty: the family is not used
    QString clientId = {};
    QStringList tenants = {}; //!< the first is used until another is chosen
    api::FastLinkVariant fastLinkVariant = api::FastLinkVariant::Reference;
    QUrl fastLinkUrl = {}; //!< used when the service gives a token without an address
    QUrl loader = QUrl(QStringLiteral("https://cdn.yodlee.com/fastlink/v4/initialize.js")); //!< FastLink's script
    QString proxyPrefix = QStringLiteral("/yodlee");                                        //!< or "/yodlee/v1"
    QString apiVersion = {}; //!< of Yodlee, "1.1"; empty: no header
    bool userTokens = false; //!< name the user in the token when something of that user is asked for

    bool isUsed() const { return !baseUrl.isEmpty(); }
    api::YodleeProxy proxy() const { return {.prefix = proxyPrefix, .apiVersion = apiVersion}; }

    friend bool operator==(const AggregationSettings &, const AggregationSettings &) = default;
};

//! From and into the profile's group of the settings file.
AggregationSettings readAggregation(const QSettings &settings);
void writeAggregation(QSettings &settings, const AggregationSettings &aggregation);

} // namespace models

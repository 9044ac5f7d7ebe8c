// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/receiversettings.h"
#include "models/webhookverification.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace receiver {

struct Options
{
    QString ledger;       //!< file
    QString profile = {}; //!< whose keychain entries hold the secrets; empty: the keychain is not asked
    models::ReceiverSettings settings = {};
    QStringList pathTokens = {}; //!< sources to make when they are not there
    models::WebhookFamily family = models::WebhookFamily::PayByBank;
    models::WebhookScheme scheme = {};
    std::optional<QByteArray> secret = {}; //!< from a file or the environment, for every source
    QList<QUrl> forward = {};
    bool quiet = false;
    bool exportEvents = false;
};

struct OptionsOrExit
{
    std::optional<Options> options;
    int exitCode = 0;
};

OptionsOrExit readOptions(const QStringList &arguments);

} // namespace receiver

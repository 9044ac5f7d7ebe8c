// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sandbox/sandboxunderuse.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QJsonArray>

namespace tests {

//! The secret of every subscription that names none; with spaces, as merchants may choose such.
inline constexpr char usualSecret[] = " s3 cret";

//! Answers the subscription key; empty when it was refused.
QString subscribe(SandboxUnderUse &sandbox, const QString &url, const QString &type = QStringLiteral("ALL"),
    const QJsonArray &details = {}, const QString &secret = QString::fromLatin1(usualSecret));
//! Answers the payment's id; empty when it was refused.
QString pay(SandboxUnderUse &sandbox, const QString &requestKey);

//! At most a hundred, or whatever the query asks for.
QJsonArray deliveries(SandboxUnderUse &sandbox, const QString &query = {});
int countOf(SandboxUnderUse &sandbox, const QString &state);
//! A call of one of the sandbox's own routes.
SandboxAnswer admin(SandboxUnderUse &sandbox, const QString &path, const QJsonObject &body);

//! What x-signature must be for the usual secret.
QByteArray stampedSignature(const ReceivedWebhook &webhook);

} // namespace tests

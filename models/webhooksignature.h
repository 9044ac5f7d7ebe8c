// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/webhookverification.h"

namespace models {

//! The time taken depends on the lengths only.
bool equalInConstantTime(QByteArrayView left, QByteArrayView right);

//! The bytes that the scheme wants; the prefix may be there or not. Nothing when the text is not in its encoding.
std::optional<QByteArray> decodedSignature(const WebhookScheme &scheme, QByteArray text);

QByteArray expectedSignature(
    const api::WebhookDelivery &delivery, const WebhookScheme &scheme, const QByteArray &secret);

//! UTC ms of a Unix time in seconds or milliseconds, digits only.
std::optional<qint64> signatureTime(const QByteArray &text);

} // namespace models

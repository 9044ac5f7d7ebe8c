// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/webhookdelivery.h"
#include "models/eventtypes.h"

#include <QList>
#include <QString>

#include <optional>

namespace models {

//! How the authenticity of a subscription's deliveries is checked. Neither family documents it, so it is a setting
//! (reference 1.14.5 and 2.8).
struct WebhookScheme
{
    enum class Kind {
        None,         //!< nothing is checked
        Signature,    //!< a keyed hash over the body or over id, timestamp and body
        SharedSecret, //!< the secret itself, verbatim, in a header
    };
    enum class Hash { Sha256, Sha512 };
    enum class Encoding { Hex, Base64 };
    enum class Signed { Body, TimestampBody, IdTimestampBody }; //!< parts joined by dots

    Kind kind = Kind::None;
    QString signatureHeader = {};
    QString prefix = {}; //!< before the encoded hash, such as "sha256="; optional in a delivery
    Hash hash = Hash::Sha256;
    Encoding encoding = Encoding::Hex;
    Signed content = Signed::Body;
    QString timestampHeader = {}; //!< Unix seconds or milliseconds
    QString idHeader = {};
    int clockSkewSeconds = 300; //!< 1..86400; 0: the timestamp is not checked

    friend bool operator==(const WebhookScheme &, const WebhookScheme &) = default;
};

//! As stored in webhook_subscriptions.scheme, and back. Text that cannot be read is the scheme None.
QString storedScheme(const WebhookScheme &scheme);
WebhookScheme schemeOfStored(const QString &text);

//! "HMAC-SHA512, base64, over id.timestamp.body, in x-signature".
QString schemeText(const WebhookScheme &scheme);
//! What keeps it from being used, as a sentence; empty when it can be.
QString schemeProblem(const WebhookScheme &scheme);

struct SchemePreset
{
    QString id;    //!< stable
    QString title; //!< what it is
    QString why;   //!< where it is known from, and how sure that is
    WebhookScheme scheme = {};
};

//! Those that the reference names, the likeliest first; the last one is None.
QList<SchemePreset> schemePresets(WebhookFamily family);

enum class VerdictKind { Verified, Failed, NotChecked };

QString verdictWord(VerdictKind kind);       //!< "VERIFIED", "NOT_VERIFIED", "NOT_CHECKED": as stored
VerdictKind verdictOfWord(QStringView word); //!< an unknown word reads as NotChecked

struct Verdict
{
    VerdictKind kind = VerdictKind::NotChecked;
    QString reason = {};         //!< a sentence
    QByteArray signatureId = {}; //!< of a verified delivery whose scheme signs an id: the same id under another event
                                 //!< is a replay

    friend bool operator==(const Verdict &, const Verdict &) = default;
};

//! Compares in constant time. The clock is the delivery's receivedAt.
Verdict verifyDelivery(const api::WebhookDelivery &delivery, const WebhookScheme &scheme, const QByteArray &secret);

//! A scheme under which a captured delivery is authentic.
struct SchemeTrial
{
    WebhookScheme scheme = {};
    QString note = {}; //!< why it would be refused all the same, such as its age; empty when it would be verified
};

//! Tries every header of the delivery with every hash, encoding and signed text, with the usual prefixes, and the
//! secret verbatim. Empty when nothing fits. A header that was not stored (hiddenHeaderValue) cannot fit.
QList<SchemeTrial> whatWouldMatch(const api::WebhookDelivery &delivery, const QByteArray &secret);

} // namespace models

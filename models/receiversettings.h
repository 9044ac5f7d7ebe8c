// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/webhooklistener.h"

#include <QString>
#include <QUrl>

#include <expected>

namespace models {

//! How events reach this computer. Off unless a person turned it on; one INI file beside a profile's ledger, which the
//! console and the headless receiver both read.
struct ReceiverSettings
{
    bool enabled = false;
    QString address = QStringLiteral("127.0.0.1"); //!< "0.0.0.0" or "::" for every network
    quint16 port = 8787;                           //!< 0: any free one, another at every start
    QString certificateFile = {};                  //!< PEM; empty: plain HTTP
    QString keyFile = {};                          //!< PEM without a passphrase
    //! What senders reach us under, through a proxy or tunnel: goes before "/webhooks/<token>" when subscribing. Empty:
    //! the listener's own address.
    QUrl publicUrl = {};

    friend bool operator==(const ReceiverSettings &, const ReceiverSettings &) = default;
};

ReceiverSettings readReceiverSettings(const QString &file);
//! A sentence when it could not be written.
std::expected<void, QString> writeReceiverSettings(const QString &file, const ReceiverSettings &settings);
//! The file of a profile, in its folder.
QString receiverSettingsFile(const QString &profileFolder);

//! One problem per field ("address", "certificateFile", "keyFile", "publicUrl"), as a sentence.
struct ReceiverProblem
{
    QString field;
    QString sentence;
};
QList<ReceiverProblem> receiverProblems(const ReceiverSettings &settings);
//! What is worth a warning: reachable from other computers without TLS.
QString receiverWarning(const ReceiverSettings &settings);

//! Reads the certificate and key files; a sentence when one cannot be read.
std::expected<api::ListenerSettings, QString> listenerSettingsOf(const ReceiverSettings &settings);

//! The address to subscribe: the public one, or the listener's own on `port`.
QUrl webhookUrl(const ReceiverSettings &settings, quint16 port, const QString &pathToken);

} // namespace models

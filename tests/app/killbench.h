// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outbox.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

//! The real sandbox process, and what it says about what reached it.
class SandboxUnderTest
{
public:
    bool start();
    ~SandboxUnderTest();

    QUrl url;
    QString clientId;
    QString clientSecret;
    QString merchant;
    QStringList transactionIds;

    //! A fault rule as JSON.
    bool addFault(const QByteArray &rule);
    bool clearFaults();
    //! Everything that the API was made to move, as far as it concerns this payment.
    QList<QJsonObject> madeFor(const QString &payment);
    qsizetype madeInAll();
    QStringList sessionKeys(); //!< the request key of every session that was made

private:
    QJsonObject ask(const QByteArray &verb, const QString &path, const QByteArray &body = {});
    QTemporaryDir m_folder;
    QProcess m_process;
    QNetworkAccessManager m_network;
};

//! One console process on one ledger.
class DriverUnderTest
{
public:
    DriverUnderTest(const SandboxUnderTest &sandbox, const QString &ledger, const QStringList &command,
        const QStringList &options = {});
    ~DriverUnderTest();

    //! The next line it prints, empty when it ends first.
    QJsonObject line();
    void go(); //!< for those that were started with --wait
    void kill();
    //! True when it ended by itself and without complaint.
    bool finished();
    bool diedBySignal();

private:
    QProcess m_process;
};

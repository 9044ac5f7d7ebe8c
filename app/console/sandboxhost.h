// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/credentials.h"
#include "api/ids.h"
#include "models/aggregationsettings.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QObject>
#include <QProcess>
#include <QTimer>
#include <QUrl>

namespace console {

//! Where the built-in sandbox answers and how to be let in.
struct SandboxAddress
{
    QUrl url;
    api::Credentials credentials;
    api::MerchantId merchant;
    models::AggregationSettings aggregation; //!< not used when the sandbox names none
    QByteArray aggregationSecret;
};

//! Runs the built-in sandbox as a child, or, when another console window already runs it on the same folder, uses that
//! one and takes over when it ends. The address passes through a local socket that only the same user can open, never
//! through a file.
class SandboxHost : public QObject
{
    Q_OBJECT
public:
    //! `folder` keeps the sandbox's state and its list of ids.
    SandboxHost(QString folder, QStringList arguments, QObject *parent = nullptr);
    ~SandboxHost() override; //!< stops the child

    //! Also tries again after failed(). Without effect while all is well.
    void start();
    void stop();
    //! Forgets everything that happened in the sandbox of this folder. No sandbox may be running on it.
    static void forget(const QString &folder);

    QString idsFile() const; //!< CSV with the ids a merchant would know
    bool ownsProcess() const;

signals:
    void ready(const console::SandboxAddress &address);
    void failed(const QString &sentence);

private:
    void becomeOwner();
    void becomeGuest();
    void launch();
    void readLine();
    void childEnded();
    void guestHeard();
    void greetGuests();
    void announce(const QByteArray &line);
    quint16 lastPort() const;
    void rememberPort(const QByteArray &line) const;

    QString m_folder;
    QStringList m_arguments;
    QString m_socketName;
    QLockFile m_lock; //!< who holds it runs the sandbox of this folder
    QLocalServer m_server;
    QLocalSocket m_guest;
    QProcess m_process;
    QByteArray m_line; //!< what the sandbox said when it was ready
    QTimer m_again;
    int m_launches = 0;
    bool m_stopping = false;
};

} // namespace console

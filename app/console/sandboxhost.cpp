// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/sandboxhost.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

using namespace Qt::Literals::StringLiterals;

namespace console {

namespace {

constexpr int maximumLaunches = 5; //!< in a row without ever being ready
constexpr int stopWithinMs = 2'000;
constexpr qsizetype maximumLine = 4'096;
constexpr qint64 longestPort = 8;

QString socketNameFor(const QString &folder)
{
    const QByteArray digest = QCryptographicHash::hash(
        QFileInfo(folder).canonicalFilePath().toUtf8(), QCryptographicHash::Sha256);
    return u"merchant-console-"_s + QString::fromLatin1(digest.toHex().left(24));
}

QString stateFileIn(const QString &folder)
{
    return QDir(folder).filePath(u"sandbox.state"_s);
}

QString idsFileIn(const QString &folder)
{
    return QDir(folder).filePath(u"sandbox-ids.csv"_s);
}

QString portFileIn(const QString &folder)
{
    return QDir(folder).filePath(u"sandbox.port"_s);
}

bool isOurs(const QUrl &url)
{
    return url.isValid() && url.host() == "127.0.0.1"_L1;
}

models::AggregationSettings aggregationOf(const QJsonObject &said)
{
    models::AggregationSettings settings{.baseUrl = QUrl(said.value("aggregationUrl"_L1).toString(), QUrl::StrictMode),
        .clientId = said.value("aggregationClientId"_L1).toString()};
    if (!isOurs(settings.baseUrl))
        return {};
    settings.tenants = {said.value("tenantId"_L1).toString()};
    const QJsonArray tenants = said.value("tenantIds"_L1).toArray();
    for (const QJsonValue &tenant : tenants)
        settings.tenants.append(tenant.toString());
    settings.tenants.removeDuplicates();
    settings.tenants.removeAll(QString());
    const QUrl pages(said.value("pagesUrl"_L1).toString(), QUrl::StrictMode);
    if (isOurs(pages))
        settings.loader = QUrl(pages.toString() + u"/fastlink/v4/initialize.js"_s);
    return settings;
}

} // namespace

SandboxHost::SandboxHost(QString folder, QStringList arguments, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_arguments(std::move(arguments))
    , m_lock(QDir(m_folder).filePath(u"sandbox.lock"_s))
{
    m_lock.setStaleLockTime(0); // however old, it is good while its process lives
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_again.setSingleShot(true);
    m_again.setInterval(200);
    connect(&m_again, &QTimer::timeout, this, &SandboxHost::start);
    connect(&m_server, &QLocalServer::newConnection, this, &SandboxHost::greetGuests);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &SandboxHost::readLine);
    connect(&m_process, &QProcess::finished, this, &SandboxHost::childEnded);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            emit failed(
                tr("The built-in sandbox could not be started: %1. Install the console again, or use another profile.")
                    .arg(m_process.errorString()));
    });
    connect(&m_guest, &QLocalSocket::readyRead, this, &SandboxHost::guestHeard);
    connect(&m_guest, &QLocalSocket::disconnected, &m_again, qOverload<>(&QTimer::start));
    connect(&m_guest, &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError error) {
        if (error != QLocalSocket::PeerClosedError)
            m_again.start();
    });
}

SandboxHost::~SandboxHost()
{
    stop();
}

void SandboxHost::start()
{
    m_stopping = false;
    QDir().mkpath(m_folder);
    m_socketName = socketNameFor(m_folder);
    if (m_lock.isLocked() || m_lock.tryLock(0))
        becomeOwner();
    else if (m_lock.error() == QLockFile::LockFailedError)
        becomeGuest();
    else
        emit failed(tr("The built-in sandbox cannot write to %1. Make room there or allow writing, then try again.")
                .arg(QDir::toNativeSeparators(m_folder)));
}

void SandboxHost::becomeOwner()
{
    if (!m_server.isListening()) {
        QLocalServer::removeServer(m_socketName); // may be left behind by a console that was killed
        m_server.listen(m_socketName);
    }
    m_launches = 0;
    launch();
}

void SandboxHost::becomeGuest()
{
    if (m_guest.state() == QLocalSocket::UnconnectedState)
        m_guest.connectToServer(m_socketName, QIODevice::ReadOnly);
}

void SandboxHost::launch()
{
    if (m_process.state() != QProcess::NotRunning)
        return;
    ++m_launches;
    m_line.clear();
    const QStringList arguments = QStringList{u"--state"_s, stateFileIn(m_folder), u"--ids"_s, idsFile(),
                                      u"--exit-with-parent"_s, u"--port"_s, QString::number(lastPort())}
        + m_arguments;
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QDir(QCoreApplication::applicationDirPath()).filePath(u"linkmoney-sandbox"_s), arguments);
}

void SandboxHost::readLine()
{
    if (!m_line.isEmpty() || !m_process.canReadLine())
        return;
    m_line = m_process.readLine(maximumLine);
    m_launches = 0;
    rememberPort(m_line);
    for (QLocalSocket *guest : m_server.findChildren<QLocalSocket *>())
        guest->write(m_line);
    announce(m_line);
}

void SandboxHost::greetGuests()
{
    while (QLocalSocket *guest = m_server.nextPendingConnection()) {
        connect(guest, &QLocalSocket::disconnected, guest, &QObject::deleteLater);
        if (!m_line.isEmpty())
            guest->write(m_line);
    }
}

void SandboxHost::guestHeard()
{
    while (m_guest.canReadLine())
        announce(m_guest.readLine(maximumLine));
}

void SandboxHost::announce(const QByteArray &line)
{
    const QJsonObject said = QJsonDocument::fromJson(line).object();
    const QUrl url(said.value("url"_L1).toString(), QUrl::StrictMode);
    if (!isOurs(url)) {
        emit failed(tr("The built-in sandbox said something that was not understood. Install the console again."));
        return;
    }
    emit ready({.url = url,
        .credentials = {.clientId = said.value("clientId"_L1).toString(),
            .clientSecret = said.value("clientSecret"_L1).toString().toUtf8()},
        .merchant = api::MerchantId(said.value("merchantId"_L1).toString()),
        .aggregation = aggregationOf(said),
        .aggregationSecret = said.value("aggregationClientSecret"_L1).toString().toUtf8()});
}

void SandboxHost::childEnded()
{
    if (m_stopping)
        return;
    if (m_launches >= maximumLaunches) {
        emit failed(tr("The built-in sandbox ends as soon as it starts. Use \"Reset the sandbox\" to begin anew."));
        return;
    }
    QTimer::singleShot(250 * m_launches, this, [this] {
        if (!m_stopping)
            launch();
    });
}

void SandboxHost::stop()
{
    m_stopping = true;
    m_again.stop();
    m_guest.abort();
    m_again.stop();
    m_server.close();
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        if (!m_process.waitForFinished(stopWithinMs)) {
            m_process.kill();
            m_process.waitForFinished(stopWithinMs);
        }
    }
    m_lock.unlock(); // only now: the next one needs the sandbox's files
}

// Pay links and notes of an earlier run lead to the port of that run. Somebody else may have it by now: only the first
// launch insists on it.
quint16 SandboxHost::lastPort() const
{
    QFile file(portFileIn(m_folder));
    return m_launches == 1 && file.open(QIODevice::ReadOnly) ? file.readLine(longestPort).trimmed().toUShort() : 0;
}

void SandboxHost::rememberPort(const QByteArray &line) const
{
    const QUrl url(QJsonDocument::fromJson(line).object().value("url"_L1).toString(), QUrl::StrictMode);
    QSaveFile file(portFileIn(m_folder));
    if (isOurs(url) && file.open(QIODevice::WriteOnly) && file.write(QByteArray::number(url.port())) > 0)
        file.commit();
}

void SandboxHost::forget(const QString &folder)
{
    QFile::remove(stateFileIn(folder));
    QFile::remove(idsFileIn(folder));
    QFile::remove(portFileIn(folder));
}

QString SandboxHost::idsFile() const
{
    return idsFileIn(m_folder);
}

bool SandboxHost::ownsProcess() const
{
    return m_lock.isLocked();
}

} // namespace console

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/receiversettings.h"

#include "models/webhooksubscriptions.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSettings>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct ReceiverWords
{
    Q_DECLARE_TR_FUNCTIONS(Receiver)
};

constexpr qint64 largestPem = 256 * 1024;

std::expected<QByteArray, QString> pemOf(const QString &file)
{
    QFile bytes(file);
    if (!bytes.open(QIODevice::ReadOnly))
        return std::unexpected(ReceiverWords::tr("“%1” cannot be read: %2").arg(file, bytes.errorString()));
    if (bytes.size() > largestPem)
        return std::unexpected(ReceiverWords::tr("“%1” is no certificate or key.").arg(file));
    return bytes.readAll();
}

bool isPublicUrl(const QUrl &url)
{
    const bool web = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    return url.isValid() && web && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasQuery()
        && !url.hasFragment();
}

} // namespace

QString receiverSettingsFile(const QString &profileFolder)
{
    return QDir(profileFolder).filePath(u"receiver.ini"_s);
}

ReceiverSettings readReceiverSettings(const QString &file)
{
    const QSettings stored(file, QSettings::IniFormat);
    const ReceiverSettings fallback;
    return {.enabled = stored.value(u"enabled"_s, fallback.enabled).toBool(),
        .address = stored.value(u"address"_s, fallback.address).toString(),
        .port = static_cast<quint16>(stored.value(u"port"_s, fallback.port).toUInt()),
        .certificateFile = stored.value(u"certificateFile"_s).toString(),
        .keyFile = stored.value(u"keyFile"_s).toString(),
        .publicUrl = QUrl(stored.value(u"publicUrl"_s).toString())};
}

std::expected<void, QString> writeReceiverSettings(const QString &file, const ReceiverSettings &settings)
{
    QSettings stored(file, QSettings::IniFormat);
    stored.setValue(u"enabled"_s, settings.enabled);
    stored.setValue(u"address"_s, settings.address);
    stored.setValue(u"port"_s, settings.port);
    stored.setValue(u"certificateFile"_s, settings.certificateFile);
    stored.setValue(u"keyFile"_s, settings.keyFile);
    stored.setValue(u"publicUrl"_s, settings.publicUrl.toString());
    stored.sync();
    if (stored.status() != QSettings::NoError)
        return std::unexpected(ReceiverWords::tr("The settings could not be written to “%1”.").arg(file));
    return {};
}

QList<ReceiverProblem> receiverProblems(const ReceiverSettings &settings)
{
    QList<ReceiverProblem> problems;
    if (QHostAddress(settings.address).isNull())
        problems.append(
            {u"address"_s, ReceiverWords::tr("Enter a network address of this computer, such as 127.0.0.1.")});
    if (!settings.certificateFile.isEmpty() && settings.keyFile.isEmpty())
        problems.append({u"keyFile"_s, ReceiverWords::tr("Choose the key that belongs to the certificate.")});
    if (settings.certificateFile.isEmpty() && !settings.keyFile.isEmpty())
        problems.append({u"certificateFile"_s, ReceiverWords::tr("Choose the certificate that belongs to the key.")});
    if (!settings.publicUrl.isEmpty() && !isPublicUrl(settings.publicUrl))
        problems.append({u"publicUrl"_s,
            ReceiverWords::tr("Enter an address that begins with https://, without a question mark in it.")});
    return problems;
}

QString receiverWarning(const ReceiverSettings &settings)
{
    const QHostAddress address(settings.address);
    if (address.isNull() || address.isLoopback() || !settings.certificateFile.isEmpty())
        return {};
    return ReceiverWords::tr(
        "Other computers can reach the receiver without encryption. Choose a certificate, or put a "
        "proxy with one in front of it.");
}

std::expected<api::ListenerSettings, QString> listenerSettingsOf(const ReceiverSettings &settings)
{
    api::ListenerSettings listener{.address = QHostAddress(settings.address), .port = settings.port};
    if (settings.certificateFile.isEmpty())
        return listener;
    const auto certificates = pemOf(settings.certificateFile);
    if (!certificates)
        return std::unexpected(certificates.error());
    const auto key = pemOf(settings.keyFile);
    if (!key)
        return std::unexpected(key.error());
    listener.certificates = *certificates;
    listener.privateKey = *key;
    return listener;
}

QUrl webhookUrl(const ReceiverSettings &settings, quint16 port, const QString &pathToken)
{
    QUrl url = settings.publicUrl;
    if (url.isEmpty()) {
        const QHostAddress address(settings.address);
        const bool any = address == QHostAddress::AnyIPv4 || address == QHostAddress::Any
            || address == QHostAddress::AnyIPv6;
        url.setScheme(settings.certificateFile.isEmpty() ? u"http"_s : u"https"_s);
        url.setHost(any ? u"127.0.0.1"_s : settings.address);
        url.setPort(port);
    }
    QString path = url.path();
    if (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + webhookPath(pathToken));
    return url;
}

} // namespace models

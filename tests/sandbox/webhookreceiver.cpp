// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/webhookreceiver.h"

#include <QFile>
#include <QJsonDocument>
#include <QSet>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTcpSocket>

using namespace Qt::Literals::StringLiterals;

namespace tests {

namespace {

QByteArray testFile(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/sandbox/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::unique_ptr<QTcpServer> makeServer(WebhookReceiver::Transport transport)
{
    if (transport == WebhookReceiver::Transport::Http)
        return std::make_unique<QTcpServer>();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(testFile(u"selfsigned.pem"_s)));
    configuration.setPrivateKey(QSslKey(testFile(u"selfsigned-key.pem"_s), QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    return server;
}

} // namespace

QByteArray ReceivedWebhook::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QJsonObject ReceivedWebhook::json() const
{
    return QJsonDocument::fromJson(body).object();
}

WebhookReceiver::WebhookReceiver(Transport transport, quint16 port)
    : m_server(makeServer(transport))
{
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &WebhookReceiver::accept);
    if (!m_server->listen(QHostAddress::LocalHost, port))
        qFatal("the receiver cannot listen: %s", qPrintable(m_server->errorString()));
}

WebhookReceiver::~WebhookReceiver()
{
    for (QTcpSocket *socket : m_pending.keys())
        socket->disconnect(this);
}

QString WebhookReceiver::url(const QString &path) const
{
    const bool encrypted = qobject_cast<QSslServer *>(m_server.get()) != nullptr;
    return u"%1://127.0.0.1:%2%3"_s.arg(encrypted ? u"https"_s : u"http"_s).arg(port()).arg(path);
}

QStringList WebhookReceiver::eventTypes() const
{
    QStringList types;
    for (const ReceivedWebhook &webhook : m_received)
        types.append(webhook.text(u"eventType"_s));
    return types;
}

QStringList WebhookReceiver::ids() const
{
    QStringList found;
    for (const ReceivedWebhook &webhook : m_received)
        found.append(webhook.text(u"id"_s));
    return found;
}

qsizetype WebhookReceiver::distinctIds() const
{
    const QStringList all = ids();
    return QSet<QString>(all.begin(), all.end()).size();
}

void WebhookReceiver::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        ++m_connections;
        m_pending.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_pending.remove(socket);
            socket->deleteLater();
        });
        read(socket);
    }
}

void WebhookReceiver::read(QTcpSocket *socket)
{
    m_pending[socket] += socket->readAll();
    while (takeOne(socket)) { }
}

bool WebhookReceiver::takeOne(QTcpSocket *socket)
{
    QByteArray &pending = m_pending[socket];
    const qsizetype end = pending.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    ReceivedWebhook webhook;
    const QList<QByteArray> lines = pending.left(end).split('\n');
    webhook.path = lines.constFirst().trimmed().split(' ').value(1);
    for (const QByteArray &line : lines.mid(1))
        webhook.headers.append({line.left(line.indexOf(':')), line.mid(line.indexOf(':') + 1).trimmed()});
    const qsizetype length = webhook.header("Content-Length").toLongLong();
    if (pending.size() < end + 4 + length)
        return false;
    webhook.body = pending.mid(end + 4, length);
    pending.remove(0, end + 4 + length);
    m_received.append(webhook);
    const int status = m_statuses.isEmpty() ? 200 : m_statuses.takeFirst();
    if (status != 0)
        socket->write(
            "HTTP/1.1 " + QByteArray::number(status) + " Said\r\n" + m_extraHeaders + "Content-Length: 2\r\n\r\n{}");
    if (m_closes)
        socket->disconnectFromHost();
    return true;
}

} // namespace tests

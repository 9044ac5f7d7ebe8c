// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/listenerserver.h"

#include <QPointer>
#include <QSslCertificate>
#include <QSslKey>
#include <QUuid>

#include <expected>
#include <utility>

#include <unistd.h>

using namespace std::chrono_literals;

namespace api {

namespace {

constexpr int backlog = 512;
constexpr auto tryAgainAfter = 5s;
// Senders beyond the limit are told so; beyond this many more the connection is only closed.
constexpr int politeRefusals = 128;

ListenerProblem problemOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::AddressInUseError:
        return ListenerProblem::AddressInUse;
    case QAbstractSocket::SocketAddressNotAvailableError:
        return ListenerProblem::AddressNotHere;
    case QAbstractSocket::SocketAccessError:
        return ListenerProblem::NotAllowed;
    default:
        return ListenerProblem::Failed;
    }
}

std::expected<QSslConfiguration, QString> tlsOf(const ListenerSettings &settings)
{
    const QList<QSslCertificate> chain = QSslCertificate::fromData(settings.certificates, QSsl::Pem);
    if (chain.isEmpty() || chain.first().isNull())
        return std::unexpected(WebhookListener::tr("it is no certificate in PEM form."));
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec}) {
        const QSslKey key(settings.privateKey, algorithm, QSsl::Pem);
        if (key.isNull())
            continue;
        if (chain.first().publicKey().algorithm() != algorithm)
            return std::unexpected(WebhookListener::tr("the key does not belong to the certificate."));
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificateChain(chain);
        tls.setPrivateKey(key);
        tls.setPeerVerifyMode(QSslSocket::VerifyNone); // senders have no certificate
        tls.setProtocol(QSsl::TlsV1_2OrLater);
        return tls;
    }
    return std::unexpected(WebhookListener::tr("the key is not in PEM form, or has a passphrase."));
}

} // namespace

class ListenerServer::Door : public QTcpServer // has no signals: clazy:exclude=missing-qobject-macro
{
public:
    explicit Door(ListenerServer &server)
        : m_server(server)
    {
        setListenBacklogSize(backlog);
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_server.welcome(descriptor); }

private:
    ListenerServer &m_server;
};

ListenerServer::ListenerServer(WebhookListener::Hooks hooks)
    : m_hooks(std::move(hooks))
    , m_house{.settings = m_settings,
          .knows = m_hooks.knows,
          .reserve =
              [this](qint64 bytes) {
                  if (m_buffered + bytes > m_settings.maximumBuffered)
                      return false;
                  m_buffered += bytes;
                  return true;
              },
          .release = [this](qint64 bytes) { m_buffered -= bytes; },
          .deliver = [this](ListenerConnection &connection,
                         WebhookDelivery delivery) { handOver(connection, std::move(delivery)); },
          .nonce = QUuid::createUuid().toByteArray(QUuid::WithoutBraces)}
    , m_again(this)
{
    m_again.setSingleShot(true);
    m_again.setInterval(tryAgainAfter);
    connect(&m_again, &QTimer::timeout, this, &ListenerServer::tryToListen);
}

ListenerServer::~ListenerServer()
{
    const auto connections = findChildren<ListenerConnection *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(connections); // while what they release is still here
}

void ListenerServer::listen(const ListenerSettings &settings)
{
    close();
    m_settings = settings;
    m_complained = false;
    tryToListen();
}

void ListenerServer::close()
{
    m_again.stop();
    if (m_door)
        m_lastPort = m_door->serverPort();
    m_door.reset();
}

void ListenerServer::tryToListen()
{
    m_tls.reset();
    if (!m_settings.certificates.isEmpty()) {
        auto tls = tlsOf(m_settings);
        if (!tls)
            return fail({ListenerProblem::BadCertificate, tls.error()});
        m_tls = std::move(*tls);
    }
    m_door = std::make_unique<Door>(*this);
    const bool anyPort = m_settings.port == 0;
    bool open = m_door->listen(m_settings.address, anyPort ? m_lastPort : m_settings.port);
    if (!open && anyPort && m_lastPort != 0)
        open = m_door->listen(m_settings.address, 0);
    if (!open) {
        const ListenerError error{problemOf(m_door->serverError()), m_door->errorString()};
        m_door.reset();
        return fail(error);
    }
    emit listening(m_door->serverPort());
}

void ListenerServer::fail(const ListenerError &error)
{
    m_again.start();
    // Trying again in silence: the first complaint stands until it listens or is told otherwise.
    if (!std::exchange(m_complained, true))
        emit failed(error);
}

void ListenerServer::welcome(qintptr descriptor)
{
    const bool busy = m_connections >= m_settings.maximumConnections;
    if (m_connections >= m_settings.maximumConnections + politeRefusals || (busy && m_tls)) {
        ::close(static_cast<int>(descriptor));
        return;
    }
    ++m_connections;
    auto *connection = new ListenerConnection(descriptor, m_house, m_tls ? &*m_tls : nullptr,
        busy ? ListenerConnection::Refusal::Busy : ListenerConnection::Refusal::None, this);
    connect(connection, &QObject::destroyed, this, [this] { --m_connections; });
}

void ListenerServer::handOver(ListenerConnection &connection, WebhookDelivery delivery)
{
    const QPointer<ListenerConnection> waiting(&connection);
    const auto answer = [waiting](int status, const QByteArray &words) {
        if (waiting)
            waiting->answer(status, words);
    };
    m_hooks.deliver(std::move(delivery), [this, answer](int status, const QByteArray &words) {
        if (QThread::currentThread() == thread())
            answer(status, words);
        else
            QMetaObject::invokeMethod(this, [answer, status, words] { answer(status, words); }, Qt::QueuedConnection);
    });
}

} // namespace api

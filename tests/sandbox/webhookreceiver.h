// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QSslServer>
#include <QUrl>

#include <functional>

namespace tests {

struct ReceivedWebhook
{
    QByteArray path;
    QList<std::pair<QByteArray, QByteArray>> headers; //!< in order, names as sent
    QByteArray body;

    QByteArray header(const QByteArray &name) const; //!< by its name in any case
    QJsonObject json() const;                        //!< empty when the body is no object
    QString text(const QString &name) const { return json()[name].toString(); }
};

//! A merchant's endpoint on loopback that remembers everything it was sent.
class WebhookReceiver : public QObject
{
    Q_OBJECT
public:
    enum class Transport { Http, SelfSignedHttps };

    explicit WebhookReceiver(Transport transport = Transport::Http, quint16 port = 0);
    ~WebhookReceiver() override;

    QString url(const QString &path = QStringLiteral("/hook")) const;
    quint16 port() const { return m_server->serverPort(); }
    const QList<ReceivedWebhook> &received() const { return m_received; }
    QStringList eventTypes() const; //!< of Pay by Bank, in the order they came
    QStringList ids() const;
    qsizetype distinctIds() const;
    int connections() const { return m_connections; }
    void forget() { m_received.clear(); }

    //! For the next ones; 200 when the list is used up. 0 leaves the delivery without an answer.
    void answerWith(const QList<int> &statuses) { m_statuses = statuses; }
    //! Closes every connection once it was answered, without saying so.
    void closeAfterAnswers() { m_closes = true; }
    void setExtraHeaders(const QByteArray &headers) { m_extraHeaders = headers; }

private:
    void accept();
    void read(QTcpSocket *socket);
    bool takeOne(QTcpSocket *socket);

    std::unique_ptr<QTcpServer> m_server;
    QHash<QTcpSocket *, QByteArray> m_pending;
    QList<ReceivedWebhook> m_received;
    QList<int> m_statuses;
    QByteArray m_extraHeaders;
    int m_connections = 0;
    bool m_closes = false;
};

} // namespace tests

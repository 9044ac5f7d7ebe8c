// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>
#include <QUrlQuery>

#include <functional>

namespace tests {

struct SandboxAnswer
{
    int status = 0; //!< 0 when no whole answer came
    QByteArray body;
    QJsonObject json; //!< empty when the body is no object
    QByteArray allow;
    QByteArray retryAfter;
    QByteArray location; //!< redirects are not followed
    QByteArray policy;   //!< Content-Security-Policy

    QString errorCode() const { return json[QStringLiteral("errorCode")].toString(); }
    QString errorMessage() const { return json[QStringLiteral("errorMessage")].toString(); }
    QString text(const QString &name) const { return json[name].toString(); }
};

using RequestHeaders = QList<std::pair<QByteArray, QByteArray>>;

enum class Credential { None, Core, Payment, Basic };

//! The real program in a process of its own, and a plain HTTP client that knows its credentials.
class SandboxUnderUse
{
public:
    //! 800 transactions, and stands still on Monday 2026-03-02T15:00:00Z, unless the arguments say otherwise.
    explicit SandboxUnderUse(const QStringList &arguments = {});
    ~SandboxUnderUse();

    //! False when it ended instead of becoming ready; see standardError.
    bool start();
    void kill();
    //! Kills it and starts it again where its state file cannot grow, as on a full disk.
    void fillDisk();
    //! Kills it and starts it again, with another content of its state file.
    void editState(const std::function<QByteArray(QByteArray)> &edited);
    void closeInput() { m_process.closeWriteChannel(); }
    bool waitForEnd() { return m_process.waitForFinished(10'000); }
    QString standardError() { return QString::fromUtf8(m_process.readAllStandardError()); }
    qint64 startMilliseconds() const { return m_startMilliseconds; }

    QUrl url() const { return QUrl(m_ready[QStringLiteral("url")].toString()); }
    QString clientId() const { return m_ready[QStringLiteral("clientId")].toString(); }
    QString clientSecret() const { return m_ready[QStringLiteral("clientSecret")].toString(); }
    QString merchantId() const { return m_ready[QStringLiteral("merchantId")].toString(); }
    QJsonObject ready() const { return m_ready; }
    //! In the order of the id file.
    QStringList ids(const QString &kind) const;

    QByteArray token(const QByteArray &scope);
    QByteArray authorization(Credential credential);
    //! What POST /oauth/token of the aggregation family asks for; the tenant by its place in tenantIds.
    QJsonObject tenantCredentials(int tenant = 0) const;
    QByteArray tenantAuthorization(int tenant = 0, const QString &user = {});
    SandboxAnswer send(const QByteArray &verb, const QString &path, const QByteArray &body,
        const QByteArray &authorization, const QByteArray &contentType = QByteArrayLiteral("application/json"),
        const RequestHeaders &headers = {});
    //! As a browser sends a form.
    SandboxAnswer postForm(const QString &path, const QUrlQuery &fields, const RequestHeaders &headers = {});
    SandboxAnswer get(const QString &path, Credential credential = Credential::Core);
    SandboxAnswer post(const QString &path, const QJsonObject &body, Credential credential = Credential::Payment);
    //! Moves the sandbox clock.
    void advance(qint64 seconds);
    void addFault(const QJsonObject &rule);
    QJsonObject status() { return get(QStringLiteral("/sandbox/status"), Credential::None).json; }

    //! A payment of 12.34 USD by an active customer that pays like profile_522.
    QJsonObject paymentBody(const QString &requestKey);
    //! The same the other way round.
    QJsonObject creditBody(const QString &requestKey);
    QString testUser(const QString &name);
    //! A transaction of the history with that status and type, its answer kept.
    SandboxAnswer transactionWith(const QString &status, const QString &type = QStringLiteral("DEBIT"));

private:
    QTemporaryDir m_directory;
    QStringList m_arguments;
    QProcess m_process;
    QNetworkAccessManager m_network;
    QJsonObject m_ready;
    QByteArray m_tokens[2];
    QHash<QString, SandboxAnswer> m_found;
    qint64 m_startMilliseconds = 0;
};

QJsonObject usd(double value);

} // namespace tests

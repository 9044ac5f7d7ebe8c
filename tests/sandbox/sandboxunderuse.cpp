// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace Qt::Literals::StringLiterals;

namespace tests {

SandboxUnderUse::SandboxUnderUse(const QStringList &arguments)
    : m_arguments({u"--ids"_s, m_directory.filePath(u"ids.csv"_s)})
{
    if (!arguments.contains(u"--now"_s))
        m_arguments << u"--now"_s << u"2026-03-02T15:00:00Z"_s;
    if (!arguments.contains(u"--speed"_s))
        m_arguments << u"--speed"_s << u"0"_s;
    if (!arguments.contains(u"--transactions"_s))
        m_arguments << u"--transactions"_s << u"800"_s;
    m_arguments << u"--exit-with-parent"_s << arguments;
}

SandboxUnderUse::~SandboxUnderUse()
{
    closeInput();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(5000))
        kill();
}

bool SandboxUnderUse::start()
{
    QElapsedTimer timer;
    timer.start();
    m_tokens[0].clear();
    m_tokens[1].clear();
    m_process.start(QStringLiteral(SANDBOX_PROGRAM), m_arguments);
    while (!m_process.canReadLine() && m_process.waitForReadyRead(30'000)) { }
    m_startMilliseconds = timer.elapsed();
    m_ready = QJsonDocument::fromJson(m_process.readLine()).object();
    if (m_ready.isEmpty())
        m_process.waitForFinished(5000);
    return !m_ready.isEmpty();
}

void SandboxUnderUse::kill()
{
    m_process.kill();
    m_process.waitForFinished(5000);
}

void SandboxUnderUse::editState(const std::function<QByteArray(QByteArray)> &edited)
{
    kill();
    QFile file(m_arguments[m_arguments.indexOf(u"--state"_s) + 1]);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray content = edited(file.readAll());
    QVERIFY(file.resize(0) && file.seek(0));
    QCOMPARE(file.write(content), content.size());
    file.close();
    QVERIFY(start());
}

void SandboxUnderUse::fillDisk()
{
    constexpr rlim_t largestFile = 2'000'000; // larger than the other files become
    m_process.setChildProcessModifier([] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{largestFile, largestFile};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    });
    editState([](QByteArray content) {
        const QByteArray start = "{\"type\":\"time\",\"at\":0,\"padding\":\"";
        const QByteArray end = "\"}\n";
        const qsizetype padding = qsizetype(largestFile) - content.size() - start.size() - end.size();
        return content + start + QByteArray(padding, 'x') + end;
    });
}

QStringList SandboxUnderUse::ids(const QString &kind) const
{
    QFile file(m_directory.filePath(u"ids.csv"_s));
    QStringList found;
    if (!file.open(QIODevice::ReadOnly))
        return found;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine()).trimmed();
        if (line.startsWith(kind + u','))
            found.append(line.mid(kind.size() + 1));
    }
    return found;
}

QByteArray SandboxUnderUse::token(const QByteArray &scope)
{
    const QByteArray form = "grant_type=client_credentials&client_id=" + clientId().toUtf8()
        + "&client_secret=" + clientSecret().toUtf8() + "&scope=" + scope;
    return send("POST", u"/v1/tokens"_s, form, {}, "application/x-www-form-urlencoded")
        .text(u"access_token"_s)
        .toUtf8();
}

QByteArray SandboxUnderUse::authorization(Credential credential)
{
    switch (credential) {
    case Credential::None:
        return {};
    case Credential::Basic:
        return "Basic " + (clientId() + u':' + clientSecret()).toUtf8().toBase64();
    case Credential::Core:
    case Credential::Payment:
        break;
    }
    QByteArray &known = m_tokens[credential == Credential::Core ? 0 : 1];
    if (known.isEmpty())
        known = token(credential == Credential::Core ? "Link-Core" : "Link-Payment");
    return "Bearer " + known;
}

QJsonObject SandboxUnderUse::tenantCredentials(int tenant) const
{
    return {{u"clientId"_s, m_ready[u"aggregationClientId"_s]},
        {u"clientSecret"_s, m_ready[u"aggregationClientSecret"_s]},
        {u"tenantId"_s, m_ready[u"tenantIds"_s].toArray()[tenant]}};
}

QByteArray SandboxUnderUse::tenantAuthorization(int tenant, const QString &user)
{
    QJsonObject body = tenantCredentials(tenant);
    if (!user.isEmpty())
        body[u"userId"_s] = user;
    const SandboxAnswer answer = post(u"/aggregation/api/oauth/token"_s, body, Credential::None);
    const QString token = answer.text(u"accessToken"_s);
    return "Bearer " + (token.isEmpty() ? answer.text(u"token"_s) : token).toUtf8();
}

SandboxAnswer SandboxUnderUse::send(const QByteArray &verb, const QString &path, const QByteArray &body,
    const QByteArray &authorization, const QByteArray &contentType, const RequestHeaders &headers)
{
    QNetworkRequest request(QUrl(url().toString() + path, QUrl::StrictMode));
    request.setTransferTimeout(20'000);
    request.setHeader(QNetworkRequest::ContentTypeHeader, contentType);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    if (!authorization.isEmpty())
        request.setRawHeader("Authorization", authorization);
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, verb, body));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!reply->isFinished() && !finished.wait(25'000))
        return {};
    // A body that was cut counts as no answer.
    const bool whole = reply->error() != QNetworkReply::RemoteHostClosedError;
    SandboxAnswer answer;
    answer.status = whole ? reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() : 0;
    answer.body = reply->readAll();
    answer.json = QJsonDocument::fromJson(answer.body).object();
    answer.allow = reply->rawHeader("Allow");
    answer.location = reply->rawHeader("Location");
    answer.policy = reply->rawHeader("Content-Security-Policy");
    answer.retryAfter = reply->rawHeader("Retry-After");
    return answer;
}

SandboxAnswer SandboxUnderUse::postForm(const QString &path, const QUrlQuery &fields, const RequestHeaders &headers)
{
    return send(
        "POST", path, fields.toString(QUrl::FullyEncoded).toUtf8(), {}, "application/x-www-form-urlencoded", headers);
}

SandboxAnswer SandboxUnderUse::get(const QString &path, Credential credential)
{
    return send("GET", path, {}, authorization(credential));
}

SandboxAnswer SandboxUnderUse::post(const QString &path, const QJsonObject &body, Credential credential)
{
    return send("POST", path, QJsonDocument(body).toJson(QJsonDocument::Compact), authorization(credential));
}

void SandboxUnderUse::advance(qint64 seconds)
{
    const auto answer = post(u"/sandbox/clock"_s, {{u"advanceSeconds"_s, seconds}}, Credential::None);
    QCOMPARE(answer.status, 200);
    m_found.clear();
}

void SandboxUnderUse::addFault(const QJsonObject &rule)
{
    QCOMPARE(post(u"/sandbox/faults"_s, rule, Credential::None).status, 200);
}

QString SandboxUnderUse::testUser(const QString &name)
{
    return status()[u"testUsers"_s].toObject()[name].toString();
}

QJsonObject SandboxUnderUse::paymentBody(const QString &requestKey)
{
    const QJsonObject customer{{u"id"_s, testUser(u"profile_522"_s)}, {u"type"_s, u"CUSTOMER"_s}};
    const QJsonObject merchant{{u"id"_s, merchantId()}, {u"type"_s, u"MERCHANT"_s}};
    return {{u"source"_s, customer}, {u"destination"_s, merchant}, {u"amount"_s, usd(12.34)},
        {u"clientReferenceId"_s, u"ORD-1"_s}, {u"softDescriptor"_s, u"Shop 1"_s}, {u"requestKey"_s, requestKey}};
}

QJsonObject SandboxUnderUse::creditBody(const QString &requestKey)
{
    QJsonObject body = paymentBody(requestKey);
    const QJsonValue customer = body[u"source"_s];
    body[u"source"_s] = body[u"destination"_s].toObject();
    body[u"destination"_s] = customer;
    return body;
}

SandboxAnswer SandboxUnderUse::transactionWith(const QString &status, const QString &type)
{
    SandboxAnswer &found = m_found[status + type];
    if (found.status == 200)
        return found;
    const QStringList known = ids(u"transaction"_s);
    for (auto id = known.crbegin(); id != known.crend(); ++id) {
        const auto answer = get(u"/v1/transactions/"_s + *id);
        if (answer.text(u"transactionStatus"_s) == status && answer.text(u"transactionType"_s) == type)
            return found = answer;
    }
    return {};
}

QJsonObject usd(double value)
{
    return {{u"value"_s, value}, {u"currency"_s, u"USD"_s}};
}

} // namespace tests

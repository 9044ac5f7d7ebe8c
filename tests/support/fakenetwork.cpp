// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakenetwork.h"

#include <QFile>
#include <QJsonDocument>
#include <QTimer>
#include <QUrlQuery>

#include <algorithm>

namespace {

class FakeReply : public QNetworkReply
{
    Q_OBJECT
public:
    FakeReply(
        const QNetworkRequest &request, QNetworkAccessManager::Operation operation, FakeAnswer answer, QObject *parent)
        : QNetworkReply(parent)
        , m_answer(std::move(answer))
    {
        setRequest(request);
        setUrl(request.url());
        setOperation(operation);
        open(QIODevice::ReadOnly);
        QTimer::singleShot(0, this, &FakeReply::answer);
    }

    void abort() override
    {
        if (isFinished())
            return;
        setError(OperationCanceledError, QStringLiteral("Operation canceled"));
        close();
        setFinished(true);
        emit finished();
    }

    qint64 bytesAvailable() const override
    {
        return m_answer.body.size() - m_position + QNetworkReply::bytesAvailable();
    }

protected:
    qint64 readData(char *target, qint64 maximum) override
    {
        const qint64 count = std::min(maximum, m_answer.body.size() - m_position);
        std::copy_n(m_answer.body.constData() + m_position, count, target);
        m_position += count;
        return count;
    }

private:
    void answer()
    {
        if (isFinished())
            return;
        if (m_answer.status > 0)
            setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_answer.status);
        for (const auto &[name, value] : m_answer.headers)
            setRawHeader(name, value);
        emit metaDataChanged();
        if (!m_answer.body.isEmpty())
            emit readyRead();
        if (isFinished())
            return;
        if (m_answer.error != NoError)
            setError(m_answer.error, QStringLiteral("network error %1").arg(m_answer.error));
        setFinished(true);
        emit finished();
    }

    FakeAnswer m_answer;
    qint64 m_position = 0;
};

QByteArray verbName(QNetworkAccessManager::Operation operation, const QNetworkRequest &request)
{
    switch (operation) {
    case QNetworkAccessManager::CustomOperation:
        return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    case QNetworkAccessManager::GetOperation:
        return "GET";
    case QNetworkAccessManager::PostOperation:
        return "POST";
    case QNetworkAccessManager::PutOperation:
        return "PUT";
    default:
        return "OTHER";
    }
}

QByteArray headerOf(const FakeRequest &request, const QByteArray &name)
{
    for (const auto &[key, value] : request.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QByteArray comparableBody(const QByteArray &body)
{
    const QJsonDocument json = QJsonDocument::fromJson(body);
    return json.isNull() ? body.trimmed() : json.toJson(QJsonDocument::Indented);
}

//! Only the headers that the expectation names.
QString describe(const FakeRequest &request, const FakeRequest &headersFrom)
{
    QString text = QString::fromUtf8(request.verb) + QLatin1Char(' ') + request.path + QLatin1Char('\n');
    for (const auto &[name, value] : headersFrom.headers)
        text += QString::fromUtf8(name + ": " + headerOf(request, name)) + QLatin1Char('\n');
    return text + QLatin1Char('\n') + QString::fromUtf8(comparableBody(request.body));
}

QString difference(const QString &expected, const QString &came)
{
    const QStringList left = expected.split(QLatin1Char('\n'));
    const QStringList right = came.split(QLatin1Char('\n'));
    QString text;
    for (qsizetype line = 0; line < std::max(left.size(), right.size()); ++line) {
        if (left.value(line) == right.value(line))
            text += QStringLiteral("  %1\n").arg(left.value(line));
        else
            text += QStringLiteral("- %1\n+ %2\n").arg(left.value(line), right.value(line));
    }
    return text;
}

struct MessageFile
{
    QByteArray firstLine;
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;
};

MessageFile readMessageFile(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qUtf8Printable(file.fileName()));
    MessageFile message{.firstLine = file.readLine().trimmed(), .headers = {}, .body = {}};
    for (QByteArray line = file.readLine().trimmed(); !line.isEmpty(); line = file.readLine().trimmed()) {
        const qsizetype colon = line.indexOf(':');
        message.headers.append({line.first(colon), line.mid(colon + 1).trimmed()});
    }
    message.body = file.readAll();
    return message;
}

} // namespace

class FakeManager : public QNetworkAccessManager
{
    Q_OBJECT
public:
    explicit FakeManager(FakeNetwork *network)
        : m_network(network)
    {
    }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *data) override
    {
        FakeRequest came{.verb = verbName(operation, request),
            .path = request.url().path(QUrl::FullyEncoded),
            .headers = {},
            .body = data ? data->readAll() : QByteArray()};
        if (request.url().hasQuery())
            came.path += QLatin1Char('?') + request.url().query(QUrl::FullyEncoded);
        const QList<QByteArray> names = request.rawHeaderList();
        for (const QByteArray &name : names)
            came.headers.append({name, request.rawHeader(name)});
        return new FakeReply(request, operation, m_network->answerTo(came), this);
    }

private:
    FakeNetwork *m_network;
};

void FakeNetwork::expect(FakeRequest request, FakeAnswer answer)
{
    m_script.append({std::move(request), std::move(answer)});
}

void FakeNetwork::expectRecorded(const QString &base)
{
    expect(readRequestFile(base), readAnswerFile(base));
}

void FakeNetwork::expectToken(const QString &scope, const QByteArray &token)
{
    QUrlQuery form;
    form.addQueryItem(QStringLiteral("client_id"), QStringLiteral("test-client"));
    form.addQueryItem(QStringLiteral("client_secret"), QStringLiteral("test-secret"));
    form.addQueryItem(QStringLiteral("scope"), scope);
    form.addQueryItem(QStringLiteral("grant_type"), QStringLiteral("client_credentials"));
    expect({.verb = "POST",
               .path = QStringLiteral("/v1/tokens"),
               .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Authorization", ""}},
               .body = form.toString(QUrl::FullyEncoded).toUtf8()},
        {.status = 200,
            .body = R"({"access_token":")" + token + R"(","expires_in":3600,"token_type":"Bearer","scope":")"
                + scope.toUtf8() + R"("})"});
}

void FakeNetwork::expectTenantToken(const QString &tenant, const QByteArray &token)
{
    expect({.verb = "POST",
               .path = QStringLiteral("/api/oauth/token"),
               .headers = {{"Content-Type", "application/json"}, {"Authorization", ""}},
               .body = R"({"clientId":"test-client","clientSecret":"test-secret","tenantId":")" + tenant.toUtf8()
                   + R"("})"},
        {.status = 200,
            .body = R"({"accessToken":")" + token + R"(","expiresIn":3600,"tokenType":"Bearer","scope":")"
                + tenant.toUtf8() + R"("})"});
}

std::function<std::unique_ptr<QNetworkAccessManager>()> FakeNetwork::factory()
{
    return [this] { return std::make_unique<FakeManager>(this); };
}

QString FakeNetwork::problems() const
{
    if (!m_unexpected.isEmpty())
        return m_unexpected;
    if (m_script.isEmpty())
        return {};
    const FakeRequest &missing = m_script.front().first;
    return QStringLiteral("%1 expected request(s) did not come, first:\n%2")
        .arg(m_script.size())
        .arg(describe(missing, missing));
}

FakeAnswer FakeNetwork::answerTo(const FakeRequest &request)
{
    m_requests.append(request);
    const FakeAnswer refusal{.status = 599, .body = "unexpected request"};
    if (m_script.isEmpty()) {
        m_unexpected += QStringLiteral("Unexpected request:\n") + describe(request, request);
        return refusal;
    }
    const auto [expected, answer] = m_script.takeFirst();
    const QString left = describe(expected, expected);
    const QString right = describe(request, expected);
    if (left == right)
        return answer;
    m_unexpected += QStringLiteral("Another request than expected (- expected, + came):\n") + difference(left, right);
    return refusal;
}

FakeRequest readRequestFile(const QString &base)
{
    const MessageFile file = readMessageFile(base + QStringLiteral(".request"));
    const qsizetype space = file.firstLine.indexOf(' ');
    return {.verb = file.firstLine.first(space),
        .path = QString::fromUtf8(file.firstLine.mid(space + 1)),
        .headers = file.headers,
        .body = file.body};
}

FakeAnswer readAnswerFile(const QString &base)
{
    const MessageFile file = readMessageFile(base + QStringLiteral(".answer"));
    const int number = file.firstLine.mid(file.firstLine.indexOf(' ') + 1).toInt();
    if (file.firstLine.startsWith("NETWORK"))
        return {.status = 0, .error = static_cast<QNetworkReply::NetworkError>(number)};
    return {.status = number, .body = file.body, .headers = file.headers};
}

#include "fakenetwork.moc"

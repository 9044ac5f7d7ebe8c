// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/killbench.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int patienceMs = 20'000;

} // namespace

bool SandboxUnderTest::start()
{
    const QString ids = m_folder.filePath(u"ids.csv"_s);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(SANDBOX),
        {u"--speed"_s, u"0"_s, u"--transactions"_s, u"400"_s, u"--payouts"_s, u"5"_s, u"--customers"_s, u"50"_s,
            u"--ids"_s, ids, u"--exit-with-parent"_s});
    if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, patienceMs))
        return false;
    const QJsonObject said = QJsonDocument::fromJson(m_process.readLine()).object();
    url = QUrl(said[u"url"_s].toString());
    clientId = said[u"clientId"_s].toString();
    clientSecret = said[u"clientSecret"_s].toString();
    merchant = said[u"merchantId"_s].toString();
    QFile file(ids);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    while (!file.atEnd()) {
        const QList<QByteArray> cells = file.readLine().trimmed().split(',');
        if (cells.size() == 2 && cells.at(0) == "transaction")
            transactionIds += QString::fromUtf8(cells.at(1));
    }
    return !transactionIds.isEmpty();
}

SandboxUnderTest::~SandboxUnderTest()
{
    m_process.kill();
    m_process.waitForFinished();
}

QJsonObject SandboxUnderTest::ask(const QByteArray &verb, const QString &path, const QByteArray &body)
{
    QUrl address = url;
    address.setPath(path);
    QNetworkRequest request(address);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, verb, body));
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, patienceMs)
        || reply->error() != QNetworkReply::NoError)
        qFatal("the sandbox does not answer: %s", qUtf8Printable(reply->errorString()));
    return QJsonDocument::fromJson(reply->readAll()).object();
}

bool SandboxUnderTest::addFault(const QByteArray &rule)
{
    return !ask("POST", u"/sandbox/faults"_s, rule)[u"faults"_s].toArray().isEmpty();
}

bool SandboxUnderTest::clearFaults()
{
    ask("DELETE", u"/sandbox/faults"_s);
    return ask("GET", u"/sandbox/faults"_s)[u"faults"_s].toArray().isEmpty();
}

QList<QJsonObject> SandboxUnderTest::madeFor(const QString &payment)
{
    QList<QJsonObject> found;
    const QJsonArray all = ask("GET", u"/sandbox/payments"_s)[u"payments"_s].toArray();
    for (const QJsonValue &made : all) {
        const QString reference = made.toObject()[u"clientReferenceId"_s].toString();
        if (models::originalOfReference(reference) == api::TransactionId(payment))
            found += made.toObject();
    }
    return found;
}

qsizetype SandboxUnderTest::madeInAll()
{
    return ask("GET", u"/sandbox/payments"_s)[u"payments"_s].toArray().size();
}

QStringList SandboxUnderTest::sessionKeys()
{
    QStringList keys;
    const QJsonArray all = ask("GET", u"/sandbox/sessions"_s)[u"sessions"_s].toArray();
    for (const QJsonValue &session : all)
        keys += session.toObject()[u"requestKey"_s].toString();
    return keys;
}

DriverUnderTest::DriverUnderTest(
    const SandboxUnderTest &sandbox, const QString &ledger, const QStringList &command, const QStringList &options)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DRIVER_SECRET"_s, sandbox.clientSecret);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const QStringList connection{u"--ledger"_s, ledger, u"--url"_s, sandbox.url.toString(), u"--client-id"_s,
        sandbox.clientId, u"--merchant"_s, sandbox.merchant};
    m_process.start(QStringLiteral(OUTBOX_DRIVER), connection + options + command);
}

DriverUnderTest::~DriverUnderTest()
{
    kill();
}

QJsonObject DriverUnderTest::line()
{
    const auto there = [this] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; };
    if (!QTest::qWaitFor(there, patienceMs))
        qFatal("the driver neither speaks nor ends");
    return QJsonDocument::fromJson(m_process.readLine()).object();
}

void DriverUnderTest::go()
{
    m_process.write("go\n");
    m_process.waitForBytesWritten();
}

void DriverUnderTest::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

bool DriverUnderTest::finished()
{
    const bool ended = QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, patienceMs);
    return ended && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
}

bool DriverUnderTest::diedBySignal()
{
    const bool ended = QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, patienceMs);
    return ended && m_process.exitStatus() == QProcess::CrashExit;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/sandboxprocess.h"

#include "tests/benchmarks/figures.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QUrlQuery>

using namespace Qt::Literals::StringLiterals;

namespace benchmarks {

namespace {

ChildProcess startSandbox(const QString &idsFile, qint64 transactions, const QStringList &arguments)
{
    const QStringList command = QStringList{programPath(u"linkmoney-sandbox"_s), u"--transactions"_s,
                                    QString::number(transactions), u"--ids"_s, idsFile, u"--exit-with-parent"_s}
        + arguments;
    auto process = ChildProcess::start(command);
    if (!process)
        cannotRun(process.error());
    return std::move(*process);
}

QString formEncoded(const QList<std::pair<QString, QString>> &fields)
{
    QStringList parts;
    for (const auto &[name, value] : fields)
        parts.append(name + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(value)));
    return parts.join(u'&');
}

} // namespace

SandboxProcess::SandboxProcess(qint64 transactions, const QStringList &arguments)
    : m_process(startSandbox(m_directory.filePath(u"ids.csv"_s), transactions, arguments))
{
    constexpr int readyWithinMs = 60'000;
    const auto line = m_process.readLine(readyWithinMs);
    const QJsonObject said = QJsonDocument::fromJson(line.value_or(QByteArray())).object();
    m_url = QUrl(said[u"url"].toString());
    m_credentials = {
        .clientId = said[u"clientId"].toString(), .clientSecret = said[u"clientSecret"].toString().toUtf8()};
    if (m_url.isEmpty())
        cannotRun(u"linkmoney-sandbox did not say where it answers"_s);
}

QStringList SandboxProcess::transactionIds(qsizetype limit) const
{
    QFile file(m_directory.filePath(u"ids.csv"_s));
    if (!file.open(QIODevice::ReadOnly))
        cannotRun(u"linkmoney-sandbox wrote no ids: "_s + file.errorString());
    QStringList ids;
    while (!file.atEnd() && ids.size() < limit) {
        const QList<QByteArray> cells = file.readLine().trimmed().split(',');
        if (cells.size() == 2 && cells[0] == "transaction")
            ids.append(QString::fromUtf8(cells[1]));
    }
    if (ids.size() < limit)
        cannotRun(u"linkmoney-sandbox knows only %1 transactions"_s.arg(ids.size()));
    return ids;
}

QByteArray SandboxProcess::bearerToken() const
{
    const QString form = formEncoded({{u"grant_type"_s, u"client_credentials"_s}, {u"scope"_s, u"Link-Core"_s},
        {u"client_id"_s, m_credentials.clientId}, {u"client_secret"_s, QString::fromUtf8(m_credentials.clientSecret)}});
    QProcess curl;
    curl.start(u"curl"_s, {u"-sS"_s, u"--data"_s, u"@-"_s, m_url.toString(QUrl::StripTrailingSlash) + u"/v1/tokens"_s});
    curl.write(form.toUtf8());
    curl.closeWriteChannel();
    curl.waitForFinished();
    const QByteArray token = QJsonDocument::fromJson(curl.readAllStandardOutput())
                                 .object()[u"access_token"]
                                 .toString()
                                 .toLatin1();
    if (token.isEmpty())
        cannotRun(u"no token from the sandbox: "_s + QString::fromLocal8Bit(curl.readAllStandardError()));
    return token;
}

} // namespace benchmarks

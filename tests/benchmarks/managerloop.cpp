// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/managerloop.h"

#include "tests/benchmarks/figures.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QProcess>
#include <QTemporaryFile>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace benchmarks {

namespace {

double perSecond(qsizetype requests, const QElapsedTimer &timer)
{
    return static_cast<double>(requests) * 1e9 / static_cast<double>(timer.nsecsElapsed());
}

//! Sends the next URL whenever an answer is complete.
class GetLoop : public QObject
{
public:
    GetLoop(const QList<QUrl> &urls, QByteArray bearerToken)
        : m_urls(urls)
        , m_authorization("Bearer " + bearerToken)
    {
    }

    void run(int inFlight)
    {
        QEventLoop loop;
        m_loop = &loop;
        for (int i = 0; i < inFlight; ++i)
            sendNext();
        loop.exec();
    }

private:
    void sendNext()
    {
        if (m_next == m_urls.size())
            return;
        QNetworkRequest request(m_urls[m_next++]);
        request.setRawHeader("Authorization", m_authorization);
        request.setAttribute(QNetworkRequest::AutoDeleteReplyOnFinishAttribute, true);
        QNetworkReply *reply = m_manager.get(request);
        connect(reply, &QNetworkReply::finished, this, [this, reply] { finish(*reply); });
    }

    void finish(QNetworkReply &reply)
    {
        if (reply.error() != QNetworkReply::NoError)
            cannotRun(u"the bare loop failed: "_s + reply.errorString());
        reply.readAll();
        sendNext();
        if (++m_answered == m_urls.size())
            m_loop->quit();
    }

    QNetworkAccessManager m_manager;
    const QList<QUrl> &m_urls;
    QByteArray m_authorization;
    QEventLoop *m_loop = nullptr;
    qsizetype m_next = 0;
    qsizetype m_answered = 0;
};

} // namespace

double managerLoop(const QList<QUrl> &urls, const QByteArray &bearerToken, int inFlight)
{
    GetLoop loop(urls, bearerToken);
    QElapsedTimer timer;
    timer.start();
    loop.run(inFlight);
    return perSecond(urls.size(), timer);
}

double curlParallel(const QList<QUrl> &urls, const QByteArray &bearerToken, int inFlight)
{
    // A file, because a token on a command line is visible to everybody.
    QTemporaryFile config;
    if (!config.open())
        cannotRun(u"no temporary file: "_s + config.errorString());
    config.write("header = \"Authorization: Bearer " + bearerToken + "\"\n");
    for (const QUrl &url : urls)
        config.write("url = \"" + url.toEncoded() + "\"\noutput = \"/dev/null\"\n");
    config.close();

    QProcess curl;
    curl.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QElapsedTimer timer;
    timer.start();
    curl.start(u"curl"_s,
        {u"--silent"_s, u"--show-error"_s, u"--no-progress-meter"_s, u"--fail"_s, u"--parallel"_s, u"--parallel-max"_s,
            QString::number(inFlight), u"--config"_s, config.fileName()});
    if (!curl.waitForFinished(-1) || curl.exitCode() != 0)
        cannotRun(u"curl ended with %1"_s.arg(curl.exitCode()));
    return perSecond(urls.size(), timer);
}

} // namespace benchmarks

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/flight.h"
#include "api/managerpool.h"
#include "api/replyreader.h"
#include "api/requestqueue.h"
#include "api/tokencache.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

namespace api {

//! The working half of Client: queue, tokens, flights. Everything here runs in the transport's thread.
class Transport : public QObject
{
    Q_OBJECT
public:
    Transport(ClientOptions options, Credentials credentials);
    ~Transport() override;

    void submit(FlightPtr flight);
    void abort(const std::shared_ptr<CallState> &call);
    void setJournal(std::function<void(const JournalEntry &)> journal);
    void setCredentials(Credentials credentials);
    void setEndpoint(const QUrl &baseUrl, Credentials credentials);

private:
    void pump();
    void armWake();
    bool authorise(const FlightPtr &flight);
    void fetchToken(Auth auth);
    void start(const FlightPtr &flight);
    QByteArray authorization(Flight &flight);
    void watch(const FlightPtr &flight);
    void expire();
    void checkSize(Flight &flight) const;

    void onFinished(const FlightPtr &flight);
    void finish(const FlightPtr &flight, Result<Answer> result);
    void finishToken(const FlightPtr &flight, const Result<Answer> &result);
    void failWaiting(Auth auth, const Error &error);
    bool repeat(const FlightPtr &flight, const Error &error);
    bool repeatAfterPause(const FlightPtr &flight, const Error &error);
    void record(const Flight &flight, const ReplyReading &reading);
    void cancel(const FlightPtr &flight);
    void end(const FlightPtr &flight);

    QString host() const { return m_options.baseUrl.host(); }
    qint64 now() const { return m_clock.elapsed(); }

    ClientOptions m_options;
    Credentials m_credentials;
    int m_credentialsGeneration = 0;
    std::function<void(const JournalEntry &)> m_journal;
    QElapsedTimer m_clock;
    ManagerPool m_managers;
    RequestQueue m_queue;
    TokenCache m_tokens;
    std::vector<FlightPtr> m_inFlight;
    QTimer m_wake;
    QTimer m_deadline;
};

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPair>
#include <QString>

#include <functional>
#include <memory>

//! What the fake expects next, or what came.
struct FakeRequest
{
    QByteArray verb;
    QString path;
    QList<QPair<QByteArray, QByteArray>> headers = {}; //!< only these are compared
    QByteArray body = {};                              //!< compared as JSON when both sides are JSON
};

struct FakeAnswer
{
    int status = 200; //!< 0: no HTTP answer, see error
    QByteArray body = {};
    QList<QPair<QByteArray, QByteArray>> headers = {};
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
};

//! A scripted server behind QNetworkAccessManager::createRequest. Requests must come in the order in which
//! they were announced, whichever manager they come through; any other one fails the test with a difference.
//! Answers come through the event loop. One thread.
class FakeNetwork
{
public:
    void expect(FakeRequest request, FakeAnswer answer);
    //! Reads `<base>.request` and `<base>.answer` of tests/data.
    void expectRecorded(const QString &base);
    //! The token call of reference 1.3, answered with `token`.
    void expectToken(const QString &scope, const QByteArray &token = "test-token");
    //! The token call of reference 2.2, below /api, answered with `token`.
    void expectTenantToken(const QString &tenant, const QByteArray &token = "tenant-token");

    std::function<std::unique_ptr<QNetworkAccessManager>()> factory();

    const QList<FakeRequest> &requests() const { return m_requests; } //!< in the order of arrival, with all headers
    //! Empty when every request was expected and every expected one came.
    QString problems() const;

private:
    friend class FakeManager;
    FakeAnswer answerTo(const FakeRequest &request);

    QList<QPair<FakeRequest, FakeAnswer>> m_script;
    QList<FakeRequest> m_requests;
    QString m_unexpected;
};

//! A request file: "POST /v1/payments", header lines, an empty line, the body. An answer file: "HTTP 200" or
//! "NETWORK <number>" instead of the first line.
FakeRequest readRequestFile(const QString &base);
FakeAnswer readAnswerFile(const QString &base);

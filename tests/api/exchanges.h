// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fakenetwork.h"
#include "tests/support/waiting.h"

#include <QTest>

//! A client over a scripted network, with the credentials that expectToken() knows; for the aggregation family
//! with those of expectTenantToken() and the tenant "TNT-1".
struct Exchange
{
    explicit Exchange(api::Auth auth = api::Auth::CoreToken)
    {
        const bool tenant = auth == api::Auth::TenantToken;
        client = std::make_unique<api::Client>(
            api::ClientOptions{.baseUrl = QUrl(tenant ? QStringLiteral("https://api.example.com/api")
                                                      : QStringLiteral("https://api.example.com")),
                .makeManager = network.factory()},
            api::Credentials{.clientId = QStringLiteral("test-client"),
                .clientSecret = "test-secret",
                .tenantId = tenant ? QStringLiteral("TNT-1") : QString()});
    }

    void expectTokenFor(api::Auth auth);

    FakeNetwork network = {};
    std::unique_ptr<api::Client> client = {};
};

inline QString scopeName(api::Auth auth)
{
    return auth == api::Auth::PaymentToken ? QStringLiteral("Link-Payment") : QStringLiteral("Link-Core");
}

inline bool usesToken(const api::RequestData &request)
{
    return request.auth == api::Auth::CoreToken || request.auth == api::Auth::PaymentToken
        || request.auth == api::Auth::TenantToken;
}

inline void Exchange::expectTokenFor(api::Auth auth)
{
    if (auth == api::Auth::TenantToken)
        network.expectTenantToken(QStringLiteral("TNT-1"));
    else
        network.expectToken(scopeName(auth));
}

//! Each API family has its recordings in a folder of its own.
inline QString recordingPath(const QString &recording, const api::RequestData &request)
{
    return (request.auth == api::Auth::TenantToken ? QStringLiteral("aggregation/") : QStringLiteral("paybybank/"))
        + recording;
}

//! Plays one recorded exchange, token call included, and returns what was read.
template<typename T> std::optional<api::Result<T>> play(const QString &recording, const api::Request<T> &request)
{
    Exchange exchange(request.data.auth);
    if (usesToken(request.data))
        exchange.expectTokenFor(request.data.auth);
    exchange.network.expectRecorded(recordingPath(recording, request.data));
    const auto answer = answerOf(*exchange.client, request);
    const QString problems = exchange.network.problems();
    if (!problems.isEmpty())
        QTest::qFail(qUtf8Printable(problems), __FILE__, __LINE__);
    return answer;
}

//! Columns "file", "kind", "delivery": the answers that mean the same for every request. The refusals have
//! their bodies from `folder`.
inline void addFailureRows(const QString &folder = QStringLiteral("paybybank"))
{
    using api::Delivery;
    using api::ErrorKind;
    QTest::addColumn<QString>("file");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<Delivery>("delivery");
    const auto row = [](const char *file, ErrorKind kind, Delivery delivery) {
        QTest::newRow(file) << QStringLiteral("paybybank/failure-") + QLatin1String(file) << kind << delivery;
    };
    const auto refusal = [&folder](const char *file, ErrorKind kind, Delivery delivery) {
        QTest::newRow(file) << folder + QStringLiteral("/failure-") + QLatin1String(file) << kind << delivery;
    };
    refusal("400", ErrorKind::Rejected, Delivery::Answered);
    refusal("401", ErrorKind::Unauthorized, Delivery::Answered);
    refusal("403", ErrorKind::Forbidden, Delivery::Answered);
    refusal("404", ErrorKind::NotFound, Delivery::Answered);
    row("429", ErrorKind::RateLimited, Delivery::Answered);
    row("500", ErrorKind::Fault, Delivery::Unknown);
    row("500-not-json", ErrorKind::Fault, Delivery::Unknown);
    row("offline", ErrorKind::Offline, Delivery::CertainlyNotSent);
    row("connection-cut", ErrorKind::Offline, Delivery::Unknown);
    row("not-json", ErrorKind::Garbled, Delivery::Unknown);
    row("json-cut", ErrorKind::Garbled, Delivery::Unknown);
    row("wrong-type", ErrorKind::Garbled, Delivery::Unknown);
    row("trailing-comma", ErrorKind::Garbled, Delivery::Unknown);
    row("nested-too-deep", ErrorKind::Garbled, Delivery::Unknown);
    row("not-utf8", ErrorKind::Garbled, Delivery::Unknown);
}

//! Plays the failure of the current row; `recording` names the request.
template<typename T> void checkFailure(const QString &recording, const api::Request<T> &request)
{
    QFETCH(const QString, file);
    QFETCH(const api::ErrorKind, kind);
    QFETCH(const api::Delivery, delivery);
    Exchange exchange(request.data.auth);
    const bool repeatsWithNewToken = kind == api::ErrorKind::Unauthorized && usesToken(request.data);
    const bool waits = kind == api::ErrorKind::RateLimited && request.data.safeToRepeat();
    const int tries = waits ? 4 : repeatsWithNewToken ? 2 : 1;
    for (int count = 0; count < tries; ++count) {
        if (usesToken(request.data) && (count == 0 || repeatsWithNewToken))
            exchange.expectTokenFor(request.data.auth);
        exchange.network.expect(readRequestFile(recordingPath(recording, request.data)), readAnswerFile(file));
    }
    const auto answer = answerOf(*exchange.client, request);
    QCOMPARE(exchange.network.problems(), QString());
    QVERIFY(answer);
    QVERIFY(!answer->has_value());
    QCOMPARE(answer->error().kind, kind);
    QCOMPARE(answer->error().delivery, delivery);
    QCOMPARE(answer->error().host, QStringLiteral("api.example.com"));
    QVERIFY(!api::errorText(answer->error()).isEmpty());
}

//! Reads a body and expects a complaint about `field`.
template<typename T>
void checkComplaint(api::Result<T> (*read)(const api::Json &), const QByteArray &body, const QString &field)
{
    const auto json = api::Json::parse(body);
    QVERIFY(json);
    const api::Result<T> result = read(*json);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, api::ErrorKind::Garbled);
    QCOMPARE(result.error().delivery, api::Delivery::Unknown);
    QVERIFY2(result.error().detail.startsWith(field), qPrintable(result.error().detail));
}

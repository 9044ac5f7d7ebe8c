// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "tests/support/scriptedserver.h"

#include <QTcpSocket>
#include <QTest>

#include <optional>

// What the tests of the client ask, and how they wait for it.

inline api::RequestData openRead(const QByteArray &path = "/v1/thing")
{
    return {.verb = api::Verb::Get, .path = path, .body = {}, .auth = api::Auth::None};
}

inline api::RequestData openWrite(const QByteArray &body = R"({"a":1})")
{
    return {.verb = api::Verb::Post, .path = "/v1/thing", .body = body, .auth = api::Auth::None};
}

inline api::Credentials knownCredentials()
{
    return {.clientId = QStringLiteral("id"), .clientSecret = "secret"};
}

inline std::optional<api::Result<api::Answer>> rawAnswer(api::Client &client, const api::RequestData &request)
{
    std::optional<api::Result<api::Answer>> answer;
    QObject context;
    const api::Call call = client.sendRaw(
        request, &context, [&answer](api::Result<api::Answer> result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }))
        return std::nullopt;
    return answer;
}

inline api::Error errorOf(const std::optional<api::Result<api::Answer>> &answer)
{
    if (!answer)
        return {.message = QStringLiteral("no answer at all")};
    return answer->has_value() ? api::Error{.message = QStringLiteral("no error")} : answer->error();
}

inline void replyOk(QTcpSocket *socket, const ScriptedServer::Received &)
{
    socket->write(ScriptedServer::http(200, R"({"ok":true})"));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"

#include <QRegularExpression>
#include <QTest>

#include <optional>

//! Sends a request and waits for its answer; an empty result means that none came in five seconds.
template<typename T> std::optional<api::Result<T>> answerOf(api::Client &client, const api::Request<T> &request)
{
    std::optional<api::Result<T>> answer;
    QObject context;
    const api::Call call = client.send(
        request, &context, [&answer](api::Result<T> result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }))
        return std::nullopt;
    return answer;
}

//! Warnings fail a test. Two sentences of Qt's own are let through: the offscreen platform's, and the one
//! about a missing runtime directory.
inline void failOnAnyWarning()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(
        "^(?!This plugin does not support propagateSizeHints)(?!QStandardPaths: XDG_RUNTIME_DIR not set)")));
}

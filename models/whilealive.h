// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>

#include <functional>
#include <utility>

namespace models {

//! The handler for as long as its context lives; without a context, for ever. An empty handler hears nothing. Called in
//! the context's thread.
template<typename Value> std::function<void(Value)> whileAlive(QObject *context, std::function<void(Value)> handler)
{
    if (!handler)
        return [](Value) { };
    if (!context)
        return handler;
    return [guard = QPointer<QObject>(context), handler = std::move(handler)](Value value) {
        if (guard)
            handler(std::forward<Value>(value));
    };
}

} // namespace models

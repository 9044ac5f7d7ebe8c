// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/secretstore.h"

#include <QHash>
#include <QTimer>

//! A keychain in memory, which can be switched off.
class MemorySecrets : public api::SecretStore
{
public:
    void read(const QString &, const QString &name, QObject *context,
        std::function<void(SecretResult<QByteArray>)> handler) override
    {
        const bool there = works && kept.contains(name);
        const SecretResult<QByteArray> found = there
            ? SecretResult<QByteArray>(kept.value(name))
            : std::unexpected(api::SecretError{api::SecretProblem::NotFound, {}});
        QTimer::singleShot(0, context, [handler, found] { handler(found); });
    }
    void write(const QString &, const QString &name, const QByteArray &secret, QObject *context,
        std::function<void(SecretResult<void>)> handler) override
    {
        if (works)
            kept.insert(name, secret);
        const SecretResult<void> done = works ? SecretResult<void>()
                                              : std::unexpected(api::SecretError{api::SecretProblem::NoService, {}});
        QTimer::singleShot(0, context, [handler, done] { handler(done); });
    }
    void remove(const QString &, const QString &name, QObject *context,
        std::function<void(SecretResult<void>)> handler) override
    {
        kept.remove(name);
        QTimer::singleShot(0, context, [handler] { handler({}); });
    }

    QHash<QString, QByteArray> kept;
    bool works = true;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <expected>
#include <functional>

namespace api {

enum class SecretProblem {
    NotFound,
    Locked, //!< the ring is there but locked: ask the person to unlock it
    DeniedByUser,
    NoService, //!< no Secret Service on this machine
    Failed,
};

struct SecretError
{
    SecretProblem problem = SecretProblem::Failed;
    QString message; //!< the service's words
};

//! The sentence for staff: what happened and what to do.
QString secretErrorText(const SecretError &error);

//! The OS keychain, and nothing else: no file, no insecure fallback. Asynchronous; handlers run through the
//! event loop in the store's thread, exactly once, unless the context has died. Keys are
//! "merchant-console/<profile>/<name>".
class SecretStore : public QObject
{
    Q_OBJECT
public:
    template<typename T> using SecretResult = std::expected<T, SecretError>;

    explicit SecretStore(QObject *parent = nullptr);

    virtual void read(const QString &profile, const QString &name, QObject *context,
        std::function<void(SecretResult<QByteArray>)> handler);
    virtual void write(const QString &profile, const QString &name, const QByteArray &secret, QObject *context,
        std::function<void(SecretResult<void>)> handler);
    virtual void remove(
        const QString &profile, const QString &name, QObject *context, std::function<void(SecretResult<void>)> handler);
};

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/secretstore.h"

#include "api/secretservice.h"

#include <QCoreApplication>
#include <QPointer>

#include <qt6keychain/keychain.h>

#include <utility>

namespace api {
namespace {

constexpr QLatin1StringView keychainService("merchant-console");

QString keychainKey(const QString &profile, const QString &name)
{
    return QStringLiteral("merchant-console/%1/%2").arg(profile, name);
}

struct KeychainOutcome
{
    QKeychain::Error error = QKeychain::NoError;
    QString message = {};
    QByteArray secret = {};
    RingState ring = RingState::Unlocked;
};

using OutcomeHandler = std::function<void(const KeychainOutcome &)>;

KeychainOutcome outcomeOf(const QKeychain::Job &job)
{
    const auto *reader = qobject_cast<const QKeychain::ReadPasswordJob *>(&job);
    return {.error = job.error(), .message = job.errorString(), .secret = reader ? reader->binaryData() : QByteArray()};
}

//! A locked ring makes QtKeychain say "not found" on reading and "done" on deleting. So the ring is asked
//! before, to spare a job that would lie, and after, because it may have been locked in between.
void runKeychainJob(QKeychain::Job *job, const QString &key, QObject *store, OutcomeHandler handler)
{
    job->setParent(store);
    job->setKey(key);
    job->setInsecureFallback(false);
    askRingState(store, [job, store, handler = std::move(handler)](RingState before) {
        if (before == RingState::Locked || before == RingState::NoService) {
            job->deleteLater();
            handler({.error = QKeychain::OtherError, .ring = before});
            return;
        }
        QObject::connect(job, &QKeychain::Job::finished, store, [store, handler](const QKeychain::Job *done) {
            askRingState(store, [handler, outcome = outcomeOf(*done)](RingState after) mutable {
                outcome.ring = after;
                handler(outcome);
            });
        });
        job->start();
    });
}

SecretProblem problemOfError(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::EntryNotFound:
        return SecretProblem::NotFound;
    case QKeychain::AccessDeniedByUser:
        return SecretProblem::DeniedByUser;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return SecretProblem::NoService;
    case QKeychain::AccessDenied:
        return SecretProblem::Locked;
    default:
        return SecretProblem::Failed;
    }
}

SecretError secretError(const KeychainOutcome &outcome)
{
    switch (outcome.ring) {
    case RingState::Locked:
        return {.problem = SecretProblem::Locked, .message = outcome.message};
    case RingState::NoService:
        return {.problem = SecretProblem::NoService, .message = outcome.message};
    case RingState::Unsure:
        return {.problem = SecretProblem::Failed, .message = outcome.message};
    case RingState::Unlocked:
    case RingState::NoRing:
        break;
    }
    return {.problem = problemOfError(outcome.error), .message = outcome.message};
}

SecretStore::SecretResult<void> changeResult(const KeychainOutcome &outcome)
{
    if (outcome.error != QKeychain::NoError)
        return std::unexpected(secretError(outcome));
    return {};
}

SecretStore::SecretResult<void> removalResult(const KeychainOutcome &outcome)
{
    const bool believable = outcome.ring == RingState::Unlocked || outcome.ring == RingState::NoRing;
    const bool gone = outcome.error == QKeychain::NoError || outcome.error == QKeychain::EntryNotFound;
    if (!believable || !gone)
        return std::unexpected(secretError(outcome));
    return {};
}

SecretStore::SecretResult<QByteArray> readingResult(const KeychainOutcome &outcome)
{
    if (outcome.error != QKeychain::NoError)
        return std::unexpected(secretError(outcome));
    return outcome.secret;
}

template<typename T>
OutcomeHandler forContext(QObject *context, std::function<void(SecretStore::SecretResult<T>)> handler,
    SecretStore::SecretResult<T> (*result)(const KeychainOutcome &))
{
    return
        [context = QPointer<QObject>(context), handler = std::move(handler), result](const KeychainOutcome &outcome) {
            if (context)
                handler(result(outcome));
        };
}

class SecretSentence
{
    Q_DECLARE_TR_FUNCTIONS(api::SecretError)
};

} // namespace

QString secretErrorText(const SecretError &error)
{
    switch (error.problem) {
    case SecretProblem::NotFound:
        return SecretSentence::tr("No client secret is stored for this profile. Enter it in the profile's settings.",
            "The keychain has no entry");
    case SecretProblem::Locked:
        return SecretSentence::tr("The keychain of this machine is locked. Unlock it, then try again.",
            "The Secret Service's ring is locked");
    case SecretProblem::DeniedByUser:
        return SecretSentence::tr(
            "Access to the keychain was denied. Allow it when the system asks, then try again.", "The person said no");
    case SecretProblem::NoService:
        return SecretSentence::tr("This machine has no keychain service. Install one, such as GNOME Keyring, "
                                  "or enter the secret for this run only.",
            "No Secret Service on the session bus");
    case SecretProblem::Failed:
        break;
    }
    const QString sentence = SecretSentence::tr(
        "The keychain did not do what was asked. Try again.", "Any other keychain failure");
    if (error.message.isEmpty())
        return sentence;
    return SecretSentence::tr("%1 It said: \"%2\"", "%1 is a whole sentence, %2 the keychain's own words")
        .arg(sentence, error.message);
}

SecretStore::SecretStore(QObject *parent)
    : QObject(parent)
{
}

void SecretStore::read(const QString &profile, const QString &name, QObject *context,
    std::function<void(SecretResult<QByteArray>)> handler)
{
    runKeychainJob(new QKeychain::ReadPasswordJob(keychainService), keychainKey(profile, name), this,
        forContext<QByteArray>(context, std::move(handler), readingResult));
}

void SecretStore::write(const QString &profile, const QString &name, const QByteArray &secret, QObject *context,
    std::function<void(SecretResult<void>)> handler)
{
    auto *job = new QKeychain::WritePasswordJob(keychainService);
    job->setBinaryData(secret);
    runKeychainJob(job, keychainKey(profile, name), this, forContext<void>(context, std::move(handler), changeResult));
}

void SecretStore::remove(
    const QString &profile, const QString &name, QObject *context, std::function<void(SecretResult<void>)> handler)
{
    runKeychainJob(new QKeychain::DeletePasswordJob(keychainService), keychainKey(profile, name), this,
        forContext<void>(context, std::move(handler), removalResult));
}

} // namespace api

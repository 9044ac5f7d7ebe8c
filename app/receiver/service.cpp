// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/receiver/service.h"

#include "api/json.h"
#include "models/audit.h"
#include "models/eventexchange.h"
#include "models/webhooksubscriptions.h"

#include <QDateTime>
#include <QTextStream>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace receiver {

namespace {

constexpr int reportMs = 60'000;
constexpr int exportedAtOnce = 500;

models::DatabaseResult<QList<qint64>> keysAfter(models::Database &database, qint64 key)
{
    const auto statement = database.prepare("SELECT key FROM events WHERE key > ?1 ORDER BY key LIMIT ?2");
    if (!statement)
        return std::unexpected(statement.error());
    QList<qint64> keys;
    auto row = (*statement)->bind(0, key).bind(1, qint64(exportedAtOnce)).step();
    for (; row && *row; row = (*statement)->step())
        keys.append((*statement)->integer(0));
    if (!row)
        return std::unexpected(row.error());
    return keys;
}

int exportFailed(const models::DatabaseError &error)
{
    QTextStream(stderr) << models::databaseErrorText(error) << '\n';
    return 1;
}

} // namespace

Service::Service(Options options, std::unique_ptr<models::Ledger> ledger)
    : m_options(std::move(options))
    , m_ledger(std::move(ledger))
    , m_receiver(*m_ledger,
          [this](
              const QString &subscription, QObject *context, std::function<void(std::optional<QByteArray>)> handler) {
              readSecret(subscription, context, std::move(handler));
          })
{
    m_report.setInterval(reportMs);
    connect(&m_receiver, &models::Receiver::stateChanged, this, &Service::stateChanged);
    connect(&m_receiver, &models::Receiver::arrived, this, [this] { ++m_arrived; });
    connect(&m_receiver, &models::Receiver::storingFailed, this, [this](const models::DatabaseError &error) {
        say(u"Events could not be stored, senders were asked to try again: "_s + error.message, true);
    });
    connect(&m_report, &QTimer::timeout, this, [this] {
        if (const qint64 batches = std::exchange(m_arrived, 0); batches > 0)
            say(u"Events arrived and were stored, in %1 commits in the last minute."_s.arg(batches), false);
    });
    m_report.start();
}

void Service::start()
{
    const auto job = [options = m_options](models::Database &database) -> models::DatabaseResult<void> {
        for (const QString &token : options.pathTokens) {
            if (auto done = models::ensureEventSource(database, token, options.family, options.scheme); !done)
                return done;
        }
        for (const QUrl &url : options.forward) {
            if (auto done = models::addForwardTarget(database,
                    {.url = url, .madeAt = QDateTime::currentMSecsSinceEpoch(), .madeBy = models::currentUser()});
                !done)
                return done;
        }
        return {};
    };
    m_ledger->write(job, models::Ledger::Durability::Full, this, [this](const models::DatabaseResult<void> &prepared) {
        if (!prepared) {
            say(models::databaseErrorText(prepared.error()), true);
            emit failed();
            return;
        }
        m_receiver.apply(m_options.settings);
    });
}

void Service::readSecret(
    const QString &subscription, QObject *context, std::function<void(std::optional<QByteArray>)> handler)
{
    if (m_options.secret || m_options.profile.isEmpty()) {
        QMetaObject::invokeMethod(
            context, [handler = std::move(handler), secret = m_options.secret] { handler(secret); },
            Qt::QueuedConnection);
        return;
    }
    m_secrets.read(m_options.profile, models::webhookSecretName(subscription), context,
        [this, handler = std::move(handler)](const api::SecretStore::SecretResult<QByteArray> &secret) {
            if (!secret)
                say(api::secretErrorText(secret.error()), true);
            handler(secret ? std::optional(*secret) : std::nullopt);
        });
}

void Service::stateChanged()
{
    switch (m_receiver.state()) {
    case models::Receiver::State::Off:
    case models::Receiver::State::Starting:
        break;
    case models::Receiver::State::Listening:
        announce();
        break;
    case models::Receiver::State::Failing:
        say(m_receiver.problem(), true);
        break;
    }
}

void Service::announce()
{
    using models::EventSources;
    m_reading = m_ledger->read<EventSources>(
        &models::readEventSources, this, [this](const models::DatabaseResult<EventSources> &sources) {
            std::vector<api::Json> paths;
            for (const QByteArray &path : sources ? sources->keys() : QList<QByteArray>())
                paths.push_back(api::Json::fromText(QString::fromUtf8(path)));
            const QString url = m_receiver.urlFor(QString()).toString(QUrl::RemovePath);
            QTextStream(stdout) << QString::fromUtf8(api::Json::fromMembers(
                {{u"url"_s, api::Json::fromText(url)}, {u"paths"_s, api::Json::fromItems(std::move(paths))}})
                    .toText()) << '\n';
            say(u"Listening on %1."_s.arg(url), false);
        });
}

void Service::say(const QString &line, bool needsAttention) const
{
    if (needsAttention || !m_options.quiet)
        QTextStream(stderr) << QDateTime::currentDateTimeUtc().toString(Qt::ISODate) << ' ' << line << '\n';
}

int exportEvents(const QString &ledger)
{
    const auto database = models::Database::open(ledger, models::Database::Mode::ReadOnly);
    if (!database)
        return exportFailed(database.error());
    qint64 last = 0;
    for (;;) {
        const auto keys = keysAfter(**database, last);
        if (!keys)
            return exportFailed(keys.error());
        if (keys->isEmpty())
            return 0;
        const auto lines = models::exportEvents(**database, *keys);
        if (!lines)
            return exportFailed(lines.error());
        std::fwrite(lines->constData(), 1, static_cast<size_t>(lines->size()), stdout);
        last = keys->last();
    }
}

} // namespace receiver

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/receiver.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace models {

Receiver::Receiver(Ledger &ledger, ReadSecret readSecret, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_readSecret(std::move(readSecret))
    , m_intake(ledger)
    , m_listener({.knows = [this](const QByteArray &path) { return m_intake.knows(path); },
          .deliver = [this](api::WebhookDelivery delivery,
                         api::ListenerReply reply) { m_intake.take(std::move(delivery), std::move(reply)); }})
    , m_forwarder(ledger, [this](const QString &subscriptionId, api::WebhookDelivery &delivery) {
        fillSecret(subscriptionId, delivery);
    })
{
    m_intake.moveToThread(&m_listener.thread());
    connect(&m_intake, &EventIntake::arrived, this, [this](const QStringList &subscriptions) {
        m_lastArrivalAt = QDateTime::currentMSecsSinceEpoch();
        emit arrived(subscriptions);
    });
    connect(&m_intake, &EventIntake::storingFailed, this, &Receiver::storingFailed);
    connect(&m_listener, &api::WebhookListener::started, this, [this] { become(State::Listening); });
    connect(&m_listener, &api::WebhookListener::failed, this,
        [this](const api::ListenerError &error) { become(State::Failing, api::listenerErrorText(error)); });
    connect(&ledger, &Ledger::changedElsewhere, this, [this] {
        if (m_settings.enabled)
            reloadSources();
    });
}

Receiver::~Receiver() = default;

void Receiver::apply(const ReceiverSettings &settings)
{
    m_settings = settings;
    if (!settings.enabled) {
        m_listener.stop();
        m_forwarder.stop();
        become(State::Off);
        return;
    }
    become(State::Starting);
    m_forwarder.start();
    if (m_sourcesKnown)
        startListening();
    else
        reloadSources();
}

void Receiver::startListening()
{
    if (const auto problems = receiverProblems(m_settings); !problems.isEmpty())
        return become(State::Failing, problems.first().sentence);
    const auto listener = listenerSettingsOf(m_settings);
    if (!listener)
        return become(State::Failing, listener.error());
    m_listener.start(*listener);
}

void Receiver::reloadSources()
{
    ++m_round;
    m_reading = m_ledger.read<EventSources>([](Database &database) { return readEventSources(database); }, this,
        [this](const DatabaseResult<EventSources> &sources) {
            if (sources)
                useSources(*sources);
            else if (!m_sourcesKnown && m_settings.enabled)
                become(State::Failing, databaseErrorText(sources.error()));
        });
}

// The secrets come one after the other, so that a locked keychain asks once.
void Receiver::useSources(EventSources sources)
{
    for (auto source = sources.begin(); source != sources.end(); ++source)
        source->secret = m_sources.value(source.key()).secret;
    m_sources = std::move(sources);
    m_secretsToRead.clear();
    for (auto source = m_sources.cbegin(); source != m_sources.cend(); ++source) {
        if (source->scheme.kind != WebhookScheme::Kind::None)
            m_secretsToRead.append(source.key());
    }
    readNextSecret();
}

void Receiver::readNextSecret()
{
    if (m_secretsToRead.isEmpty() || !m_readSecret)
        return publishSources();
    const QByteArray path = m_secretsToRead.takeFirst();
    m_readSecret(
        m_sources[path].subscriptionId, this, [this, path, round = m_round](const std::optional<QByteArray> &secret) {
            if (round != m_round)
                return;
            if (secret)
                m_sources[path].secret = *secret;
            readNextSecret();
        });
}

void Receiver::publishSources()
{
    m_intake.setSources(m_sources);
    const bool first = !std::exchange(m_sourcesKnown, true);
    if (first && m_settings.enabled)
        startListening();
    emit sourcesReloaded();
}

void Receiver::check()
{
    m_listener.check();
}

Receiver::State Receiver::state() const
{
    return m_state;
}

QString Receiver::problem() const
{
    return m_problem;
}

quint16 Receiver::port() const
{
    return m_listener.port();
}

const ReceiverSettings &Receiver::settings() const
{
    return m_settings;
}

QUrl Receiver::urlFor(const QString &pathToken) const
{
    return webhookUrl(m_settings, port() != 0 ? port() : m_settings.port, pathToken);
}

// Through a proxy it would come back by itself, but the proxy may be what is out of order. With TLS only the name in
// the certificate will do.
QUrl Receiver::ownUrlFor(const QByteArray &path) const
{
    ReceiverSettings own = m_settings;
    if (own.certificateFile.isEmpty())
        own.publicUrl.clear();
    QUrl url = webhookUrl(own, port() != 0 ? port() : own.port, {});
    url.setPath(QString::fromUtf8(path));
    return url;
}

void Receiver::fillSecret(const QString &subscriptionId, api::WebhookDelivery &delivery) const
{
    for (const EventSource &source : m_sources) {
        const bool hidden = source.subscriptionId == subscriptionId && !source.secret.isEmpty()
            && source.scheme.kind == WebhookScheme::Kind::SharedSecret;
        for (api::HeaderLine &line : delivery.headers) {
            if (hidden && line.value == hiddenHeaderValue
                && line.name.compare(source.scheme.signatureHeader.toLatin1(), Qt::CaseInsensitive) == 0)
                line.value = source.secret.trimmed();
        }
    }
}

qint64 Receiver::lastArrivalAt() const
{
    return m_lastArrivalAt;
}

void Receiver::become(State state, const QString &problem)
{
    if (m_state == state && m_problem == problem)
        return;
    m_state = state;
    m_problem = problem;
    emit stateChanged();
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/receivercard.h"

#include "models/receiver.h"
#include "ui/dialogpieces.h"
#include "ui/statuschip.h"
#include "ui/stylepieces.h"
#include "ui/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

models::StatusLook lookOf(models::Receiver::State state)
{
    switch (state) {
    case models::Receiver::State::Off:
        return {ReceiverCard::tr("Receiver off"), models::StatusTone::Idle};
    case models::Receiver::State::Starting:
        return {ReceiverCard::tr("Starting"), models::StatusTone::InProgress};
    case models::Receiver::State::Listening:
        return {ReceiverCard::tr("Receiving"), models::StatusTone::Done};
    case models::Receiver::State::Failing:
        return {ReceiverCard::tr("Not receiving"), models::StatusTone::Failed};
    }
    Q_UNREACHABLE();
}

QString placeOf(const models::Receiver &receiver)
{
    return models::webhookUrl(receiver.settings(), receiver.port(), {})
        .adjusted(QUrl::RemovePath)
        .toString(QUrl::RemovePath);
}

} // namespace

ReceiverCard::ReceiverCard(models::Receiver &receiver, QWidget *parent)
    : QWidget(parent)
    , m_receiver(receiver)
    , m_chip(new StatusChip(this))
    , m_text(new QLabel(this))
    , m_settings(new QPushButton(tr("&Receiver…"), this))
{
    setObjectName(u"receiverCard"_s);
    m_text->setObjectName(u"receiverText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_settings->setObjectName(u"receiverButton"_s);
    m_settings->setToolTip(tr("Where events reach this computer, and where they are passed on to"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::m, spacing::s, spacing::s, spacing::s);
    row->setSpacing(spacing::m);
    row->addWidget(m_chip);
    row->addWidget(m_text, 1);
    row->addWidget(m_settings);
    m_tick.setInterval(std::chrono::seconds(10));
    connect(&m_tick, &QTimer::timeout, this, &ReceiverCard::showState);
    connect(&m_receiver, &models::Receiver::stateChanged, this, &ReceiverCard::showState);
    connect(&m_receiver, &models::Receiver::arrived, this, &ReceiverCard::showState);
    connect(m_settings, &QPushButton::clicked, this, &ReceiverCard::settingsRequested);
    m_tick.start();
    showState();
}

void ReceiverCard::showState()
{
    m_chip->setLook(lookOf(m_receiver.state()));
    switch (m_receiver.state()) {
    case models::Receiver::State::Off:
        m_text->setText(tr("Events cannot reach this computer. They are received elsewhere, or not at all."));
        break;
    case models::Receiver::State::Starting:
        m_text->clear();
        break;
    case models::Receiver::State::Failing:
        m_text->setText(m_receiver.problem());
        break;
    case models::Receiver::State::Listening: {
        const qint64 last = m_receiver.lastArrivalAt();
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        m_text->setText(last == 0
                ? tr("On %1. Nothing has arrived since the start.").arg(placeOf(m_receiver))
                : tr("On %1. The last delivery came %2 ago.").arg(placeOf(m_receiver), spanText(now - last)));
        break;
    }
    }
}

void ReceiverCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    stylepieces::roundedBox(&painter, rect(), Theme::colour(Colour::Canvas), Theme::colour(Colour::Hairline));
}

} // namespace ui

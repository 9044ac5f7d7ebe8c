// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delivery.h"

#include <QCoreApplication>

#include <utility>

namespace models {

Delivery::Delivery(QObject *context)
    : m_context(context)
    , m_relay(context ? new QObject : nullptr)
{
    if (m_relay)
        m_relay->moveToThread(context->thread());
}

Delivery::~Delivery()
{
    // Undelivered calls are deleted together with the application, under the very lock that posting takes.
    if (m_relay && QCoreApplication::instance())
        m_relay->deleteLater();
}

Delivery::Delivery(Delivery &&other) noexcept
    : m_context(std::move(other.m_context))
    , m_relay(std::exchange(other.m_relay, nullptr))
{
}

void Delivery::run(std::function<void()> call) const
{
    if (!m_relay)
        return;
    const auto guarded = [context = m_context, call = std::move(call)] {
        if (context)
            call();
    };
    QMetaObject::invokeMethod(m_relay, guarded, Qt::QueuedConnection);
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contextmailbox.h"

#include <QObject>

#include <utility>

namespace models {

ContextMailbox::ContextMailbox(QObject *context)
    : m_context(context)
{
    if (context)
        m_mailbox.emplace(context->thread());
}

void ContextMailbox::post(std::function<void()> call) const
{
    if (!m_mailbox)
        return;
    m_mailbox->post([context = m_context, call = std::move(call)] {
        if (context)
            call();
    });
}

} // namespace models

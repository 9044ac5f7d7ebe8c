// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/mailbox.h"

#include <QPointer>

#include <functional>
#include <optional>

namespace models {

//! Brings a call from any thread into the thread of a context, through its event loop; drops it when the context has
//! died by then. Made in the caller's thread while the context is alive.
class ContextMailbox
{
public:
    explicit ContextMailbox(QObject *context); //!< null: calls go nowhere

    void post(std::function<void()> call) const;

private:
    QPointer<QObject> m_context;
    std::optional<api::Mailbox> m_mailbox; //!< outlives the context; someone has to ask whether it is still alive
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>

namespace models {

//! Brings a call from any thread into the thread of a context, through its event loop; drops it when the context has
//! died by then. Made in the caller's thread while the context is alive.
class Delivery
{
public:
    explicit Delivery(QObject *context); //!< null: deliveries go nowhere
    ~Delivery();
    Delivery(Delivery &&other) noexcept;
    Delivery &operator=(Delivery &&) = delete;

    void run(std::function<void()> call) const;

private:
    QPointer<QObject> m_context;
    //! Lives in the context's thread and outlives the context, so that there is always someone to ask whether it is
    //! still alive.
    QObject *m_relay;
};

} // namespace models

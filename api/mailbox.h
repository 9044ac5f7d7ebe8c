// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

class QThread;

namespace api {

//! Runs tasks in a thread of one's choice, through its event loop and in the order they were posted. However many wait,
//! they wake that thread once. Copies are the same mailbox. Tasks that wait when the thread ends are dropped.
class Mailbox
{
public:
    using Task = std::move_only_function<void()>;

    explicit Mailbox(QThread *thread);

    void post(Task task) const; //!< from any thread; never runs the task at once
    bool isOpen() const;        //!< false once the thread has ended; what is posted then is dropped

private:
    class Box;
    struct Queue;
    struct Owner;

    std::shared_ptr<Owner> m_owner;
};

} // namespace api

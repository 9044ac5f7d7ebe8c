// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace sandbox {

//! Ends the program when its parent is gone: the parent's end of standard input closes, and where that is
//! shared with others the kernel's parent-death signal does it.
class ParentWatch : public QObject
{
    Q_OBJECT
public:
    explicit ParentWatch(QObject *parent = nullptr);

signals:
    void parentGone();

private:
    void drain();

    QSocketNotifier m_input;
};

//! Turns SIGTERM and SIGINT into a regular end of the event loop.
void quitOnSignals(QObject *context);

} // namespace sandbox

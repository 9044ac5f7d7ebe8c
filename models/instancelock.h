// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

#include <memory>

namespace models {

//! Says to other processes that this one is alive: a lock on a file of its own beside the ledger,
//! "<ledger>.<instance>.lock". The kernel drops the lock when the process ends in any way, so a reused process id or a
//! renamed host never keeps a dead one alive.
class InstanceLock
{
public:
    explicit InstanceLock(const QString &ledgerFile);
    ~InstanceLock(); //!< removes the file
    InstanceLock(const InstanceLock &) = delete;
    InstanceLock &operator=(const InstanceLock &) = delete;

    //! Takes the lock when it is not held yet, after a disk problem at first, or any more, because something removed
    //! the file. False when it could not be had.
    bool hold();
    //! Unique to this object, for ever. Valid even while the lock could not be had.
    const QString &instance() const;

private:
    QString m_ledgerFile;
    QString m_instance;
    std::unique_ptr<QFile> m_file;
};

//! False when that instance has ended; its lock file is removed then.
bool instanceLives(const QString &ledgerFile, const QString &instance);

//! Removes what instances left that ended without cleaning up.
void removeDeadLocks(const QString &ledgerFile);

QString lockProblemText(); //!< why nothing is sent without it, and what to do

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <thread>

namespace models {

//! Brings the ledger file of an older console up to date on a thread of its own: a large one takes a minute, and a
//! window must be able to say so. Given up on destruction; the file is then as it was.
class LedgerUpdate : public QObject
{
    Q_OBJECT
public:
    //! Reads a few bytes of the file. A damaged or newer one needs none: opening it says what is wrong.
    static bool isNeeded(const QString &file);

    explicit LedgerUpdate(QString file, QObject *parent = nullptr);
    ~LedgerUpdate() override;

    //! `done` runs once, in this object's thread.
    void start(std::function<void(DatabaseResult<void>)> done);

private:
    DatabaseResult<void> run() const;

    QString m_file;
    std::atomic<bool> m_givenUp = false;
    std::thread m_thread;
};

} // namespace models

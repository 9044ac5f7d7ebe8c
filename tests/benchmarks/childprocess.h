// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

#include <sys/types.h>

#include <chrono>
#include <expected>
#include <optional>

namespace benchmarks {

//! A program started with posix_spawn, nothing between the clock and the kernel; its standard output comes through a
//! pipe, and its standard input stays open, saying nothing, until this object goes away.
class ChildProcess
{
public:
    //! `environment` holds NAME=value, added to ours. The error is a sentence.
    static std::expected<ChildProcess, QString> start(const QStringList &command, const QStringList &environment = {});
    ChildProcess(ChildProcess &&other) noexcept;
    ChildProcess &operator=(ChildProcess &&) = delete;
    ~ChildProcess(); //!< terminates it when it still runs, and waits

    //! The next whole line without its end; nothing when the program ended or the time is over.
    std::optional<QByteArray> readLine(int timeoutMs);
    pid_t pid() const { return m_pid; }
    std::chrono::steady_clock::time_point startedAt() const { return m_startedAt; }
    int wait(); //!< the exit code, 128 + signal when it was killed
    void terminate();

private:
    ChildProcess() = default;
    pid_t m_pid = -1;
    int m_output = -1;
    int m_input = -1;
    QByteArray m_unread;
    std::chrono::steady_clock::time_point m_startedAt;
};

//! The program of that name beside this one.
QString programPath(const QString &name);

} // namespace benchmarks

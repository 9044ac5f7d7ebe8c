// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/childprocess.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <utility>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace benchmarks {

namespace {

using Clock = std::chrono::steady_clock;

std::vector<char *> pointersTo(QList<QByteArray> &texts)
{
    std::vector<char *> pointers;
    for (QByteArray &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

QList<QByteArray> mergedEnvironment(const QStringList &additions)
{
    QList<QByteArray> merged;
    for (char **variable = environ; *variable; ++variable) {
        const QByteArray text(*variable);
        const auto sameName = [&text](const QString &addition) {
            return text.startsWith(addition.section(u'=', 0, 0).toLocal8Bit() + '=');
        };
        if (std::ranges::none_of(additions, sameName))
            merged.append(text);
    }
    for (const QString &addition : additions)
        merged.append(addition.toLocal8Bit());
    return merged;
}

} // namespace

std::expected<ChildProcess, QString> ChildProcess::start(const QStringList &command, const QStringList &environment)
{
    int ends[2];
    int inputEnds[2];
    if (pipe2(ends, O_CLOEXEC) != 0 || pipe2(inputEnds, O_CLOEXEC) != 0)
        return std::unexpected(u"no pipe: "_s + QString::fromLocal8Bit(std::strerror(errno)));
    QList<QByteArray> arguments;
    for (const QString &argument : command)
        arguments.append(QFile::encodeName(argument));
    QList<QByteArray> variables = mergedEnvironment(environment);
    std::vector<char *> argumentPointers = pointersTo(arguments);
    std::vector<char *> variablePointers = pointersTo(variables);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, inputEnds[0], STDIN_FILENO);
    ChildProcess child;
    child.m_output = ends[0];
    child.m_input = inputEnds[1];
    child.m_startedAt = Clock::now();
    const int problem = posix_spawnp(
        &child.m_pid, argumentPointers[0], &actions, nullptr, argumentPointers.data(), variablePointers.data());
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    close(inputEnds[0]);
    if (problem != 0) {
        child.m_pid = -1;
        return std::unexpected(
            u"%1 does not start: %2"_s.arg(command.first(), QString::fromLocal8Bit(std::strerror(problem))));
    }
    return child;
}

ChildProcess::ChildProcess(ChildProcess &&other) noexcept
    : m_pid(std::exchange(other.m_pid, -1))
    , m_output(std::exchange(other.m_output, -1))
    , m_input(std::exchange(other.m_input, -1))
    , m_unread(std::move(other.m_unread))
    , m_startedAt(other.m_startedAt)
{
}

ChildProcess::~ChildProcess()
{
    terminate();
    wait();
    for (const int end : {m_output, m_input}) {
        if (end >= 0)
            close(end);
    }
}

std::optional<QByteArray> ChildProcess::readLine(int timeoutMs)
{
    const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(timeoutMs);
    for (;;) {
        if (const qsizetype end = m_unread.indexOf('\n'); end >= 0) {
            const QByteArray line = m_unread.left(end);
            m_unread.remove(0, end + 1);
            return line;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd watched{.fd = m_output, .events = POLLIN, .revents = 0};
        if (left <= 0 || poll(&watched, 1, static_cast<int>(left)) <= 0)
            return std::nullopt;
        char bytes[4096];
        const ssize_t count = read(m_output, bytes, sizeof bytes);
        if (count <= 0)
            return std::nullopt;
        m_unread.append(bytes, count);
    }
}

int ChildProcess::wait()
{
    if (m_pid < 0)
        return 0;
    int status = 0;
    while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) { }
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void ChildProcess::terminate()
{
    if (m_pid > 0)
        kill(m_pid, SIGTERM);
}

QString programPath(const QString &name)
{
    return QDir(QCoreApplication::applicationDirPath()).filePath(name);
}

} // namespace benchmarks

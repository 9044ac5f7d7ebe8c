// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/journal.h"

#include <QFile>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace sandbox {

namespace {

std::expected<std::string, std::string> wholeFile(int descriptor)
{
    std::string content;
    char block[65536];
    for (;;) {
        const ssize_t got = ::read(descriptor, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return std::unexpected(std::string(std::strerror(errno)));
        if (got == 0)
            return content;
        content.append(block, static_cast<std::size_t>(got));
    }
}

bool writeWhole(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

Journal::~Journal()
{
    if (isOpen())
        ::close(m_descriptor);
}

std::expected<void, std::string> Journal::open(const QString &file, const std::function<bool(const Json &)> &reader)
{
    m_name = QFile::encodeName(file);
    const std::string shown = file.toStdString();
    m_descriptor = ::open(m_name.constData(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (!isOpen())
        return std::unexpected("cannot open " + shown + ": " + std::strerror(errno));
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0)
        return std::unexpected(shown + " is used by another sandbox");
    const auto content = wholeFile(m_descriptor);
    if (!content)
        return std::unexpected("cannot read " + shown + ": " + content.error());
    std::size_t start = 0;
    for (std::size_t end; (end = content->find('\n', start)) != std::string::npos; start = end + 1) {
        const auto line = parseJson(std::string_view(*content).substr(start, end - start));
        if (!line || !reader(*line))
            return std::unexpected(shown + " is damaged at byte " + std::to_string(start));
    }
    m_size = static_cast<std::int64_t>(start);
    if (start != content->size() && ::ftruncate(m_descriptor, m_size) != 0)
        return std::unexpected("cannot repair " + shown + ": " + std::strerror(errno));
    return {};
}

bool Journal::append(std::string line)
{
    const auto before = m_size;
    if (!appendSoon(std::move(line)))
        return false;
    if (flush())
        return true;
    m_size = before;
    undoPartialLine();
    return false;
}

bool Journal::appendSoon(std::string line)
{
    if (!isOpen())
        return true;
    line += '\n';
    if (!writeWhole(m_descriptor, line)) {
        undoPartialLine();
        return false;
    }
    m_size += static_cast<std::int64_t>(line.size());
    m_unflushed = true;
    return true;
}

bool Journal::flush()
{
    if (!isOpen() || !m_unflushed)
        return true;
    m_unflushed = ::fdatasync(m_descriptor) != 0;
    return !m_unflushed;
}

// What was cut off by a full disk must not become the start of the next line.
void Journal::undoPartialLine()
{
    if (::ftruncate(m_descriptor, m_size) != 0)
        qWarning("the state file cannot be repaired: %s", std::strerror(errno));
}

bool Journal::replaceAll(const std::string &lines)
{
    if (!isOpen())
        return true;
    const QByteArray next = m_name + ".new";
    const int descriptor = ::open(next.constData(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    const bool ready = descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && writeWhole(descriptor, lines)
        && ::fdatasync(descriptor) == 0 && ::rename(next.constData(), m_name.constData()) == 0;
    if (!ready) {
        if (descriptor >= 0)
            ::close(descriptor);
        return false;
    }
    ::close(std::exchange(m_descriptor, descriptor));
    m_size = static_cast<std::int64_t>(lines.size());
    m_unflushed = false;
    return true;
}

bool Journal::clear()
{
    if (!isOpen())
        return true;
    if (::ftruncate(m_descriptor, 0) != 0)
        return false;
    m_size = 0;
    return ::fsync(m_descriptor) == 0;
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/json.h"

#include <QByteArray>
#include <QString>

#include <expected>
#include <functional>
#include <string>

namespace sandbox {

//! An append-only file of JSON lines that outlives a killed process: a line counts only when it is whole and
//! on disk.
class Journal
{
public:
    Journal() = default; //!< keeps nothing
    ~Journal();
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    //! Reads every whole line, drops a cut last one, and holds the file for this process alone.
    //! Fails with a sentence when the file cannot be used; the reader answers false for a line it does not
    //! understand.
    std::expected<void, std::string> open(const QString &file, const std::function<bool(const Json &)> &reader);

    bool isOpen() const { return m_descriptor >= 0; }
    //! False when the line could not be made durable; then nothing of it stays. True when not open.
    bool append(std::string line);
    //! The same for what may be lost with the machine's power until the next flush, but not with a kill.
    bool appendSoon(std::string line);
    bool flush();
    //! Forgets every line.
    bool clear();
    //! These lines, each with its line end, instead of all before; a kill leaves either the old or the new.
    bool replaceAll(const std::string &lines);
    std::int64_t size() const { return m_size; } //!< bytes

private:
    void undoPartialLine();

    QByteArray m_name;
    int m_descriptor = -1;
    std::int64_t m_size = 0;
    bool m_unflushed = false;
};

} // namespace sandbox

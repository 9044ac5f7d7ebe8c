// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/json.h"

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
    //! Forgets every line.
    bool clear();

private:
    int m_descriptor = -1;
    std::int64_t m_size = 0;
};

} // namespace sandbox

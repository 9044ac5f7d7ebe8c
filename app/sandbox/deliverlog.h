// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/delivery.h"
#include "app/sandbox/journal.h"

#include <deque>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace sandbox {

//! What is not delivered yet, in a file of its own beside the state: it outlives a kill at once and a power
//! cut within a second. Without a file it keeps nothing.
class DeliverLog
{
public:
    struct Loaded
    {
        std::map<std::uint64_t, Delivery> waiting = {};
        std::unordered_map<std::string, Health> health = {};
        std::uint64_t lastNumber = 0;
    };

    //! fresh: the state was made just now, so what the file says is of another one.
    //! Fails with a sentence when the file cannot be used.
    std::expected<Loaded, std::string> open(const QString &file, bool fresh);

    void queued(const Delivery &delivery);
    void ended(std::uint64_t number);
    void noteHealth(const std::string &target, const Health &health);
    //! The event is queued wherever it goes: after a restart it is not told again.
    void told(const std::string &id);
    bool wasTold(const std::string &id) const { return m_told.contains(id); }

    //! Different in every history, so that ids of one are not taken for those of another.
    const std::string &salt() const { return m_salt; }
    void flush();
    //! True when most of the file speaks of what is over.
    bool isBloated() const;
    bool rewrite(const Loaded &live);
    bool clear();

private:
    bool replayLine(const Json &line, Loaded &loaded);
    void remember(const std::string &id);
    void write(std::string line);
    std::string saltLine() const;

    Journal m_journal;
    std::string m_salt;
    std::unordered_set<std::string> m_told;
    std::deque<std::string> m_toldInOrder;
    std::int64_t m_sizeWhenTidy = 0;
    bool m_warned = false;
};

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/keydiff.h"

#include <deque>
#include <functional>
#include <memory>

namespace models {

//! The keys that a view sees, on their way to a newer list: changes are made in small steps, each of them a whole
//! insert or remove.
class KeyList
{
public:
    struct Hooks //!< the begin and end signals of the model
    {
        std::function<void(int first, int last)> beginInsert;
        std::function<void()> endInsert;
        std::function<void(int first, int last)> beginRemove;
        std::function<void()> endRemove;
    };

    //! How much a list of that many keys should reserve: moving a million keys to a larger place takes the time of many
    //! inserts.
    static size_t roomFor(size_t keys);

    explicit KeyList(Hooks hooks);

    const KeyVector &keys() const { return *m_keys; }
    int size() const { return static_cast<int>(m_keys->size()); }
    //! For a thread that compares; nobody changes it while no steps are left and none are begun.
    std::shared_ptr<const KeyVector> shared() const { return m_keys; }

    void replace(KeyVector keys); //!< between the model's begin and end reset
    void begin(KeyVector target, std::vector<KeySplice> splices);
    void abandon();
    bool isChanging() const { return !m_splices.empty(); }
    //! Works for about `milliseconds`.
    void step(int milliseconds);

private:
    void stepOnce();
    void remove(KeySplice &splice);
    void insert(KeySplice &splice);

    Hooks m_hooks;
    std::shared_ptr<KeyVector> m_keys;
    KeyVector m_target;
    std::deque<KeySplice> m_splices;
    size_t m_chunk;
};

} // namespace models

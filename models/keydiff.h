// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace models {

using KeyVector = std::vector<qint64>;

//! One place where a list of keys changes: `removed` keys go and `inserted` ones of the new list come, both at
//! `position` of the new list.
struct KeySplice
{
    size_t position = 0;
    size_t removed = 0;
    size_t inserted = 0;

    friend bool operator==(const KeySplice &, const KeySplice &) = default;
};

enum class KeyOrder { Ascending, Descending, Other };

//! The fewest rows that must go and come to make `before` into `after`, in ascending order; applied one after the other
//! they do it. Keys are unique in each list. Beyond `most` places the nearest ones are joined, which touches more rows
//! but bounds the work of the views.
std::vector<KeySplice> diffKeys(const KeyVector &before, const KeyVector &after, KeyOrder order, size_t most = 200);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace models {

//! A moment (UTC ms) that is noted as past but lies ahead of now: the clock was wrong then, or is wrong now. One that
//! is set right from the network moves by less than what is let pass here.
constexpr bool liesAhead(qint64 at, qint64 now)
{
    constexpr qint64 corrections = 120'000;
    return at > now + corrections;
}

} // namespace models

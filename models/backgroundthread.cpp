// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/backgroundthread.h"

#include <sys/resource.h>
#include <unistd.h>

#include <tuple>

namespace models {

namespace {

constexpr int niceness = 5;

} // namespace

void giveWayToTheWindow()
{
    // Under Linux this is the niceness of one thread. It may always be raised; where it may not, nothing is lost.
    std::ignore = setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness);
}

} // namespace models

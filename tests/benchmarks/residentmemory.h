// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

namespace benchmarks {

struct Memory
{
    double resident = 0;  //!< MiB
    double anonymous = 0; //!< MiB, of it not backed by a file
};

//! The program has no end of its own to wait for: settled is three seconds without growing. Waits a minute at most.
Memory settledMemory(pid_t pid);

} // namespace benchmarks

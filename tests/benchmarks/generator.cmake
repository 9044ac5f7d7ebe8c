# SPDX-License-Identifier: GPL-3.0-or-later
# Ledgers of any size: for benchmarks, for tests, and by hand.
add_library(ledgergenerator STATIC ledgergenerator.cpp merchant.cpp)
target_link_libraries(ledgergenerator PUBLIC models strict Qt6::Core)

add_executable(ledger-generator ledger-generator.cpp)
target_link_libraries(ledger-generator PRIVATE ledgergenerator)

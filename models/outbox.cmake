# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(models PRIVATE
    instancelock.cpp
    intentcheck.cpp
    intentrequest.cpp
    openmoney.cpp
    orderfacts.cpp
    outbox.cpp
    outboxaudit.cpp
    outboxevidence.cpp
    outboxschema.cpp
    outboxsender.cpp
    outboxstore.cpp
    outboxtext.cpp
    outboxwatch.cpp
    outcome.cpp
    remainder.cpp
    reveal.cpp)

# SPDX-License-Identifier: GPL-3.0-or-later
# The aggregation family: its clients, the people linked through it, its webhook registry.
target_sources(models PRIVATE
    aggregation.cpp aggregation.h
    aggregationaudit.cpp aggregationaudit.h
    aggregationdetails.cpp
    aggregationschema.cpp aggregationschema.h
    aggregationsettings.cpp aggregationsettings.h
    aggregationstore.cpp
    aggregationtest.cpp aggregationtest.h
    aggregationuser.cpp aggregationuser.h
    aggregationwebhooks.cpp aggregationwebhooks.h
    aggregationwebhooktext.cpp
    knownlinks.cpp knownlinks.h)

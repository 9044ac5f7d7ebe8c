# SPDX-License-Identifier: GPL-3.0-or-later
# The inbox: what arrived unasked, whether it is authentic, and what was done about it.
target_sources(models PRIVATE
    eventactor.cpp eventactor.h
    eventdetails.cpp
    eventexchange.cpp
    eventfacts.cpp
    eventintake.cpp eventintake.h
    eventreplay.cpp eventreplay.h
    eventresource.cpp
    eventtypes.cpp
    forwarder.cpp forwarder.h
    inbox.cpp
    receiver.cpp receiver.h
    receiversettings.cpp
    webhookschema.cpp
    webhookscheme.cpp
    webhooksignature.cpp
    webhooktrials.cpp
    webhookverification.cpp)

# SPDX-License-Identifier: GPL-3.0-or-later
# Webhooks: what is subscribed, what arrived, what should have arrived.
target_sources(models PRIVATE
    gapfinder.cpp gapfinder.h
    lifecyclegaps.cpp lifecyclegaps.h
    sealed.cpp sealed.h
    subscriptionsmodel.cpp subscriptionsmodel.h
    vaultstore.cpp vaultstore.h
    vaulttext.cpp vaulttext.h
    webhooksubscriptions.cpp webhooksubscriptions.h
    webhookvault.cpp webhookvault.h
    webhookvaultcalls.cpp
    webhookvaulttransfer.cpp)

find_path(SODIUM_INCLUDE_DIR sodium.h REQUIRED)
find_library(SODIUM_LIBRARY sodium REQUIRED)
target_include_directories(models SYSTEM PRIVATE ${SODIUM_INCLUDE_DIR})
target_link_libraries(models PRIVATE ${SODIUM_LIBRARY}) # sealed.cpp alone

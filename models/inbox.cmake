# The inbox: what arrived unasked, whether it is authentic, and what was done about it.
target_sources(models PRIVATE
    eventfacts.cpp
    eventtypes.cpp
    inbox.cpp
    webhookschema.cpp
    webhookscheme.cpp
    webhooksignature.cpp
    webhooktrials.cpp
    webhookverification.cpp)

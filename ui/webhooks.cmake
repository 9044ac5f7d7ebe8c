# Webhooks: what is subscribed, what arrived, what should have arrived.
target_sources(ui PRIVATE
    coveragefield.cpp coveragefield.h
    schemefield.cpp schemefield.h
    subscriptiondialog.cpp subscriptiondialog.h)

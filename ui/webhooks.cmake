# SPDX-License-Identifier: GPL-3.0-or-later
# Webhooks: what is subscribed, what arrived, what should have arrived.
target_sources(ui PRIVATE
    aggregationpanel.cpp aggregationpanel.h
    aggregationpanelactions.cpp
    aggregationwebhookdialog.cpp aggregationwebhookdialog.h
    aggregationwebhookinspector.cpp aggregationwebhookinspector.h
    coveragefield.cpp coveragefield.h
    endsubscriptiondialog.cpp endsubscriptiondialog.h
    eventspage.cpp eventspage.h
    listtable.cpp listtable.h
    passphrasedialog.cpp passphrasedialog.h
    receivercard.cpp receivercard.h
    receiverdialog.cpp receiverdialog.h
    receiversetup.cpp receiversetup.h
    replaydialog.cpp replaydialog.h
    schemefield.cpp schemefield.h
    signaturedialog.cpp signaturedialog.h
    subscriptionactions.cpp subscriptionactions.h
    subscriptiondialog.cpp subscriptiondialog.h
    subscriptioninspector.cpp subscriptioninspector.h
    vaultfiles.cpp vaultfiles.h
    webhookspage.cpp webhookspage.h)

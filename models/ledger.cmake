target_sources(models PRIVATE
    database.cpp
    delivery.cpp
    ledger.cpp
    ledger.h
    ledgerreaders.cpp
    ledgerschema.cpp
    ledgerwriter.cpp
    recordstore.cpp
    recordtables.cpp
    refundreference.cpp
    schema.cpp
    textindex.cpp)

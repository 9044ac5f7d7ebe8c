target_sources(models PRIVATE
    audit.cpp
    cell.cpp
    columns.cpp
    database.cpp
    delivery.cpp
    importschema.cpp
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

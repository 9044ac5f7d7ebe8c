# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(models PRIVATE
    audit.cpp
    auditheadschema.cpp
    auditreport.cpp
    backgroundthread.cpp backgroundthread.h
    cell.cpp
    columns.cpp
    contextmailbox.cpp
    database.cpp
    detailreader.cpp
    detailsections.cpp
    ledger.cpp
    ledger.h
    ledgerreaders.cpp
    ledgerschema.cpp
    ledgerupdate.cpp
    ledgerupdate.h
    ledgerwriter.cpp
    packedanswer.cpp
    querylexer.cpp
    queryfields.cpp
    querytree.cpp
    queryvalues.cpp
    recorddetails.cpp
    recorddetails.h
    recordquery.cpp
    recordstore.cpp
    keydiff.cpp
    keylist.cpp
    recordrows.cpp
    recordtablemodel.cpp
    recordtablemodel.h
    recordtables.cpp
    rowwindow.cpp
    refundreference.cpp
    schema.cpp
    spoken.cpp
    textindex.cpp
    textindexschema.cpp
    timeline.cpp)
target_link_libraries(models PRIVATE zstd::libzstd_shared) # packedanswer.cpp alone

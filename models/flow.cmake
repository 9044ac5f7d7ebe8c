# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(models PRIVATE
    connectiontest.cpp connectiontest.h
    csvrows.cpp csvrows.h
    finder.cpp finder.h
    findersearch.cpp findersearch.h
    findertext.cpp findertext.h
    importids.cpp importids.h
    importjob.cpp importjob.h
    importlayout.cpp importlayout.h
    importlookup.cpp importlookup.h
    importplan.cpp importplan.h
    importschema.cpp
    importstore.cpp importstore.h
    importtext.cpp importtext.h
    importworker.cpp importworker.h
    importworkerledger.cpp
    job.cpp job.h
    lookups.cpp lookups.h
    plurals.h
    profilerecords.cpp profilerecords.h
    profileuse.cpp profileuse.h
    profiles.cpp profiles.h
    refresher.cpp refresher.h
    refreshplan.cpp refreshplan.h)

find_path(LIBCSV_INCLUDE_DIR csv.h REQUIRED)
find_library(LIBCSV_LIBRARY csv REQUIRED)
target_include_directories(models SYSTEM PRIVATE ${LIBCSV_INCLUDE_DIR})
target_link_libraries(models PRIVATE ${LIBCSV_LIBRARY})

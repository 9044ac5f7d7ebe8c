# SPDX-License-Identifier: GPL-3.0-or-later
# Pay links: the page, the form, the QR code.
target_sources(ui PRIVATE
    fastlinkdialog.cpp fastlinkdialog.h
    linkbatchdialog.cpp linkbatchdialog.h
    linkinspector.cpp linkinspector.h
    linkspage.cpp linkspage.h
    qrcode.cpp qrcode.h
    qrdialog.cpp qrdialog.h
    qrsheet.cpp qrsheet.h
    sessiondialog.cpp sessiondialog.h
    sessionform.cpp sessionform.h)

find_path(QRENCODE_INCLUDE_DIR qrencode.h REQUIRED)
find_library(QRENCODE_LIBRARY qrencode REQUIRED)
target_include_directories(ui SYSTEM PRIVATE ${QRENCODE_INCLUDE_DIR})
target_link_libraries(ui PRIVATE ${QRENCODE_LIBRARY} Qt6::PrintSupport) # qrcode.cpp and qrdialog.cpp alone

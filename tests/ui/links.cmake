# SPDX-License-Identifier: GPL-3.0-or-later
# Pay links.
console_test(ui qrcode LIBRARIES ui)
target_include_directories(tst_ui_qrcode SYSTEM PRIVATE ${QRENCODE_INCLUDE_DIR})
target_link_libraries(tst_ui_qrcode PRIVATE ${QRENCODE_LIBRARY})
console_test(ui sessiondialog SOURCES dialogbench.cpp LIBRARIES ui test-support)
console_test(ui fastlinkdialog SOURCES dialogbench.cpp LIBRARIES ui test-support)

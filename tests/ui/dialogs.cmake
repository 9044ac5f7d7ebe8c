# SPDX-License-Identifier: GPL-3.0-or-later
console_test(ui refunddialog SOURCES dialogbench.cpp LIBRARIES ui test-support)
console_test(ui orderdialogs SOURCES dialogbench.cpp LIBRARIES ui test-support)
console_test(ui importdialog SOURCES dialogbench.cpp LIBRARIES ui test-support)
console_test(ui profiledialog SOURCES dialogbench.cpp LIBRARIES ui test-support)
console_test(ui revealdialog SOURCES dialogbench.cpp LIBRARIES ui test-support)
console_test(ui foreigntext SOURCES dialogbench.cpp LIBRARIES ui test-support)
console_test(ui keyboardhelp LIBRARIES ui test-support)
console_test(ui accessibility TIMEOUT 120 SOURCES accessiblewalk.cpp dialogbench.cpp LIBRARIES ui test-support)

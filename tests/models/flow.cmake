# SPDX-License-Identifier: GPL-3.0-or-later
# What flows between the API and the ledger.
set(lookupdesk lookupdesk.cpp lookupdesk.h)
console_test(models lookups SOURCES ${lookupdesk} LIBRARIES models test-support)
console_test(models refresher SOURCES ${lookupdesk} LIBRARIES models test-support)
console_test(models connectiontest LIBRARIES models test-support)
console_test(models importplan LIBRARIES models TIMEOUT 240)
console_test(models finder SOURCES ${lookupdesk} LIBRARIES models test-support)
console_test(models profiles LIBRARIES models)
console_test(models job LIBRARIES models)
console_test(models importjob SOURCES ${lookupdesk} LIBRARIES models test-support)
target_compile_definitions(tst_models_importjob PRIVATE SANDBOX_PROGRAM="$<TARGET_FILE:linkmoney-sandbox>")
add_dependencies(tst_models_importjob linkmoney-sandbox)

# What flows between the API and the ledger.
set(lookupdesk lookupdesk.cpp lookupdesk.h)
console_test(models lookups SOURCES ${lookupdesk} LIBRARIES models test-support)
console_test(models refresher SOURCES ${lookupdesk} LIBRARIES models test-support)
console_test(models connectiontest LIBRARIES models test-support)
console_test(models importplan LIBRARIES models)
console_test(models finder SOURCES ${lookupdesk} LIBRARIES models test-support)
console_test(models profiles LIBRARIES models)
console_test(models job LIBRARIES models)

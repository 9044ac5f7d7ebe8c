# SPDX-License-Identifier: GPL-3.0-or-later
foreach(name inbox webhookverification)
    console_test(models ${name} LIBRARIES models)
endforeach()
console_test(models receiver SOURCES aggregationdesk.h lookupdesk.cpp lookupdesk.h LIBRARIES models test-support)
console_test(models eventreplay SOURCES lookupdesk.cpp lookupdesk.h LIBRARIES models test-support)

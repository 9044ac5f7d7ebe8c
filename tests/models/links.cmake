# SPDX-License-Identifier: GPL-3.0-or-later
# Pay links.
foreach(name sessiondraft paylinkanswer paylinklife)
    console_test(models ${name} LIBRARIES models test-support)
endforeach()
console_test(models paylinkbatch SOURCES linkdesk.cpp linkdesk.h LIBRARIES models test-support)
console_test(models paylinks SOURCES linkdesk.cpp linkdesk.h LIBRARIES models test-support)

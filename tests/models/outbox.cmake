# SPDX-License-Identifier: GPL-3.0-or-later
console_test(models outcome LIBRARIES models test-support)
console_test(models remainder SOURCES outboxdesk.cpp outboxdesk.h LIBRARIES models test-support)
console_test(models outbox TIMEOUT 120 SOURCES outboxdesk.cpp outboxdesk.h LIBRARIES models test-support)
console_test(models outboxrecovery SOURCES outboxdesk.cpp outboxdesk.h LIBRARIES models test-support)
console_test(models outboxrace SOURCES outboxdesk.cpp outboxdesk.h LIBRARIES models test-support)
console_test(models instancelock LIBRARIES models)

# SPDX-License-Identifier: GPL-3.0-or-later
# The aggregation family.
console_test(models aggregation SOURCES aggregationdesk.h LIBRARIES models test-support)
console_test(models aggregationusers LIBRARIES models)
console_test(models aggregationwebhooks SOURCES aggregationdesk.h LIBRARIES models test-support)
console_test(models aggregationsandbox LIBRARIES models test-support sandbox-test-support)

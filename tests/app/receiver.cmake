# SPDX-License-Identifier: GPL-3.0-or-later
console_test(app receiverkill TIMEOUT 180 LIBRARIES models Qt6::Network)
target_compile_definitions(tst_app_receiverkill PRIVATE WEBHOOK_RECEIVER="$<TARGET_FILE:webhook-receiver>")
add_dependencies(tst_app_receiverkill webhook-receiver)

# SPDX-License-Identifier: GPL-3.0-or-later
console_test(app layering)
target_compile_definitions(tst_app_layering PRIVATE SOURCE_ROOT="${PROJECT_SOURCE_DIR}")

console_test(app commandline LIBRARIES console-core)
target_compile_definitions(tst_app_commandline PRIVATE
    CONSOLE_PROGRAM="$<TARGET_FILE:merchant-console>"
    RECEIVER_PROGRAM="$<TARGET_FILE:webhook-receiver>"
    SANDBOX_PROGRAM="$<TARGET_FILE:linkmoney-sandbox>")
add_dependencies(tst_app_commandline merchant-console webhook-receiver linkmoney-sandbox)

console_test(app mainjob LIBRARIES console-core TIMEOUT 120)
add_dependencies(tst_app_mainjob linkmoney-sandbox)

console_test(app quitsignals LIBRARIES models TIMEOUT 180)
target_compile_definitions(tst_app_quitsignals PRIVATE MERCHANT_CONSOLE="$<TARGET_FILE:merchant-console>")
add_dependencies(tst_app_quitsignals merchant-console linkmoney-sandbox)

console_test(app desktoptheme LIBRARIES console-core)

console_test(app relink SOURCES hostedcustomer.cpp hostedcustomer.h LIBRARIES console-core TIMEOUT 120)
add_dependencies(tst_app_relink linkmoney-sandbox)

console_test(app sandboxhost LIBRARIES console-core TIMEOUT 120)
add_dependencies(tst_app_sandboxhost linkmoney-sandbox)

console_test(app sandboxwebhooks SOURCES ../ui/dialogbench.cpp LIBRARIES console-core test-support)

console_test(app console LIBRARIES console-core)

console_test(app settingsflow LIBRARIES console-core)

console_test(app startanew LIBRARIES console-core TIMEOUT 120)
add_dependencies(tst_app_startanew linkmoney-sandbox)

console_test(app webhookregistry LIBRARIES console-core TIMEOUT 120)
add_dependencies(tst_app_webhookregistry linkmoney-sandbox)

# FastLink and pay links in the window, with the real engine; as root it wants to be told that nothing shuts its pages
# in.
if(TARGET webpane)
    foreach(name fastlink relinkhere)
        console_test(app ${name} TIMEOUT 240
            SOURCES ../ui/webpanebench.cpp ../ui/webpanebench.h
            LIBRARIES console-core Qt6::WebEngineWidgets
            ENVIRONMENT "QTWEBENGINE_DISABLE_SANDBOX=1")
        target_compile_definitions(tst_app_${name} PRIVATE WEB_PANE="$<TARGET_FILE:webpane>")
        add_dependencies(tst_app_${name} webpane linkmoney-sandbox)
    endforeach()
endif()

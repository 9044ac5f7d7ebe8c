# SPDX-License-Identifier: GPL-3.0-or-later
console_test(ui linkpanewindow SOURCES dialogbench.cpp LIBRARIES ui test-support)

# The pane with its real engine. As root the engine wants to be told that nothing shuts its pages in.
if(TARGET webpane)
    foreach(name webpaneflow webpaneguards webpanefastlink)
        console_test(ui ${name} TIMEOUT 240
            SOURCES webpanebench.cpp webpanebench.h
            LIBRARIES ui sandbox-test-support test-support Qt6::WebEngineWidgets
            ENVIRONMENT
            "QTWEBENGINE_DISABLE_SANDBOX=1;QTWEBENGINE_CHROMIUM_FLAGS=--use-fake-device-for-media-stream")
        target_compile_definitions(tst_ui_${name} PRIVATE WEB_PANE="$<TARGET_FILE:webpane>")
        add_dependencies(tst_ui_${name} webpane)
    endforeach()
    # Knows the engine only through the plugin, as the console does.
    console_test(ui paneloader TIMEOUT 120 LIBRARIES ui sandbox-test-support
        ENVIRONMENT "QTWEBENGINE_DISABLE_SANDBOX=1")
    target_compile_definitions(tst_ui_paneloader PRIVATE WEB_PANE="$<TARGET_FILE:webpane>"
        CONSOLE="$<TARGET_FILE:merchant-console>"
        CMAKE="${CMAKE_COMMAND}" BUILD="${PROJECT_BINARY_DIR}")
    add_dependencies(tst_ui_paneloader webpane merchant-console)
endif()

console_test(app layering)
target_compile_definitions(tst_app_layering PRIVATE SOURCE_ROOT="${PROJECT_SOURCE_DIR}")

console_test(app mainjob LIBRARIES console-core TIMEOUT 120)
add_dependencies(tst_app_mainjob linkmoney-sandbox)

console_test(app relink SOURCES hostedcustomer.cpp hostedcustomer.h LIBRARIES console-core TIMEOUT 120)
add_dependencies(tst_app_relink linkmoney-sandbox)

console_test(app sandboxhost LIBRARIES console-core TIMEOUT 120)
add_dependencies(tst_app_sandboxhost linkmoney-sandbox)

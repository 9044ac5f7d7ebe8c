console_test(app layering)
target_compile_definitions(tst_app_layering PRIVATE SOURCE_ROOT="${PROJECT_SOURCE_DIR}")

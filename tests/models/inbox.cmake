foreach(name inbox webhookverification)
    console_test(models ${name} LIBRARIES models)
endforeach()
console_test(models receiver SOURCES aggregationdesk.h lookupdesk.cpp lookupdesk.h LIBRARIES models test-support)

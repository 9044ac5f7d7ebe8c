foreach(name inbox webhookverification)
    console_test(models ${name} LIBRARIES models)
endforeach()

target_sources(ui PRIVATE
    asker.cpp asker.h
    banner.cpp banner.h
    consolestyle.cpp consolestyle.h
    dialogframe.cpp dialogframe.h
    emptystate.cpp emptystate.h
    environment.cpp environment.h
    moneyfield.cpp moneyfield.h
    statuschip.cpp statuschip.h
    theme.cpp theme.h)

# Icons come from Debian's breeze-icon-theme and are embedded at build time, so that the program looks the same everywhere.
set(breeze /usr/share/icons/breeze/actions/22)
file(READ ${PROJECT_SOURCE_DIR}/resources/icons.txt icon_names)
string(REGEX MATCHALL "[a-z0-9-]+" icon_names "${icon_names}")
foreach(icon ${icon_names})
    if(NOT EXISTS ${breeze}/${icon}.svg)
        message(FATAL_ERROR "The icon ${icon} is not in ${breeze}. Install breeze-icon-theme.")
    endif()
    set_source_files_properties(${breeze}/${icon}.svg PROPERTIES QT_RESOURCE_ALIAS ${icon}.svg)
    list(APPEND icon_files ${breeze}/${icon}.svg)
endforeach()
qt_add_resources(ui icons PREFIX /icons FILES ${icon_files})

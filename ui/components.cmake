target_sources(ui PRIVATE
    accessibleroles.cpp accessibleroles.h
    amountlabel.cpp amountlabel.h
    announcement.cpp announcement.h
    asker.cpp asker.h
    banner.cpp banner.h
    card.cpp card.h
    columnchooser.cpp columnchooser.h
    consolestyle.cpp
    stylepieces.cpp consolestyle.h
    dialogframe.cpp dialogframe.h
    elidedlabel.cpp elidedlabel.h
    elidedtext.cpp elidedtext.h
    emptystate.cpp emptystate.h
    environment.cpp environment.h
    fadein.cpp fadein.h
    fieldrow.cpp fieldrow.h
    filterbar.cpp filterbar.h
    finderdelegate.cpp finderdelegate.h
    footer.cpp footer.h
    hairline.cpp hairline.h
    headerbar.cpp headerbar.h
    inspector.cpp inspector.h
    inspectorsplitter.cpp inspectorsplitter.h
    jobrow.cpp jobrow.h
    jobspopup.cpp jobspopup.h
    listfailurebanner.cpp listfailurebanner.h
    mainwindow.cpp mainwindow.h
    moneyfield.cpp moneyfield.h
    navigation.cpp navigation.h
    navigationbutton.cpp navigationbutton.h
    nextsteps.cpp nextsteps.h
    omnibox.cpp omnibox.h
    omnipopup.cpp omnipopup.h
    outboxinspector.cpp outboxinspector.h
    outboxwords.cpp outboxwords.h
    pages.cpp pages.h
    queuedelegate.cpp queuedelegate.h
    rawanswer.cpp rawanswer.h
    recordactions.cpp recordactions.h
    recorddelegate.cpp recorddelegate.h
    recordpage.cpp recordpage.h
    recordtable.cpp recordtable.h
    refundspage.cpp refundspage.h
    relatedrow.cpp relatedrow.h
    skeleton.cpp skeleton.h
    statuschip.cpp statuschip.h
    taborder.cpp taborder.h
    tabular.cpp tabular.h
    theme.cpp theme.h
    timelinerow.cpp timelinerow.h
    timelineview.cpp timelineview.h
    undobar.cpp undobar.h)

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

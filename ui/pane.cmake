# SPDX-License-Identifier: GPL-3.0-or-later
# The link pane without its engine, which is the plugin in webpane/.
target_sources(ui PRIVATE
    addressline.cpp addressline.h
    linkpane.cpp linkpane.h
    linkpanewindow.cpp linkpanewindow.h
    paneengine.h
    paneloader.cpp paneloader.h
    panepopup.cpp panepopup.h
    panewords.cpp panewords.h)

# SPDX-License-Identifier: GPL-3.0-or-later
# What the link pane decides, without any page.
foreach(name fastlinkmessage pagerules redirectresult)
    console_test(models ${name} LIBRARIES models)
endforeach()

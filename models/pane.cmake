# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(models PRIVATE
    fastlinkmessage.cpp fastlinkmessage.h
    fastlinkpage.cpp fastlinkpage.h
    pagerules.cpp pagerules.h
    redirectresult.cpp redirectresult.h)

# SPDX-License-Identifier: GPL-3.0-or-later
# Pay links: the form's rules, making them, and what becomes of them.
target_sources(models PRIVATE
    draftreading.h
    linktemplates.cpp
    paylink.h
    paylinkbatch.cpp paylinkbatch.h
    paylinkownerschema.cpp
    paylinkplan.cpp paylinkplan.h
    paylinkanswer.cpp paylinkanswer.h
    paylinkevidence.cpp paylinkevidence.h
    paylinks.cpp paylinks.h
    paylinkschema.cpp
    paylinkstore.cpp paylinkstore.h
    paylinktext.cpp
    maildraft.cpp maildraft.h
    sessiondraft.cpp sessiondraft.h
    sessionfields.cpp sessionfields.h
    sessionrules.cpp)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/linkpane.h"

#include <QString>

namespace ui {

//! What a pane says, apart from how it works.
QString deniedSentence(PaneListener::Denied what, const QUrl &origin);
QString deniedThing(PaneListener::Denied what); //!< "the camera"
QString saidSentence(const QString &text, const QUrl &origin);
QString failureSentence(PaneListener::Failure failure, const QUrl &url);
//! Title of what stands in place of the page; empty while the page itself is shown.
QString stateTitle(LinkPane::State state);

} // namespace ui

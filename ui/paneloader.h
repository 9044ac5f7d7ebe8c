// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/paneengine.h"

#include <QString>

#include <expected>

namespace ui {

//! Finds and loads the plugin with the browser engine when the first pane is opened. Keep one for the whole run; the
//! plugin stays loaded, because the engine cannot be unloaded.
class PaneLoader
{
public:
    //! `file` is the plugin; empty for the usual places beside and below the program.
    explicit PaneLoader(QString file = {});

    //! The sentence says why there is no pane, and what to do.
    std::expected<PaneEngines *, QString> engines();
    bool isLoaded() const { return m_engines != nullptr; }

private:
    QString m_file;
    PaneEngines *m_engines = nullptr;
};

} // namespace ui

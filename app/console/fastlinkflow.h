// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/aggregation.h"
#include "models/fastlinkmessage.h"
#include "ui/linkpane.h"
#include "ui/workspace.h"

#include <QObject>

#include <memory>

namespace ui {
class MainWindow;
class PaneLoader;
} // namespace ui

namespace console {

//! Who hears whom around FastLink: the dialog, the pane, and the user whose accounts are read when it is over.
class FastLinkFlow : public QObject
{
    Q_OBJECT
public:
    FastLinkFlow(
        const ui::Workspace &workspace, ui::MainWindow &window, ui::PaneLoader &loader, QObject *parent = nullptr);

    void open();                                 //!< for anybody
    void open(const models::LinkedUserId &user); //!< to repair a link of theirs, or to add one

private:
    void openDialog(const std::optional<models::LinkedUserId> &user);
    void showPane(const models::FastLinkLaunch &launch, const QString &purpose);
    void paneChanged(ui::LinkPane::State state, const models::LinkedUserId &user,
        const std::shared_ptr<models::FastLinkOutcome> &outcome);

    ui::Workspace m_workspace;
    ui::MainWindow &m_window;
    ui::PaneLoader &m_loader;
};

} // namespace console

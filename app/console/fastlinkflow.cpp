// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/fastlinkflow.h"

#include "models/lookups.h"
#include "ui/fastlinkdialog.h"
#include "ui/linkpanewindow.h"
#include "ui/mainwindow.h"

#include <QDesktopServices>

namespace console {

FastLinkFlow::FastLinkFlow(
    const ui::Workspace &workspace, ui::MainWindow &window, ui::PaneLoader &loader, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_window(window)
    , m_loader(loader)
{
}

void FastLinkFlow::open()
{
    openDialog(std::nullopt);
}

void FastLinkFlow::open(const models::LinkedUserId &user)
{
    openDialog(user);
}

void FastLinkFlow::openDialog(const std::optional<models::LinkedUserId> &user)
{
    if (!m_workspace.aggregation)
        return;
    auto *dialog = new ui::FastLinkDialog(*m_workspace.aggregation, m_workspace, user, &m_window);
    connect(dialog, &ui::FastLinkDialog::launched, this, &FastLinkFlow::showPane);
    dialog->open();
}

void FastLinkFlow::showPane(const models::FastLinkLaunch &launch, const QString &purpose)
{
    auto *pane = new ui::LinkPaneWindow(m_loader, m_workspace.asker, m_workspace.profile, &m_window);
    const auto outcome = std::make_shared<models::FastLinkOutcome>();
    connect(pane, &ui::LinkPaneWindow::fastLinkMessage, this, [outcome](const QByteArray &json) {
        if (const auto message = models::readFastLinkMessage(json))
            outcome->take(*message);
    });
    connect(pane, &ui::LinkPaneWindow::stateChanged, this,
        [this, user = launch.user, outcome](ui::LinkPane::State state) { paneChanged(state, user, outcome); });
    connect(
        pane, &ui::LinkPaneWindow::externalUrlRequested, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    pane->open(launch.page, purpose);
}

//! The page's word is a hint; what counts is read back, also when the person left or the page broke down midway.
void FastLinkFlow::paneChanged(ui::LinkPane::State state, const models::LinkedUserId &user,
    const std::shared_ptr<models::FastLinkOutcome> &outcome)
{
    const models::RecordRef record = models::recordOf(user);
    switch (state) {
    case ui::LinkPane::State::Finished:
        m_window.openRecord(record);
        m_window.showNotice(outcome->linked() ? ui::Banner::Kind::Info : ui::Banner::Kind::Warning, outcome->account());
        [[fallthrough]];
    case ui::LinkPane::State::Abandoned:
    case ui::LinkPane::State::Crashed:
        m_workspace.lookUps.readBack(record, models::Source::OwnAction);
        break;
    case ui::LinkPane::State::Empty:
    case ui::LinkPane::State::Loading:
    case ui::LinkPane::State::Shown:
    case ui::LinkPane::State::Offline:
    case ui::LinkPane::State::Untrusted:
    case ui::LinkPane::State::Refused:
        break;
    }
}

} // namespace console

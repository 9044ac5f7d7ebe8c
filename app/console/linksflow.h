// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/fastlinkflow.h"
#include "models/paylinkbatch.h"
#include "ui/workspace.h"

#include <QObject>

namespace ui {
class MainWindow;
class PaneLoader;
} // namespace ui

namespace console {

//! Who hears whom around pay links: the window's wishes, the form, the QR code, the files, the pane. Wishes for the
//! aggregation family go on to its own flow.
class LinksFlow : public QObject
{
    Q_OBJECT
public:
    LinksFlow(
        const ui::Workspace &workspace, ui::MainWindow &window, ui::PaneLoader &loader, QObject *parent = nullptr);

    void restoreBatches(); //!< once the API can be asked: those of an earlier run come back paused
    void showBatch(models::PayLinkBatch *batch);

private:
    void wire();
    void newLink(models::PayLinkPurpose purpose, const QString &recordId);
    void relink(const models::RecordRef &customer);
    void another(qint64 link);
    void fromFile();
    void showCode(qint64 link);
    void openHere(qint64 link);
    void showPane(const models::PayLink &link);
    //! Reads it and hands it on while its address may be used; says why not otherwise.
    void withUsable(qint64 link, std::function<void(const models::PayLink &)> use);

    ui::Workspace m_workspace;
    ui::MainWindow &m_window;
    ui::PaneLoader &m_loader;
    FastLinkFlow m_fastLink;
    models::LedgerRead m_read;
};

} // namespace console

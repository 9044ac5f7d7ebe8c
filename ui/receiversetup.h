// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ledger.h"
#include "models/receiversettings.h"
#include "ui/workspace.h"

#include <QObject>

class QWidget;

namespace ui {

class ReceiverDialog;

//! Opens the receiver's dialog and carries out what is chosen there: settings go to their file, targets to the ledger.
class ReceiverSetup : public QObject
{
    Q_OBJECT
public:
    ReceiverSetup(const Workspace &workspace, QWidget *page); //!< the page is the parent, of this and of the dialogs

    void open();

private:
    void keep(ReceiverDialog *dialog, const models::ReceiverSettings &settings);
    void changeTargets(ReceiverDialog *dialog, models::Ledger::WriteJob job);
    void showTargets(ReceiverDialog *dialog);

    Workspace m_workspace;
    QWidget *m_page;
    models::LedgerRead m_targets;
};

} // namespace ui

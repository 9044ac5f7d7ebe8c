// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/banner.h"
#include "ui/workspace.h"

#include <QObject>

class QWidget;

namespace ui {

class PassphraseDialog;

//! Carries the keys and secrets of the subscriptions to a sealed file and back, with the passphrase that a person
//! types.
class VaultFiles : public QObject
{
    Q_OBJECT
public:
    VaultFiles(const Workspace &workspace, QWidget *page); //!< the page is the parent, of this and of the dialogs

    void exportVault();
    void importVault();

signals:
    void told(Banner::Kind kind, const QString &sentence); //!< how it went; what can be mended stays in the dialog

private:
    void exportTo(const QString &file);
    void saveVault(PassphraseDialog *dialog, const QString &file, const QByteArray &sealed);
    void importFile(const QString &file);

    Workspace m_workspace;
    QWidget *m_page;
};

} // namespace ui

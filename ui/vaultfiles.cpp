// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/vaultfiles.h"

#include "models/webhookvault.h"
#include "ui/asker.h"
#include "ui/passphrasedialog.h"

#include <QFile>
#include <QLocale>
#include <QSaveFile>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr qint64 largestVaultFile = 16 * 1024 * 1024; //!< bytes

} // namespace

VaultFiles::VaultFiles(const Workspace &workspace, QWidget *page)
    : QObject(page)
    , m_workspace(workspace)
    , m_page(page)
{
}

void VaultFiles::exportVault()
{
    auto *dialog = new PassphraseDialog(m_workspace.profile, PassphraseDialog::Purpose::Seal, m_page);
    connect(dialog, &PassphraseDialog::passphraseEntered, this, [this, dialog](const QString &passphrase) {
        m_workspace.vault.exportSealed(passphrase, dialog, [this, dialog](const auto &sealed) {
            sealed ? saveVault(dialog, *sealed) : dialog->showProblem(sealed.error());
        });
    });
    dialog->open();
}

void VaultFiles::saveVault(PassphraseDialog *dialog, const QByteArray &sealed)
{
    m_workspace.asker.saveFile(dialog, tr("Export subscriptions"), u"webhooks-%1.sealed"_s.arg(m_workspace.profile.id),
        [this, dialog, sealed](const QString &file) {
            QSaveFile target(file);
            if (!target.open(QIODevice::WriteOnly) || target.write(sealed) != sealed.size() || !target.commit())
                return dialog->showProblem(
                    tr("%1 could not be written: %2. Choose another place.").arg(file, target.errorString()));
            emit told(Banner::Kind::Info, tr("Exported to %1.").arg(file));
            dialog->accept();
        });
}

void VaultFiles::importVault()
{
    m_workspace.asker.openFile(m_page, tr("Import subscriptions"),
        tr("Exported subscriptions (*.sealed);;All files (*)"), [this](const QString &file) { importFile(file); });
}

void VaultFiles::importFile(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return emit told(Banner::Kind::Error, tr("%1 cannot be read: %2.").arg(file, source.errorString()));
    const QByteArray sealed = source.read(largestVaultFile);
    auto *dialog = new PassphraseDialog(m_workspace.profile, PassphraseDialog::Purpose::Open, m_page);
    connect(dialog, &PassphraseDialog::passphraseEntered, this, [this, dialog, sealed](const QString &passphrase) {
        m_workspace.vault.importSealed(sealed, passphrase, dialog, [this, dialog](const auto &taken) {
            if (!taken)
                return dialog->showProblem(taken.error());
            const QString sentence = tr("%1 added, %2 were here already.")
                                         .arg(
                                             QLocale().toString(taken->added), QLocale().toString(taken->alreadyThere));
            emit told(taken->problems.isEmpty() ? Banner::Kind::Info : Banner::Kind::Warning,
                taken->problems.isEmpty() ? sentence : sentence + u' ' + taken->problems.join(u' '));
            dialog->accept();
        });
    });
    dialog->open();
}

} // namespace ui

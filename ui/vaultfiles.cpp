// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/vaultfiles.h"

#include "models/plurals.h"
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
    m_workspace.asker.saveFile(m_page, tr("Export subscriptions"), u"webhooks-%1.sealed"_s.arg(m_workspace.profile.id),
        [this](const QString &file) { exportTo(file); });
}

void VaultFiles::exportTo(const QString &file)
{
    auto *dialog = new PassphraseDialog(m_workspace.profile, PassphraseDialog::Purpose::Seal, m_page);
    connect(dialog, &PassphraseDialog::passphraseEntered, this, [this, dialog, file](const QString &passphrase) {
        m_workspace.vault.exportSealed(passphrase, dialog, [this, dialog, file](const auto &sealed) {
            sealed ? saveVault(dialog, file, *sealed) : dialog->showProblem(sealed.error());
        });
    });
    dialog->open();
}

void VaultFiles::saveVault(PassphraseDialog *dialog, const QString &file, const QByteArray &sealed)
{
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(sealed) != sealed.size() || !target.commit())
        return dialog->showProblem(tr("%1 could not be written: %2. Try again, or cancel and choose another place.")
                .arg(file, target.errorString()));
    emit told(Banner::Kind::Info, tr("Exported to %1.").arg(file));
    dialog->accept();
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
            const QString added = tr("%1 added").arg(QLocale().toString(taken->added));
            const QString known = models::counted(
                taken->alreadyThere, tr("1 was here already"), tr("%1 were here already"));
            const QString sentence = added + u", "_s + known + u'.';
            emit told(taken->problems.isEmpty() ? Banner::Kind::Info : Banner::Kind::Warning,
                taken->problems.isEmpty() ? sentence : sentence + u' ' + taken->problems.join(u' '));
            dialog->accept();
        });
    });
    dialog->open();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/receiversetup.h"

#include "models/audit.h"
#include "models/receiver.h"
#include "ui/receiverdialog.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace ui {

ReceiverSetup::ReceiverSetup(const Workspace &workspace, QWidget *page)
    : QObject(page)
    , m_workspace(workspace)
    , m_page(page)
{
}

void ReceiverSetup::open()
{
    models::ReceiverSettings now = m_workspace.receiver.settings();
    if (now.port == 0) // any free port: shown is the one that it got
        now.port = m_workspace.receiver.port();
    auto *dialog = new ReceiverDialog(m_workspace.profile, now, m_workspace.asker, m_page);
    connect(dialog, &ReceiverDialog::settingsChosen, this,
        [this, dialog](const models::ReceiverSettings &settings) { keep(dialog, settings); });
    connect(dialog, &ReceiverDialog::targetAdded, this, [this, dialog](const QUrl &url) {
        const models::ForwardTarget target{
            .url = url, .madeAt = QDateTime::currentMSecsSinceEpoch(), .madeBy = models::currentUser()};
        changeTargets(
            dialog, [target](models::Database &database) { return models::addForwardTarget(database, target); });
    });
    connect(dialog, &ReceiverDialog::targetRemoved, this, [this, dialog](qint64 key) {
        changeTargets(dialog, [key](models::Database &database) { return models::removeForwardTarget(database, key); });
    });
    connect(dialog, &ReceiverDialog::retryRequested, this, [this, dialog](const QUrl &url) {
        changeTargets(dialog, [url](models::Database &database) { return models::retryForwards(database, url); });
    });
    showTargets(dialog);
    dialog->open();
}

void ReceiverSetup::keep(ReceiverDialog *dialog, const models::ReceiverSettings &settings)
{
    const QString file = models::receiverSettingsFile(m_workspace.profiles.folder(m_workspace.profile.id));
    const auto written = models::writeReceiverSettings(file, settings);
    if (!written)
        return dialog->showProblem(written.error());
    m_workspace.receiver.apply(settings);
    dialog->accept();
}

void ReceiverSetup::changeTargets(ReceiverDialog *dialog, models::Ledger::WriteJob job)
{
    m_workspace.ledger.write(std::move(job), models::Ledger::Durability::Full, dialog,
        [this, dialog](const models::DatabaseResult<void> &written) {
            if (!written)
                dialog->showProblem(models::databaseErrorText(written.error()));
            showTargets(dialog);
        });
}

void ReceiverSetup::showTargets(ReceiverDialog *dialog)
{
    using Targets = QList<models::ForwardTarget>;
    m_targets = m_workspace.ledger.read<Targets>(
        models::readForwardTargets, dialog, [dialog](const models::DatabaseResult<Targets> &targets) {
            if (targets)
                dialog->setTargets(*targets);
            else
                dialog->showProblem(models::databaseErrorText(targets.error()));
        });
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventintake.h"
#include "models/receiver.h"
#include "models/webhookvault.h"
#include "ui/aggregationpanel.h"
#include "ui/aggregationwebhookdialog.h"
#include "ui/aggregationwebhookinspector.h"
#include "ui/asker.h"
#include "ui/banner.h"
#include "ui/listtable.h"

#include <QPointer>

// What can be done with the registry; how it is shown is in aggregationpanel.cpp.

using namespace Qt::Literals::StringLiterals;

namespace ui {

void AggregationPanel::create()
{
    auto *dialog = new AggregationWebhookDialog(m_workspace.profile, m_aggregation.tenant(), std::nullopt, this);
    const QString pathToken = models::newPathToken();
    const QUrl ours = m_workspace.receiver.urlFor(pathToken);
    const bool reachable = m_workspace.receiver.settings().enabled && ours.scheme() == "https"_L1;
    const QString suggested = reachable ? ours.toString(QUrl::FullyEncoded) : QString();
    dialog->suggest(suggested);
    connect(dialog, &AggregationWebhookDialog::createRequested, this,
        [this, guard = QPointer(dialog), suggested, pathToken](
            const QString &uri, const QStringList &types, bool disabled) {
            const QString token = uri == suggested ? pathToken : QString();
            m_webhooks.create(
                uri, types, disabled, this, [this, guard, uri, token](const api::Result<api::RegisteredWebhook> &made) {
                    if (made && !token.isEmpty())
                        receive(uri, token);
                    if (guard)
                        created(made, *guard);
                });
        });
    // What is typed is for the tenant that the dialog names.
    connect(&m_aggregation, &models::Aggregation::tenantChanged, dialog, &QDialog::reject);
    dialog->open();
}

void AggregationPanel::created(const api::Result<api::RegisteredWebhook> &made, AggregationWebhookDialog &dialog)
{
    if (!made)
        return dialog.showProblem(api::errorText(made.error()), api::errorDetails(made.error()));
    dialog.accept();
    m_list->selectRow(m_webhooks.rowOf(made->id));
    showCurrent();
}

//! The address is one of our receiver, which answers only where it expects something.
void AggregationPanel::receive(const QString &uri, const QString &pathToken)
{
    m_workspace.vault.receiveAt(tr("Aggregation, %1").arg(m_aggregation.tenant()), uri, pathToken, this,
        [this](const std::expected<void, QString> &kept) {
            if (!kept)
                m_notice->showMessage(Banner::Kind::Error,
                    tr("The webhook is registered, but the receiver of this console will refuse its events. %1")
                        .arg(kept.error()));
        });
}

void AggregationPanel::change()
{
    const auto webhook = current();
    if (!webhook)
        return;
    auto *dialog = new AggregationWebhookDialog(m_workspace.profile, m_aggregation.tenant(), webhook, this);
    connect(dialog, &AggregationWebhookDialog::changeRequested, this,
        [this, dialog = QPointer(dialog), id = webhook->id, before = webhook->uri](const api::WebhookChange &wanted) {
            const auto changed = [this, dialog, before, wanted](const api::Result<api::RegisteredWebhook> &result) {
                if (result && wanted.uri)
                    m_workspace.vault.noLongerAt(before);
                if (dialog && result)
                    dialog->accept();
                else if (dialog)
                    dialog->showProblem(api::errorText(result.error()), api::errorDetails(result.error()));
            };
            m_webhooks.change(id, wanted, this, changed);
        });
    connect(&m_aggregation, &models::Aggregation::tenantChanged, dialog, &QDialog::reject);
    dialog->open();
}

//! What went wrong belongs to the webhook it went wrong with.
void AggregationPanel::tell(const api::WebhookId &id, const std::optional<api::Error> &error)
{
    const bool shown = m_inspector && m_inspector->isVisible() && m_inspector->id() == id;
    if (error && shown)
        m_inspector->showProblem(api::errorText(*error), api::errorDetails(*error));
    else if (error)
        m_notice->showMessage(Banner::Kind::Error, api::errorText(*error), api::errorDetails(*error));
    else if (shown)
        m_inspector->clearProblem();
}

void AggregationPanel::switchTo(bool on)
{
    const auto webhook = current();
    if (!webhook)
        return;
    api::WebhookChange wanted;
    wanted.disabled = !on;
    m_webhooks.change(
        webhook->id, wanted, this, [this, id = webhook->id](const api::Result<api::RegisteredWebhook> &changed) {
            tell(id, changed ? std::nullopt : std::optional(changed.error()));
        });
}

void AggregationPanel::test()
{
    const auto webhook = current();
    if (!webhook)
        return;
    m_webhooks.fireTest(webhook->id, this, [this, id = webhook->id](const api::Result<api::WebhookTest> &test) {
        tell(id, test ? std::nullopt : std::optional(test.error()));
        if (!test)
            return;
        m_tests[id] = *test;
        if (m_inspector && m_inspector->id() == id)
            m_inspector->setTest(*test);
    });
}

void AggregationPanel::readOne()
{
    const auto webhook = current();
    if (!webhook)
        return;
    m_webhooks.show(webhook->id, this, [this, id = webhook->id](const api::Result<api::RegisteredWebhook> &found) {
        tell(id, found ? std::nullopt : std::optional(found.error()));
    });
}

void AggregationPanel::remove()
{
    const auto webhook = current();
    if (!webhook || m_webhooks.isBusy(webhook->id))
        return;
    const Asker::Question question{.title = tr("Delete the webhook?"),
        .text = tr("FinGoal sends nothing more to %1. What has arrived stays in the inbox; the health of its "
                   "deliveries is forgotten. To pause it, switch it off instead.")
            .arg(webhook->uri),
        .yes = tr("Delete"),
        .destructive = true,
        .production = m_workspace.profile.environment == models::Environment::Production};
    const auto answered = [guard = QPointer<AggregationPanel>(this), id = webhook->id, uri = webhook->uri,
                              tenant = m_aggregation.tenant()](bool yes) {
        if (!yes || !guard || guard->m_aggregation.tenant() != tenant)
            return;
        guard->m_webhooks.remove(id, guard, [guard, id, uri](const api::Result<api::RegisteredWebhook> &removed) {
            if (removed)
                guard->m_workspace.vault.noLongerAt(uri);
            guard->tell(id, removed ? std::nullopt : std::optional(removed.error()));
        });
    };
    m_workspace.asker.ask(this, question, answered);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/subscriptionactions.h"

#include "models/eventintake.h"
#include "models/inbox.h"
#include "models/receiver.h"
#include "models/webhookvault.h"
#include "ui/asker.h"
#include "ui/endsubscriptiondialog.h"
#include "ui/signaturedialog.h"
#include "ui/subscriptiondialog.h"

using namespace Qt::Literals::StringLiterals;

namespace ui {

SubscriptionActions::SubscriptionActions(const Workspace &workspace, QWidget *page)
    : QObject(page)
    , m_workspace(workspace)
    , m_page(page)
{
}

void SubscriptionActions::subscribe()
{
    SubscriptionDialog::Place place;
    if (m_workspace.receiver.settings().enabled) {
        place.pathToken = models::newPathToken();
        place.url = m_workspace.receiver.urlFor(place.pathToken).toString(QUrl::FullyEncoded);
    }
    auto *dialog = new SubscriptionDialog(m_workspace.profile, SubscriptionDialog::Mode::Subscribe, place, m_page);
    connect(
        dialog, &SubscriptionDialog::subscribeRequested, this, [this, dialog](const models::NewSubscription &wanted) {
            m_workspace.vault.subscribe(wanted, dialog, [dialog](const std::expected<QString, QString> &made) {
                made ? dialog->accept() : dialog->showProblem(made.error());
            });
        });
    dialog->open();
}

void SubscriptionActions::addByKey()
{
    auto *dialog = new SubscriptionDialog(m_workspace.profile, SubscriptionDialog::Mode::AddByKey, {}, m_page);
    connect(dialog, &SubscriptionDialog::addRequested, this, [this, dialog](const models::KnownSubscription &known) {
        m_workspace.vault.add(known, dialog, [dialog](const std::expected<void, QString> &added) {
            added ? dialog->accept() : dialog->showProblem(added.error());
        });
    });
    dialog->open();
}

void SubscriptionActions::rename(const models::WebhookSubscription &subscription)
{
    m_workspace.asker.askText(m_page, {.title = tr("Rename"), .text = {}, .yes = tr("Rename")}, tr("Name"),
        [this, id = subscription.id](const QString &name) {
            m_workspace.vault.rename(id, name, this, [this](const auto &outcome) { emit finished(outcome); });
        });
}

void SubscriptionActions::changeSignature(const models::WebhookSubscription &subscription)
{
    auto *dialog = new SignatureDialog(m_workspace.profile, subscription, m_page);
    connect(dialog, &SignatureDialog::trialRequested, this,
        [this, dialog](const QString &id, const QByteArray &secret) { trySignatures(dialog, id, secret); });
    connect(dialog, &SignatureDialog::secretEntered, this, [this, dialog](const QString &id, const QByteArray &secret) {
        m_workspace.vault.setSecret(id, secret, dialog, [dialog](const std::expected<void, QString> &set) {
            if (!set)
                dialog->showProblem(set.error());
        });
    });
    connect(dialog, &SignatureDialog::schemeChosen, this,
        [this, dialog](const QString &id, const models::WebhookScheme &scheme) {
            m_workspace.vault.setScheme(id, scheme, dialog, [dialog](const std::expected<void, QString> &set) {
                set ? dialog->accept() : dialog->showProblem(set.error());
            });
        });
    dialog->open();
}

void SubscriptionActions::trySignatures(SignatureDialog *dialog, const QString &id, const QByteArray &secret)
{
    if (secret.isEmpty()) {
        m_workspace.vault.readSecret(id, dialog, [this, dialog, id](const QByteArray &kept) {
            if (kept.isEmpty())
                dialog->showTrials({}, tr("The secret cannot be read from the keychain. Type it to try."));
            else
                trySignatures(dialog, id, kept);
        });
        return;
    }
    using Trials = QList<models::SchemeTrial>;
    m_trial = m_workspace.ledger.read<Trials>(
        [id, secret](models::Database &database) -> models::DatabaseResult<Trials> {
            const auto newest = models::newestDelivery(database, id);
            if (!newest)
                return std::unexpected(newest.error());
            return *newest ? models::whatWouldMatch(**newest, secret) : Trials();
        },
        dialog,
        [dialog](const models::DatabaseResult<Trials> &trials) {
            dialog->showTrials(
                trials.value_or(Trials()), trials ? QString() : models::databaseErrorText(trials.error()));
        });
}

void SubscriptionActions::end(const models::WebhookSubscription &subscription)
{
    auto *dialog = new EndSubscriptionDialog(m_workspace.profile, subscription, m_page);
    connect(dialog, &EndSubscriptionDialog::endRequested, this,
        [this, dialog](const QString &id, const api::SubscriptionScope &scope) {
            m_workspace.vault.unsubscribe(id, scope, dialog, [dialog](const std::expected<void, QString> &ended) {
                ended ? dialog->accept() : dialog->showProblem(ended.error());
            });
        });
    dialog->open();
}

void SubscriptionActions::forget(const models::WebhookSubscription &subscription)
{
    const bool aggregation = subscription.family == models::WebhookFamily::Aggregation;
    const QString text = !subscription.isOurs() ? tr("Nothing is sent to Link Money.")
        : aggregation ? tr("Its events are refused here from then on. FinGoal sends them until the webhook is deleted, "
                           "under Aggregation.")
                      : tr("Link Money keeps sending its events, and nobody can end it without its key.");
    m_workspace.asker.askText(m_page,
        {.title = tr("Take off the list"), .text = text, .yes = tr("Take off the list"), .destructive = true},
        tr("Why?"), [this, id = subscription.id](const QString &reason) {
            m_workspace.vault.forget(id, reason, this, [this](const auto &outcome) { emit finished(outcome); });
        });
}

} // namespace ui

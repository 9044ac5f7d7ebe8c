// SPDX-License-Identifier: GPL-3.0-or-later
// WebhookVault's way out of this console and into another.
#include "models/sealed.h"
#include "models/vaultstore.h"
#include "models/webhookvault.h"
#include "models/whilealive.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace models {

//! An export on its way: secrets come from the keychain one after the other.
struct WebhookVault::Gathering
{
    QList<WebhookSubscription> left;
    QList<KnownSubscription> known;
    QString passphrase;
    std::function<void(const std::expected<QByteArray, QString> &)> told;
};

void WebhookVault::exportSealed(
    const QString &passphrase, QObject *context, std::function<void(std::expected<QByteArray, QString>)> handler)
{
    auto gathering = std::make_shared<Gathering>();
    gathering->passphrase = passphrase;
    gathering->told = whileAlive(context, std::move(handler));
    readAll(
        [this, gathering](const QList<WebhookSubscription> &all) {
            for (const WebhookSubscription &subscription : all) {
                if (subscription.isOurs() && !subscription.remoteKey.isEmpty())
                    gathering->left.append(subscription);
            }
            gatherSecrets(gathering);
        },
        [gathering](const QString &problem) { gathering->told(std::unexpected(problem)); });
}

void WebhookVault::gatherSecrets(const std::shared_ptr<Gathering> &gathering)
{
    if (gathering->left.isEmpty())
        return sealGathered(gathering);
    const WebhookSubscription next = gathering->left.takeFirst();
    readSecret(next.id, this, [this, gathering, next](const QByteArray &secret) {
        if (secret.isEmpty() && next.hasSecret)
            return gathering->told(std::unexpected(
                tr("The secret of %1 cannot be read from the keychain. Unlock the keychain, then export again.")
                    .arg(next.name.isEmpty() ? next.url : next.name)));
        gathering->known.append({.key = next.remoteKey,
            .facts = {.name = next.name,
                .url = next.url,
                .scope = next.scope,
                .secret = secret,
                .pathToken = next.pathToken,
                .scheme = next.scheme}});
        gatherSecrets(gathering);
    });
}

void WebhookVault::sealGathered(const std::shared_ptr<Gathering> &gathering)
{
    const AuditEntry entry = vaultAudit(
        u"webhook vault exported"_s, u"webhooks"_s, {}, tr("%1 subscriptions").arg(gathering->known.size()));
    m_ledger.write([entry](Database &database) { return appendAudit(database, entry); }, Ledger::Durability::Full, this,
        [this, gathering](const DatabaseResult<void> &recorded) {
            if (!recorded)
                return gathering->told(std::unexpected(databaseErrorText(recorded.error())));
            m_sealing.start([this, gathering] {
                const auto sealed = seal(
                    vaultText(gathering->known, QDateTime::currentMSecsSinceEpoch()), gathering->passphrase);
                QMetaObject::invokeMethod(this, [gathering, sealed] {
                    if (sealed)
                        gathering->told(*sealed);
                    else
                        gathering->told(std::unexpected(sealProblemText(sealed.error())));
                });
            });
        });
}

void WebhookVault::importSealed(const QByteArray &sealed, const QString &passphrase, QObject *context, Imported handler)
{
    const Imported told = whileAlive(context, std::move(handler));
    m_sealing.start([this, sealed, passphrase, told] {
        const auto text = unseal(sealed, passphrase);
        std::expected<VaultContent, QString> content = text ? readVaultText(*text)
                                                            : std::unexpected(sealProblemText(text.error()));
        QMetaObject::invokeMethod(this, [this, content = std::move(content), told] {
            if (content)
                addAll(content->subscriptions, {.problems = content->problems}, told);
            else
                told(std::unexpected(content.error()));
        });
    });
}

void WebhookVault::addAll(QList<KnownSubscription> found, VaultImport outcome, const Imported &handler)
{
    if (found.isEmpty())
        return handler(outcome);
    const KnownSubscription next = found.takeFirst();
    addKnown(next, [this, found, outcome, handler](const std::expected<bool, QString> &added) mutable {
        if (!added)
            outcome.problems.append(added.error());
        else if (*added)
            ++outcome.added;
        else
            ++outcome.alreadyThere;
        addAll(std::move(found), std::move(outcome), handler);
    });
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/secretstore.h"
#include "models/ledger.h"
#include "models/vaultstore.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>

#include <map>

namespace models {

struct VaultImport
{
    int added = 0;
    int alreadyThere = 0;
    QStringList problems = {}; //!< one sentence for each that could not be taken over
};

//! The keys and secrets of all Pay by Bank subscriptions: keys in the ledger, secrets in the keychain. The API has no
//! list (reference 1.14.2), so what is lost here is lost. Every change is in the audit trail, without the secret.
//! Lives in one thread; handlers run there, exactly once, unless their context has died.
class WebhookVault : public QObject
{
    Q_OBJECT
public:
    //! A sentence when it did not work.
    using Handler = std::function<void(std::expected<void, QString>)>;

    WebhookVault(
        Ledger &ledger, api::Client &client, api::SecretStore &secrets, QString profile, QObject *parent = nullptr);

    //! Writes the subscription and its secret down first, then asks the API. When no trustworthy answer comes it stays
    //! as Lost: it may exist. The handler gets its id. Where the keychain cannot be used the secret is kept for this
    //! run only, and secretNotKept tells so.
    void subscribe(
        const NewSubscription &wanted, QObject *context, std::function<void(std::expected<QString, QString>)> handler);
    //! Ends all of it, or the part that `scope` names.
    void unsubscribe(const QString &id, const api::SubscriptionScope &scope, QObject *context, Handler handler);
    //! Puts one that was made elsewhere under the console's care. Nothing is sent.
    void add(const KnownSubscription &known, QObject *context, Handler handler);
    //! Takes one off the list that is known to be over, or a Lost one that a person looked after. The reason is
    //! recorded; empty is refused.
    void forget(const QString &id, const QString &reason, QObject *context, Handler handler);

    //! Lets the receiver take what FinGoal sends to an aggregation webhook at `url`, which ends in `pathToken`. Nothing
    //! is sent: the registry is FinGoal's (models/aggregationwebhooks.h).
    void receiveAt(
        const QString &name, const QString &url, const QString &pathToken, QObject *context, Handler handler);
    //! The webhook at `url` was deleted or leads elsewhere now. What still arrives there is still kept.
    void noLongerAt(const QString &url);

    void rename(const QString &id, const QString &name, QObject *context, Handler handler);
    void setScheme(const QString &id, const WebhookScheme &scheme, QObject *context, Handler handler);
    //! The secret that deliveries are checked with; what the server signs with does not change.
    void setSecret(const QString &id, const QByteArray &secret, QObject *context, Handler handler);
    //! True when its secret could not be put into the keychain: it is gone when the program ends.
    bool isSecretOnlyForThisRun(const QString &id) const { return m_secretsOfThisRun.contains(id); }
    //! Empty when there is none, or when it cannot be read now.
    void readSecret(const QString &id, QObject *context, std::function<void(const QByteArray &)> handler);

    //! Everything, secrets included, sealed with the passphrase (models/sealed.h). Recorded in the audit trail.
    void exportSealed(
        const QString &passphrase, QObject *context, std::function<void(std::expected<QByteArray, QString>)> handler);
    //! Adds what is not here yet, by key.
    void importSealed(const QByteArray &sealed, const QString &passphrase, QObject *context,
        std::function<void(std::expected<VaultImport, QString>)> handler);

    //! What another process or a crash left waiting for an answer becomes Lost. Called once at the start.
    void recover();

signals:
    void changed();
    //! The keychain could not take a secret: it is gone when the program ends.
    void secretNotKept(const QString &subscriptionId, const api::SecretError &error);

private:
    using Made = std::function<void(std::expected<QString, QString>)>;
    using Imported = std::function<void(std::expected<VaultImport, QString>)>;
    using Inserted = std::function<void(const std::expected<bool, QString> &)>; //!< false: it is there already
    using Failed = std::function<void(const QString &)>;
    struct Gathering;

    void change(const QString &id, const QString &action, const QString &reason, const SubscriptionChange &change,
        const Handler &handler);
    void insert(const WebhookSubscription &subscription, const QString &action, const Inserted &handler);
    void addKnown(const KnownSubscription &known, const Inserted &handler);
    void remove(const QString &id, const QString &action, const QString &reason, const Handler &handler);
    void keepSecret(const QString &id, const QByteArray &secret, const std::function<void()> &next);
    void ask(const WebhookSubscription &subscription, const QByteArray &secret, const Made &made);
    void answered(const WebhookSubscription &asked, const api::Result<api::Subscription> &answer, const Made &made);
    void askToEnd(const WebhookSubscription &subscription, const api::SubscriptionScope &scope, const Handler &handler);
    void ended(const QString &id, const api::SubscriptionScope &scope, const api::Result<api::Unsubscribed> &answer,
        const Handler &handler);
    void gatherSecrets(const std::shared_ptr<Gathering> &gathering);
    void sealGathered(const std::shared_ptr<Gathering> &gathering);
    void addAll(QList<KnownSubscription> found, VaultImport outcome, const Imported &handler);
    template<typename T>
    void read(std::function<DatabaseResult<T>(Database &)> job, std::function<void(const T &)> use, Failed fail);
    void readAll(std::function<void(const QList<WebhookSubscription> &)> use, Failed fail);
    void readOne(const QString &id, std::function<void(const std::optional<WebhookSubscription> &)> use, Failed fail);

    Ledger &m_ledger;
    api::Client &m_client;
    api::SecretStore &m_secrets;
    QString m_profile;
    QHash<QString, QByteArray> m_secretsOfThisRun; //!< where the keychain could not be used
    std::map<quint64, api::Call> m_calls;
    std::map<quint64, LedgerRead> m_reads;
    quint64 m_lastTicket = 0;
    QThreadPool m_sealing; //!< last: waits for its work before anything else goes away
};

} // namespace models

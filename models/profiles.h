// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/aggregationsettings.h"
#include "models/outbox.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

namespace models {

enum class Environment { BuiltInSandbox, LinkSandbox, Production, Custom };

//! One merchant at one service. The client secret is in the keychain, never here.
struct Profile
{
    QString id; //!< file-name safe; names the ledger and the keychain entries
    QString name = {};
    Environment environment = Environment::BuiltInSandbox;
    QUrl baseUrl = {}; //!< empty for the built-in sandbox until it runs
    QString clientId = {};
    QString merchantId = {};
    QUrl redirectUrl = {};
    OutboxOptions::RefundRoute refundRoute = OutboxOptions::RefundRoute::ReversedPayment;
    int holdSeconds = 10;                 //!< 0..300, countdown before money moves
    int maximumInFlight = 32;             //!< 1..64
    int refreshPerMinute = 60;            //!< 0..600
    AggregationSettings aggregation = {}; //!< optional; of the built-in sandbox empty until it runs

    friend bool operator==(const Profile &, const Profile &) = default;
};

//! One problem per field, as a sentence; empty when the profile can be used.
struct ProfileProblem
{
    QString field; //!< "name", "environment", "baseUrl", "clientId", "merchantId", "redirectUrl", "aggregationUrl",
                   //!< "aggregationClientId", "aggregationTenants", "aggregationPrefix", "fastLinkUrl"
    QString sentence;
};
QList<ProfileProblem> profileProblems(const Profile &profile);
//! The part for the aggregation family: nothing while none of its fields is filled in.
QList<ProfileProblem> aggregationProblems(const AggregationSettings &aggregation);

bool isLoopback(const QUrl &url); //!< the host is this computer
QUrl defaultBaseUrl(Environment environment);
QString environmentName(Environment environment); //!< "Built-in sandbox", "Link sandbox", "Production", "Custom"

//! The profiles and which one is open, in an INI file. The built-in sandbox is always there, first.
class ProfileStore : public QObject
{
    Q_OBJECT
public:
    //! `directory` holds profiles.ini and one folder per profile with its ledger.
    explicit ProfileStore(const QString &directory, QObject *parent = nullptr);

    const QList<Profile> &profiles() const;
    Profile current() const;
    bool setCurrent(const QString &id);
    //! Adds or replaces; a sentence when it could not be written, or when a profile with records would become another
    //! merchant's (identityProblems).
    std::expected<void, QString> save(const Profile &profile);
    //! True as well when that cannot be found out: then nothing must be mixed either.
    bool hasRecords(const QString &id) const;
    std::expected<void, QString> remove(const QString &id); //!< the ledger file stays
    QString newId(const QString &name) const;
    QString ledgerFile(const QString &id) const; //!< makes nothing: folder() does
    QString folder(const QString &id) const;

    //! Small view settings (column widths, filters), per profile.
    QVariant viewSetting(const QString &key, const QVariant &fallback = {}) const;
    void setViewSetting(const QString &key, const QVariant &value);

signals:
    void changed();

private:
    void load();
    std::expected<void, QString> mayReplace(const Profile &profile) const;
    QString settingsFile() const;
    QString viewFile() const;

    QString m_directory;
    QList<Profile> m_profiles;
    QString m_current;
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/settingsflow.h"

namespace console {

SettingsFlow::SettingsFlow(models::ProfileStore &profiles, Session &session, ui::Asker &asker, ui::MainWindow &window)
    : m_profiles(profiles)
    , m_session(session)
    , m_asker(asker)
    , m_window(window)
{
}

void SettingsFlow::open()
{
    if (m_dialog)
        return m_dialog->raise();
    m_dialog = new ui::ProfileDialog(
        {.store = m_profiles, .test = m_test, .asker = m_asker}, m_session.profile(), &m_window);
    wire(m_dialog);
    m_dialog->open();
}

void SettingsFlow::openAndTest()
{
    open();
    test(m_session.profile(), {}, {});
}

void SettingsFlow::wire(ui::ProfileDialog *dialog)
{
    connect(dialog, &ui::ProfileDialog::secretEntered, this,
        [this](const QString &id, const QByteArray &secret) { keepSecret(id, clientSecretName, secret); });
    connect(dialog, &ui::ProfileDialog::aggregationSecretEntered, this,
        [this](const QString &id, const QByteArray &secret) { keepSecret(id, aggregationSecretName, secret); });
    connect(dialog, &ui::ProfileDialog::removeSecretRequested, this,
        [this](const QString &id) { removeSecret(id, clientSecretName); });
    connect(dialog, &ui::ProfileDialog::removeAggregationSecretRequested, this,
        [this](const QString &id) { removeSecret(id, aggregationSecretName); });
    connect(dialog, &ui::ProfileDialog::secretStateRequested, this, &SettingsFlow::askSecretStates);
    connect(dialog, &ui::ProfileDialog::testRequested, this, &SettingsFlow::test);
    connect(dialog, &ui::ProfileDialog::switchRequested, this, &SettingsFlow::switchRequested);
    connect(dialog, &QDialog::finished, &m_test, &models::ConnectionTest::cancel);
    askSecretStates(m_session.profile().id);
}

void SettingsFlow::tell(
    const QString &profileId, QLatin1StringView name, ui::SecretState state, const QString &sentence)
{
    if (!m_dialog)
        return;
    if (name == aggregationSecretName)
        m_dialog->showAggregationSecretState(profileId, state, sentence);
    else
        m_dialog->showSecretState(profileId, state, sentence);
}

void SettingsFlow::keepSecret(const QString &profileId, QLatin1StringView name, const QByteArray &secret)
{
    const bool isOpenProfile = profileId == m_session.profile().id;
    if (isOpenProfile && name == aggregationSecretName)
        m_session.useAggregationSecret(secret);
    else if (isOpenProfile)
        m_session.useSecretForThisRun(secret);
    m_secrets.write(profileId, name, secret, this,
        [this, profileId, name, isOpenProfile](const api::SecretStore::SecretResult<void> &written) {
            if (written)
                tell(profileId, name, ui::SecretState::Kept);
            else
                tell(profileId, name, isOpenProfile ? ui::SecretState::ThisRunOnly : ui::SecretState::Problem,
                    api::secretErrorText(written.error()));
        });
}

void SettingsFlow::removeSecret(const QString &profileId, QLatin1StringView name)
{
    m_secrets.remove(
        profileId, name, this, [this, profileId, name](const api::SecretStore::SecretResult<void> &removed) {
            if (!removed && removed.error().problem != api::SecretProblem::NotFound)
                tell(profileId, name, ui::SecretState::Problem, api::secretErrorText(removed.error()));
            else if (heldSecret(profileId, name).isEmpty())
                tell(profileId, name, ui::SecretState::Missing);
            else
                tell(profileId, name, ui::SecretState::ThisRunOnly,
                    tr("Removed from the keychain. It is known until the console is closed."));
        });
}

void SettingsFlow::askSecretStates(const QString &profileId)
{
    askSecretState(profileId, clientSecretName);
    askSecretState(profileId, aggregationSecretName);
}

void SettingsFlow::askSecretState(const QString &profileId, QLatin1StringView name)
{
    m_secrets.read(
        profileId, name, this, [this, profileId, name](const api::SecretStore::SecretResult<QByteArray> &secret) {
            if (secret)
                tell(profileId, name, ui::SecretState::Kept);
            else
                tellWithoutKeychain(profileId, name, secret.error());
        });
}

//! What the open profile works with, from wherever it came; empty for every other profile. The built-in sandbox has no
//! secret that a person could know.
QByteArray SettingsFlow::heldSecret(const QString &profileId, QLatin1StringView name) const
{
    const models::Profile &open = m_session.profile();
    if (profileId != open.id || open.environment == models::Environment::BuiltInSandbox)
        return {};
    if (name == clientSecretName)
        return m_session.credentials().clientSecret;
    const auto access = m_session.aggregationAccess();
    return access ? access->credentials.clientSecret : QByteArray();
}

void SettingsFlow::tellWithoutKeychain(const QString &profileId, QLatin1StringView name, const api::SecretError &error)
{
    const bool isAbsent = error.problem == api::SecretProblem::NotFound;
    const QString why = isAbsent ? QString() : api::secretErrorText(error);
    if (heldSecret(profileId, name).isEmpty())
        tell(profileId, name, isAbsent ? ui::SecretState::Missing : ui::SecretState::Problem, why);
    else
        tell(profileId, name, ui::SecretState::ThisRunOnly,
            isAbsent ? QString() : tr("Known until the console is closed. %1").arg(why));
}

void SettingsFlow::test(const models::Profile &profile, const QByteArray &secret, const QByteArray &aggregationSecret)
{
    if (profile.id == m_session.profile().id && profile.environment == models::Environment::BuiltInSandbox)
        return m_test.start(m_session.profile().baseUrl, m_session.credentials(), m_session.aggregationAccess());
    if (!secret.isEmpty())
        return testAggregation(profile, {.clientId = profile.clientId, .clientSecret = secret}, aggregationSecret);
    m_secrets.read(profile.id, clientSecretName, this,
        [this, profile, aggregationSecret](const api::SecretStore::SecretResult<QByteArray> &kept) {
            testAggregation(profile,
                {.clientId = profile.clientId, .clientSecret = kept.value_or(heldSecret(profile.id, clientSecretName))},
                aggregationSecret);
        });
}

//! With the aggregation family's secret where the profile uses that family.
void SettingsFlow::testAggregation(
    const models::Profile &profile, const api::Credentials &credentials, const QByteArray &typed)
{
    if (!profile.aggregation.isUsed())
        return m_test.start(profile.baseUrl, credentials);
    const auto start = [this, profile, credentials](const QByteArray &secret) {
        m_test.start(profile.baseUrl, credentials,
            models::ConnectionTest::AggregationAccess{.baseUrl = profile.aggregation.baseUrl,
                .credentials = {.clientId = profile.aggregation.clientId,
                    .clientSecret = secret,
                    .tenantId = profile.aggregation.tenants.value(0)}});
    };
    if (!typed.isEmpty())
        return start(typed);
    m_secrets.read(profile.id, aggregationSecretName, this,
        [this, start, id = profile.id](const api::SecretStore::SecretResult<QByteArray> &kept) {
            start(kept.value_or(heldSecret(id, aggregationSecretName)));
        });
}

} // namespace console

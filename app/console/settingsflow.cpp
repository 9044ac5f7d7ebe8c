// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/settingsflow.h"

namespace console {

namespace {

ui::SecretState stateOf(const api::SecretError &error)
{
    return error.problem == api::SecretProblem::NotFound ? ui::SecretState::Missing : ui::SecretState::Problem;
}

} // namespace

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

void SettingsFlow::wire(ui::ProfileDialog *dialog)
{
    connect(dialog, &ui::ProfileDialog::secretEntered, this, &SettingsFlow::keepSecret);
    connect(dialog, &ui::ProfileDialog::removeSecretRequested, this, &SettingsFlow::removeSecret);
    connect(dialog, &ui::ProfileDialog::secretStateRequested, this, &SettingsFlow::showSecretState);
    connect(dialog, &ui::ProfileDialog::testRequested, this, &SettingsFlow::test);
    connect(dialog, &ui::ProfileDialog::switchRequested, this, &SettingsFlow::switchRequested);
    connect(dialog, &QDialog::finished, &m_test, &models::ConnectionTest::cancel);
    showSecretState(m_session.profile().id);
}

void SettingsFlow::keepSecret(const QString &profileId, const QByteArray &secret)
{
    const bool isOpenProfile = profileId == m_session.profile().id;
    if (isOpenProfile)
        m_session.useSecretForThisRun(secret);
    m_secrets.write(profileId, clientSecretName, secret, this,
        [this, profileId, isOpenProfile](api::SecretStore::SecretResult<void> written) {
            if (!m_dialog)
                return;
            if (written)
                m_dialog->showSecretState(profileId, ui::SecretState::Kept);
            else
                m_dialog->showSecretState(profileId,
                    isOpenProfile ? ui::SecretState::ThisRunOnly : ui::SecretState::Problem,
                    api::secretErrorText(written.error()));
        });
}

void SettingsFlow::removeSecret(const QString &profileId)
{
    m_secrets.remove(
        profileId, clientSecretName, this, [this, profileId](api::SecretStore::SecretResult<void> removed) {
            if (!m_dialog)
                return;
            if (removed)
                m_dialog->showSecretState(profileId, ui::SecretState::Missing);
            else
                m_dialog->showSecretState(profileId, stateOf(removed.error()), api::secretErrorText(removed.error()));
        });
}

void SettingsFlow::showSecretState(const QString &profileId)
{
    m_secrets.read(
        profileId, clientSecretName, this, [this, profileId](const api::SecretStore::SecretResult<QByteArray> &secret) {
            if (!m_dialog)
                return;
            if (secret)
                m_dialog->showSecretState(profileId, ui::SecretState::Kept);
            else if (secret.error().problem == api::SecretProblem::NotFound)
                m_dialog->showSecretState(profileId, ui::SecretState::Missing);
            else
                m_dialog->showSecretState(profileId, ui::SecretState::Problem, api::secretErrorText(secret.error()));
        });
}

void SettingsFlow::test(const models::Profile &profile, const QByteArray &secret)
{
    if (profile.id == m_session.profile().id && profile.environment == models::Environment::BuiltInSandbox)
        return m_test.start(m_session.profile().baseUrl, m_session.credentials());
    if (!secret.isEmpty())
        return m_test.start(profile.baseUrl, {.clientId = profile.clientId, .clientSecret = secret});
    m_secrets.read(
        profile.id, clientSecretName, this, [this, profile](const api::SecretStore::SecretResult<QByteArray> &kept) {
            m_test.start(profile.baseUrl, {.clientId = profile.clientId, .clientSecret = kept.value_or(QByteArray())});
        });
}

} // namespace console

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/secretstore.h"
#include "app/console/session.h"
#include "models/connectiontest.h"
#include "ui/mainwindow.h"
#include "ui/profiledialog.h"

#include <QObject>
#include <QPointer>

namespace console {

//! The settings dialog with what it may not reach itself: the keychain and the network.
class SettingsFlow : public QObject
{
    Q_OBJECT
public:
    SettingsFlow(models::ProfileStore &profiles, Session &session, ui::Asker &asker, ui::MainWindow &window);

    void open();
    void openAndTest(); //!< tries the connection of the open profile at once

signals:
    void switchRequested(const QString &profileId);

private:
    void wire(ui::ProfileDialog *dialog);
    void keepSecret(const QString &profileId, QLatin1StringView name, const QByteArray &secret);
    void removeSecret(const QString &profileId, QLatin1StringView name);
    void askSecretStates(const QString &profileId);
    void askSecretState(const QString &profileId, QLatin1StringView name);
    QByteArray heldSecret(const QString &profileId, QLatin1StringView name) const;
    void tellWithoutKeychain(const QString &profileId, QLatin1StringView name, const api::SecretError &error);
    void tell(const QString &profileId, QLatin1StringView name, ui::SecretState state, const QString &sentence = {});
    void test(const models::Profile &profile, const QByteArray &secret, const QByteArray &aggregationSecret);
    void testAggregation(const models::Profile &profile, const api::Credentials &credentials, const QByteArray &typed);

    models::ProfileStore &m_profiles;
    Session &m_session;
    ui::Asker &m_asker;
    ui::MainWindow &m_window;
    api::SecretStore m_secrets;
    models::ConnectionTest m_test;
    QPointer<ui::ProfileDialog> m_dialog;
};

} // namespace console

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/options.h"
#include "app/console/session.h"
#include "models/ledgerupdate.h"
#include "models/profiles.h"
#include "ui/asker.h"
#include "ui/mainwindow.h"
#include "ui/paneloader.h"

#include <QObject>

#include <memory>

namespace console {

class LinksFlow;
class SettingsFlow;

//! The composition: one profile store, one session, one window, and who hears whom.
class Console : public QObject
{
    Q_OBJECT
public:
    //! `asker` is the one way to ask the person something; tests answer through their own.
    explicit Console(
        Options options, std::unique_ptr<ui::Asker> asker = std::make_unique<ui::Asker>(), QObject *parent = nullptr);
    ~Console() override;

    void open();                    //!< the profile asked for, or the one used last
    ui::MainWindow *window() const; //!< null while a ledger cannot be opened
    Session *session() const;

private:
    void openProfile(const models::Profile &profile);
    void openSession(const models::Profile &profile);
    void updateLedger(const models::Profile &profile);
    void openProfileById(const QString &id);
    void showLedgerProblem(const models::Profile &profile, const models::DatabaseError &error);
    void askToSetAside(const models::Profile &profile);
    void setLedgerAside(const models::Profile &profile);
    void closeProfile();
    void afterFirstPaint();
    void reportWhenPainted();
    void startTour();

    void wireWindow();
    void wireOrders();
    void wireSession();
    template<typename Dialog> void openOrder(const models::RecordRef &subject);
    void importFiles(const QStringList &files);
    void askForSecret(const api::SecretError &error);
    void showJob(models::Job *job);
    void resetSandbox();
    bool saysThatItIsOpenElsewhere();
    void forgetSandbox(const QString &profile);
    void checkAudit();

    Options m_options;
    models::ProfileStore m_profiles;
    std::unique_ptr<ui::Asker> m_asker;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<SettingsFlow> m_settings;
    std::unique_ptr<ui::MainWindow> m_window;
    ui::PaneLoader m_pane; //!< one for the whole run
    std::unique_ptr<LinksFlow> m_links;
    std::unique_ptr<QWidget> m_problem; //!< shown instead of the window while a ledger cannot be opened
    std::unique_ptr<models::LedgerUpdate> m_update;
};

} // namespace console

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workspace.h"

#include <QWidget>

class QMenu;
class QToolButton;

namespace ui {

class OmniBox;

//! The line over every page: whose money, anything to find, what is running.
class HeaderBar : public QWidget
{
    Q_OBJECT
public:
    HeaderBar(const Workspace &workspace, QWidget *parent);

    OmniBox *omniBox() const;
    QToolButton *jobsButton() const;

signals:
    void profileChosen(const QString &id);
    void settingsRequested();
    void connectionTestRequested();
    void auditCheckRequested();
    void sandboxResetRequested(); //!< only on the built-in sandbox
    void keyboardHelpRequested();
    void jobsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void wire();
    void showState();
    void fillProfileMenu();
    void addTenants();

    models::ProfileStore &m_profiles;
    models::Profile m_profile;
    models::JobsModel &m_jobs;
    models::Aggregation *m_aggregation;
    OmniBox *m_omniBox;
    QToolButton *m_profileButton;
    QToolButton *m_jobsButton;
    QToolButton *m_helpButton;
    QMenu *m_profileMenu;
};

} // namespace ui

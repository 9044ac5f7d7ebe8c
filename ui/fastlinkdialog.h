// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/aggregation.h"
#include "models/knownlinks.h"
#include "ui/dialogframe.h"
#include "ui/workspace.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QLineEdit;
class QRadioButton;
class QStringListModel;

namespace ui {

class Banner;

//! Starts FastLink for a person: who, at which tenant, to link a bank or to repair a link, with which configuration.
//! Stays open until the session is there; the page itself is opened by whoever hears launched().
class FastLinkDialog : public DialogFrame
{
    Q_OBJECT
public:
    //! `user`: the person, when it is known already; tenant and login name are then fixed.
    FastLinkDialog(models::Aggregation &aggregation, const Workspace &workspace,
        const std::optional<models::LinkedUserId> &user, QWidget *parent);

signals:
    //! `purpose` is the line above the page.
    void launched(const models::FastLinkLaunch &launch, const QString &purpose);

private:
    void build();
    void buildPerson(QVBoxLayout *column);
    void buildFlow(QVBoxLayout *column);
    void buildWay(QVBoxLayout *column);
    void wire();
    void fillTenants();
    void readNames();
    void readLinks();
    void showLinks(const QList<models::KnownLink> &links);
    void showState();
    void explainConfiguration();
    void hand();
    QString problem() const;
    models::FastLinkOrder order() const;
    models::LinkedUserId user() const;

    models::Aggregation &m_aggregation;
    Workspace m_workspace;
    std::optional<models::LinkedUserId> m_user;
    models::LedgerRead m_namesRead;
    models::LedgerRead m_linksRead;
    QTimer m_pause; //!< while the login name is typed
    api::Call m_call;
    Banner *m_banner = nullptr;
    QComboBox *m_tenant = nullptr;
    QLineEdit *m_login = nullptr;
    QStringListModel *m_names = nullptr;
    QRadioButton *m_add = nullptr;
    QLineEdit *m_provider = nullptr;
    QRadioButton *m_edit = nullptr;
    QComboBox *m_links = nullptr;
    QLabel *m_noLinks = nullptr;
    QComboBox *m_configuration = nullptr;
    QLabel *m_meaning = nullptr;
    QComboBox *m_opening = nullptr;
};

} // namespace ui

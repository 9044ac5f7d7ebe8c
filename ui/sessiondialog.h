// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/paylinks.h"
#include "ui/dialogframe.h"
#include "ui/workspace.h"

class QComboBox;
class QScrollArea;
class QToolButton;

namespace ui {

class Banner;
class SessionForm;

//! Makes one pay link: every field of a session with its rules, prefilled, with templates. Closes as soon as the
//! request is on disk.
class SessionDialog : public DialogFrame
{
    Q_OBJECT
public:
    //! `recordId`: the customer of a re-link, the payment to pay again; empty for a new link.
    SessionDialog(
        const Workspace &workspace, models::PayLinkPurpose purpose, const QString &recordId, QWidget *parent = nullptr);
    //! A new link with the content of another.
    SessionDialog(const Workspace &workspace, qint64 link, QWidget *parent = nullptr);
    ~SessionDialog() override; //!< the form must not be heard any more

signals:
    void created(qint64 link);

private:
    SessionDialog(const Workspace &workspace, const QString &title, QWidget *parent);
    void build();
    QWidget *buildTemplates();
    void wire();
    void load(std::function<models::DatabaseResult<models::NewPayLink>(models::Database &)> job);
    void fill(const models::NewPayLink &wanted);
    void showState();
    void readTemplates();
    void applyTemplate(int index);
    void saveTemplate();
    void removeTemplate();
    void submit();

    Workspace m_workspace;
    models::NewPayLink m_wanted; //!< purpose and customer; the draft is the form's
    QList<models::SessionTemplate> m_templates;
    models::LedgerRead m_read;
    models::LedgerRead m_readTemplates;
    bool m_sending = false;
    Banner *m_banner = nullptr;
    QComboBox *m_template = nullptr;
    QToolButton *m_saveTemplate = nullptr;
    QToolButton *m_removeTemplate = nullptr;
    QScrollArea *m_area = nullptr;
    SessionForm *m_form = nullptr;
};

//! Where a customer goes afterwards when the profile does not say.
QUrl usualRedirect(const models::Profile &profile);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/inbox.h"
#include "ui/recordpage.h"

namespace ui {

//! Everything that arrived unasked, with what it says and what became of it. Events can be acted on again, replayed,
//! exported and imported.
class EventsPage : public RecordPage
{
    Q_OBJECT
public:
    EventsPage(const Workspace &workspace, QWidget *parent);

protected:
    NothingYet nothingYet() const override;
    void fillKindMenu(QMenu *menu, const models::RecordRef &ref) override;

private:
    void importEvents();
    void importFile(const QString &file);
    void importLines(const QByteArray &lines);
    void exportShown();
    void saveLines(const QString &file, const QByteArray &lines, int others); //!< how many are left out
    void actAgain(const models::RecordRef &ref);
    void copyAsCurl(const models::RecordRef &ref);
    void sendAgain(const models::RecordRef &ref);
    void withDelivery(const models::RecordRef &ref, const std::function<void(const api::WebhookDelivery &)> &use);

    models::LedgerRead m_sending; //!< what is to be sent again
    models::LedgerRead m_copying;
    models::LedgerRead m_exporting;
};

} // namespace ui

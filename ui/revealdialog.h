// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/lookups.h"
#include "models/recorddetails.h"
#include "ui/dialogframe.h"
#include "ui/workspace.h"

#include <QTimer>

#include <chrono>

class QComboBox;

namespace ui {

class Banner;

//! Account-verification data of one customer. Full numbers are fetched only on an explicit, recorded reveal, shown for
//! a short while, then masked and forgotten; they never reach the disk, a tooltip or the accessible tree while masked.
class RevealDialog : public DialogFrame
{
    Q_OBJECT
public:
    struct Times
    {
        std::chrono::milliseconds shown = std::chrono::seconds(30);
        std::chrono::milliseconds onClipboard = std::chrono::seconds(30);
    };

    RevealDialog(const Workspace &workspace, const models::RecordRef &customer, QWidget *parent = nullptr);
    RevealDialog(const Workspace &workspace, const models::RecordRef &customer, const Times &times, QWidget *parent);

private:
    enum class Step { Masked, Recording, Fetching, Shown };

    void build();
    void wire();
    void showState();
    void reveal();
    void record();
    void fetch();
    void took(const api::Result<QList<api::VerifiedAccount>> &result);
    void mask();
    void showAccounts();
    void addNetwork(const api::VerifiedAccount &account, const api::VerifiedAccount::Network &network);
    void tick();
    QString reason() const;

    Workspace m_workspace;
    models::RecordRef m_customer;
    Times m_times;
    models::RecordDetailsModel m_details;
    Step m_step = Step::Masked;
    QList<api::VerifiedAccount> m_accounts; //!< account numbers only while shown
    QTimer m_maskTimer;
    QTimer m_tick;
    api::Call m_call;

    Banner *m_banner = nullptr;
    QLabel *m_who = nullptr;
    QLabel *m_explanation = nullptr;
    QWidget *m_asking = nullptr;
    QComboBox *m_reason = nullptr;
    QVBoxLayout *m_list = nullptr;
};

} // namespace ui

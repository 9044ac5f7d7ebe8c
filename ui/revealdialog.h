// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/aggregationuser.h"
#include "models/lookups.h"
#include "models/recorddetails.h"
#include "ui/dialogframe.h"
#include "ui/workspace.h"

#include <QTimer>

#include <chrono>

class QComboBox;

namespace ui {

class Banner;

//! Account-verification data of one customer or linked user. Full numbers are fetched only on an explicit, recorded
//! reveal, shown for a short while, then masked and forgotten; they never reach the disk, a tooltip or the accessible
//! tree while masked.
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

    //! One number to be shown, of either family.
    struct Number
    {
        QString owner = {};    //!< bank, account and holder, as far as they were told
        QString lastFour = {}; //!< what stays when it is masked
        QString full = {};     //!< only while shown
        QString facts = {};    //!< routing number and kind
    };

    void build();
    void wire();
    void showState();
    void reveal();
    void record();
    void fetch();
    void fetchOfUser(const models::LinkedUserId &user);
    void took(const api::Result<QList<Number>> &result);
    static QList<Number> numbersOf(const QList<api::VerifiedAccount> &accounts);
    static QList<Number> numbersOf(const QList<api::VerifiedAggregatedAccount> &accounts);
    void mask();
    void showAccounts();
    void addNumber(const Number &shown);
    void tick();
    QString reason() const;
    QString serviceName() const;

    Workspace m_workspace;
    models::RecordRef m_customer;
    Times m_times;
    models::RecordDetailsModel m_details;
    Step m_step = Step::Masked;
    QList<Number> m_numbers;
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

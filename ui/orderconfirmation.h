// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/money.h"
#include "models/profiles.h"

#include <QList>
#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

//! What is about to happen, for the last look before it does.
struct OrderSummary
{
    struct Fact
    {
        QString label;
        QString value;
    };

    api::Money amount = {};
    QString sentence; //!< "$128.40 goes back to Ada Lovelace, First Bank ··42."
    QList<Fact> facts = {};
    QStringList warnings = {};
};

//! The last look: amount, who, which bank, which environment in colour and words, what will happen. In production the
//! amount is typed again.
class OrderConfirmation : public QWidget
{
    Q_OBJECT
public:
    OrderConfirmation(const models::Profile &profile, QWidget *parent);

    void setSummary(const OrderSummary &summary);
    bool isConfirmed() const; //!< always, where no amount has to be typed again
    QString problem() const;  //!< what is still to do; empty when confirmed
    void focusFirst();

signals:
    void changed();
    void backRequested();

private:
    void build(const models::Profile &profile);
    void buildRetype(QVBoxLayout *layout);
    void showFacts(const QList<OrderSummary::Fact> &facts);
    void showWarnings(const QStringList &warnings);

    bool m_asksAmount;
    qint64 m_cents = 0;
    QPushButton *m_back = nullptr;
    QLabel *m_amount = nullptr;
    QLabel *m_sentence = nullptr;
    QFormLayout *m_facts = nullptr;
    QVBoxLayout *m_warnings = nullptr;
    QLabel *m_retypeLabel = nullptr;
    QLineEdit *m_retype = nullptr; //!< null where nothing has to be typed again
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace ui {

class DescriptorField;
class MoneyField;

//! What a person fills in before money moves: amount, reason, own reference, statement text. Says what is still
//! missing; never clears what was typed.
class OrderForm : public QWidget
{
    Q_OBJECT
public:
    struct Words
    {
        QStringList reasons = {}; //!< the usual ones, for the pick list
        QString referenceHint = {};
        bool withAmount = true; //!< amount, reference and statement text
    };

    OrderForm(const Words &words, QWidget *parent);

    MoneyField *amount() const; //!< null without an amount
    QString reason() const;     //!< without spaces around it
    QString reference() const;
    QString descriptor() const;
    bool amountWasTyped() const; //!< by a person, as opposed to filled in
    QString problem() const;     //!< the first thing that keeps it from being sent; empty when complete
    void setAmountNote(const QString &text);
    QVBoxLayout *top() const; //!< room above the fields
    void focusFirst();

signals:
    void changed();

private:
    void build(const Words &words);
    void wire();

    QVBoxLayout *m_top;
    MoneyField *m_amount = nullptr;
    QLabel *m_amountNote = nullptr;
    QComboBox *m_reason = nullptr;
    QLineEdit *m_reference = nullptr;
    DescriptorField *m_descriptor = nullptr;
    bool m_typed = false;
};

} // namespace ui

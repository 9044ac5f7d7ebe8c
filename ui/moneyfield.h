// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/money.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;

namespace ui {

//! One line for an amount in dollars. Says in place what is wrong and keeps what was typed.
class MoneyField : public QWidget
{
    Q_OBJECT
public:
    explicit MoneyField(QWidget *parent = nullptr);
    void setCents(qint64 cents);
    std::optional<qint64> cents() const; //!< nothing while the text is not an amount within the limit
    void setMaximum(qint64 cents, const QString &sentence); //!< what to say when more is typed
    QLineEdit *edit() const;
    QString problemText() const; //!< empty when fine

signals:
    void changed();

private:
    void check();
    QLineEdit *m_edit;
    QLabel *m_problem;
    qint64 m_maximum = api::maximumCents;
    QString m_maximumSentence;
};

//! Makes a line look like one for dollars: the sign before it, the digits at its end.
void dressForDollars(QLineEdit *edit);
//! The sentence for a problem.
QString amountProblemText(api::AmountProblem problem);
//! "$1,234.56" for the locale.
QString moneyText(qint64 cents, const QString &currency, const QLocale &locale);

} // namespace ui

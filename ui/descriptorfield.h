// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace ui {

//! The text on the customer's bank statement: counts while typing and names the character that cannot be sent and where
//! it stands. Keeps what was typed.
class DescriptorField : public QWidget
{
    Q_OBJECT
public:
    explicit DescriptorField(QWidget *parent);
    QString text() const;
    QString problemText() const; //!< empty when it may be sent
    QLineEdit *edit() const;

signals:
    void changed();

private:
    void check();
    QLineEdit *m_edit;
    QLabel *m_counter;
    QLabel *m_problem;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordkind.h"

#include <QWidget>

#include <array>

class QButtonGroup;
class QLabel;
class QToolButton;

namespace ui {

//! The pages that exist, one button each. A count only where a person is needed. Collapses to icons.
class Navigation : public QWidget
{
    Q_OBJECT
public:
    explicit Navigation(QWidget *parent);

    void setCurrent(models::RecordKind kind);
    void setNeedsPerson(int count); //!< shown beside Refunds; nothing when 0
    bool isCollapsed() const;
    void setCollapsed(bool collapsed);

signals:
    void chosen(models::RecordKind kind);
    void collapsedChanged(bool collapsed);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QButtonGroup *m_buttons;
    QToolButton *m_collapse;
};

//! "Transactions", "Customers", "Payouts", "Refunds".
QString pageTitle(models::RecordKind kind);

} // namespace ui

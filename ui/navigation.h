// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages.h"

#include <QWidget>

class QButtonGroup;
class QToolButton;

namespace ui {

//! The pages that exist, one button each. A count only where a person is needed. Collapses to icons.
class Navigation : public QWidget
{
    Q_OBJECT
public:
    explicit Navigation(QWidget *parent);

    void setCurrent(Page page);
    void setNeedsPerson(Page page, int count); //!< shown beside its name; nothing when 0
    bool isCollapsed() const;
    void setCollapsed(bool collapsed);

signals:
    void chosen(ui::Page page);
    void collapsedChanged(bool collapsed);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QButtonGroup *m_buttons;
    QToolButton *m_collapse;
};

} // namespace ui

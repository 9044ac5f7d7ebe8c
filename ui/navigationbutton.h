// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QString>

namespace ui {

//! One line of the navigation: icon, word, and a count when somebody is waited for. Only the icon where there is no
//! room.
class NavigationButton : public QAbstractButton
{
    Q_OBJECT
public:
    NavigationButton(const QString &text, const QString &iconName, QWidget *parent);
    void setCount(int count);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintCount(QPainter *painter, bool narrow) const;

    QString m_iconName;
    int m_count = 0;
};

} // namespace ui

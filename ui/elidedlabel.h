// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

//! One line of text that is cut in the middle when there is no room: full on hover, and to screen readers. May be a
//! link.
class ElidedLabel : public QWidget
{
    Q_OBJECT
public:
    ElidedLabel(const QString &text, const QFont &font, QWidget *parent);

    void setLink(bool link); //!< can be clicked, and reached and pressed with the keyboard
    QString text() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void activated();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_text;
    bool m_link = false;
};

} // namespace ui

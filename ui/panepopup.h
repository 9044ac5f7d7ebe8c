// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QWidget>

namespace ui {

class AddressLine;

//! The guarded window a page may open, for a bank's own sign-in: the address above, the page below, nothing else.
class PanePopup : public QWidget
{
    Q_OBJECT
public:
    PanePopup(QWidget *view, QWidget *owner);
    ~PanePopup() override;
    void setAddress(const QUrl &url);

signals:
    void closedByPerson();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    AddressLine *m_line;
    QWidget *m_view;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordkind.h"

#include <QFrame>

class QLabel;
class QListView;
class QPushButton;

namespace models {
class Finder;
}

namespace ui {

//! What the omnibox found, under it: a child of the window, so that it never takes the keyboard away from the line.
class OmniPopup : public QFrame
{
    Q_OBJECT
public:
    OmniPopup(models::Finder &finder, QWidget *anchor);

    void showState();                 //!< rows, message and place, from the finder
    void move(int rows);              //!< chooses the row so many below, stopping at the ends
    models::RecordRef chosen() const; //!< empty id when no row is chosen

signals:
    void picked(const models::RecordRef &ref);
    void askRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString message() const;
    QString spokenChoice() const;
    void say(const QString &sentence);
    void place();

    models::Finder &m_finder;
    QWidget *m_anchor;
    QListView *m_list;
    QLabel *m_message;
    QPushButton *m_ask;
    QString m_said; //!< the focus stays in the field, so that answers are announced
};

} // namespace ui

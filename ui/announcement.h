// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

//! Lets screen readers say what happened where the focus is not: an answer that came, a refusal, a job's end. One
//! unseen widget in each window carries the text as a notification, for the bridge knows no announcements of its own.
class Announcement : public QWidget
{
    Q_OBJECT
public:
    //! Says the text in the window of `where`; an empty text says nothing. Costs nothing while nobody listens.
    static void say(QWidget *where, const QString &text);

private:
    explicit Announcement(QWidget *window);
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>

class QWidget;

namespace ui {

//! The one way to ask the person something: a seam that tests answer, so that no test waits for a modal box. Never
//! blocks: answers come through handlers.
class Asker : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    struct Question
    {
        QString title;
        QString text;
        QString yes; //!< label of the action, a verb
        bool destructive = false;
        bool production = false; //!< names the environment and asks more: the person types a word
    };

    virtual void ask(QWidget *parent, const Question &question, std::function<void(bool yes)> handler);
    virtual void askText(QWidget *parent, const Question &question, const QString &label,
        std::function<void(QString text)> handler); //!< not called when given up
    virtual void openFile(QWidget *parent, const QString &title, const QString &filter,
        std::function<void(QString file)> handler); //!< not called when given up
    //! Asks before a file that is there is replaced.
    virtual void saveFile(QWidget *parent, const QString &title, const QString &suggestion,
        std::function<void(QString file)> handler); //!< not called when given up
};

} // namespace ui

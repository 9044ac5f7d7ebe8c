// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/asker.h"

#include <QList>

//! Answers every question at once, as told, and remembers what was asked.
class AnsweringAsker : public ui::Asker
{
public:
    void ask(QWidget *, const Question &question, std::function<void(bool yes)> handler) override
    {
        questions << question;
        handler(yes);
    }
    void askText(QWidget *, const Question &question, const QString &, std::function<void(QString)> handler) override
    {
        questions << question;
        handler(text);
    }
    void openFile(QWidget *, const QString &, const QString &, std::function<void(QString)> handler) override
    {
        if (!file.isEmpty())
            handler(file);
    }
    void saveFile(QWidget *, const QString &, const QString &, std::function<void(QString)> handler) override
    {
        if (!file.isEmpty())
            handler(file);
    }

    bool yes = true;
    QString text;
    QString file;
    QList<Question> questions;
};

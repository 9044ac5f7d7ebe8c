// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/asker.h"

#include "ui/consolestyle.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

//! What a person types in production before something that cannot be taken back.
QString confirmationWord()
{
    return Asker::tr("production", "word that has to be typed");
}

void markAction(QMessageBox *box, const Asker::Question &question)
{
    QPushButton *action = box->addButton(question.yes, QMessageBox::AcceptRole);
    action->setProperty(destructiveProperty, question.destructive);
    QPushButton *cancel = box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(question.destructive ? cancel : action);
    box->setEscapeButton(cancel);
}

} // namespace

void Asker::ask(QWidget *parent, const Question &question, std::function<void(bool yes)> handler)
{
    if (question.production) {
        const QString label = tr("This is production. Type %1 to go on:").arg(confirmationWord());
        Question plain = question;
        plain.production = false;
        askText(parent, plain, label, [handler = std::move(handler)](const QString &text) {
            handler(text.trimmed().compare(confirmationWord(), Qt::CaseInsensitive) == 0);
        });
        return;
    }
    auto *box = new QMessageBox(QMessageBox::NoIcon, question.title, question.text, QMessageBox::NoButton, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    markAction(box, question);
    connect(box, &QMessageBox::finished, parent, [box, handler = std::move(handler)] {
        handler(box->clickedButton() && box->buttonRole(box->clickedButton()) == QMessageBox::AcceptRole);
    });
    box->open();
}

void Asker::askText(
    QWidget *parent, const Question &question, const QString &label, std::function<void(QString text)> handler)
{
    auto *input = new QInputDialog(parent);
    input->setAttribute(Qt::WA_DeleteOnClose);
    input->setWindowTitle(question.title);
    input->setLabelText(question.text.isEmpty() ? label : question.text + u"\n\n"_s + label);
    input->findChild<QLabel *>()->setTextFormat(Qt::PlainText);
    input->setOkButtonText(question.yes);
    connect(input, &QInputDialog::textValueSelected, parent,
        [handler = std::move(handler)](const QString &text) { handler(text); });
    input->open();
}

void Asker::openFile(
    QWidget *parent, const QString &title, const QString &filter, std::function<void(QString file)> handler)
{
    auto *dialog = new QFileDialog(parent, title, {}, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, parent,
        [handler = std::move(handler)](const QString &file) { handler(file); });
    dialog->open();
}

void Asker::saveFile(
    QWidget *parent, const QString &title, const QString &suggestion, std::function<void(QString file)> handler)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestion);
    connect(dialog, &QFileDialog::fileSelected, parent,
        [handler = std::move(handler)](const QString &file) { handler(file); });
    dialog->open();
}

} // namespace ui

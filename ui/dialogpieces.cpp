// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogpieces.h"

#include "models/plurals.h"
#include "ui/announcement.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

QString pieceText(const char *text)
{
    return QCoreApplication::translate("ui::Dialog", text);
}

QLabel *wrappingLabel(const QString &text, Type type, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(Theme::font(type));
    label->setWordWrap(true);
    return label;
}

} // namespace

QLabel *captionLabel(const QString &text, QWidget *parent)
{
    QLabel *label = wrappingLabel(text, Type::Caption, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLabel *paragraphLabel(const QString &text, QWidget *parent)
{
    return wrappingLabel(text, Type::Body, parent);
}

QLabel *sectionLabel(const QString &text, QWidget *parent)
{
    return wrappingLabel(text, Type::Section, parent);
}

QLabel *valueLabel(const QString &text, QWidget *parent)
{
    QLabel *label = wrappingLabel(text, Type::Body, parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setMinimumWidth(1); // a word that cannot be wrapped must not widen the window
    return label;
}

QProgressBar *busyBar(QWidget *parent)
{
    auto *bar = new QProgressBar(parent);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setAccessibleName(pieceText("Please wait"));
    return bar;
}

QLabel *problemLabel(QWidget *parent)
{
    QLabel *label = wrappingLabel({}, Type::Caption, parent);
    Theme::setInk(label, Colour::DangerInk);
    label->hide();
    return label;
}

void showProblem(QLabel *label, const QString &sentence)
{
    const bool isNew = label->text() != sentence;
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
    if (isNew)
        Announcement::say(label, sentence);
}

QString withoutMnemonic(const QString &text)
{
    return QString(text).replace(u'&', "&&"_L1);
}

QVBoxLayout *fieldLayout(QVBoxLayout *parent)
{
    auto *layout = new QVBoxLayout;
    layout->setSpacing(spacing::xs);
    parent->addLayout(layout);
    return layout;
}

void nameBox(QComboBox *box, const QString &name)
{
    box->setAccessibleName(name);
    box->setAccessibleDescription(name);
}

QLabel *addField(QVBoxLayout *layout, const QString &label, QWidget *field, QWidget *buddy)
{
    static const QRegularExpression mnemonic(u"&(?!&)"_s); // of two, one stays
    auto *title = new QLabel(label, layout->parentWidget());
    title->setFont(Theme::font(Type::BodyStrong));
    title->setBuddy(buddy ? buddy : field);
    if (!title->buddy()->accessibleName().size())
        title->buddy()->setAccessibleName(QString(label).remove(mnemonic));
    // What one types into an editable box is a line of its own for a screen reader.
    auto *box = qobject_cast<QComboBox *>(title->buddy());
    if (box && box->isEditable())
        box->lineEdit()->setAccessibleName(box->accessibleName());
    if (box && box != field)
        nameBox(box, box->accessibleName());
    layout->addWidget(title);
    layout->addWidget(field);
    return title;
}

QString spanText(qint64 milliseconds)
{
    const qint64 minutes = milliseconds / 60'000;
    if (minutes < 1)
        return pieceText("less than a minute");
    if (minutes < 60)
        return models::counted(minutes, pieceText("1 minute"), pieceText("%1 minutes"));
    if (minutes < 48 * 60)
        return models::counted(minutes / 60, pieceText("1 hour"), pieceText("%1 hours"));
    return models::counted(minutes / (24 * 60), pieceText("1 day"), pieceText("%1 days"));
}

QString momentText(qint64 at, qint64 now)
{
    if (at <= 0)
        return pieceText("never");
    const QString when = QLocale().toString(QDateTime::fromMSecsSinceEpoch(at), pieceText("MMM d yyyy, HH:mm"));
    return pieceText("%1 (%2 ago)").arg(when, spanText(now - at));
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fieldrow.h"

#include "ui/elidedlabel.h"
#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int labelWidth = 116;
constexpr int copyButtonSide = 20;
constexpr int longWord = 24; //!< letters that a line of the narrowest inspector holds

//! Such as an e-mail address: it cannot be wrapped, so it is elided and can be copied whole.
bool isLongWord(const QString &text)
{
    return text.size() > longWord && !text.contains(u' ');
}

} // namespace

FieldRow::FieldRow(models::RecordKind kind, const models::DetailField &field, QWidget *parent)
    : QWidget(parent)
{
    auto *label = new QLabel(field.label, this);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setFixedWidth(labelWidth);
    label->setWordWrap(true);
    QWidget *value = valueWidget(kind, field);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(spacing::s);
    row->addWidget(label, 0, Qt::AlignTop);
    row->addWidget(value, 1);
    setAccessibleName(field.label + u": "_s + models::cellLongText(field.cell, locale()));
}

QWidget *FieldRow::valueWidget(models::RecordKind kind, const models::DetailField &field)
{
    const QString text = models::cellLongText(field.cell, locale());
    if (field.cell.type == models::CellType::Status) {
        auto *holder = new QWidget(this);
        auto *chip = new StatusChip(holder);
        chip->setStatus(kind, field.cell.value.toString());
        auto *row = new QHBoxLayout(holder);
        row->setContentsMargins({});
        row->addWidget(chip);
        row->addStretch();
        return holder;
    }
    if (field.cell.type == models::CellType::Id || field.link
        || (field.cell.type == models::CellType::Text && isLongWord(text)))
        return idWidget(field);
    auto *label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QWidget *FieldRow::idWidget(const models::DetailField &field)
{
    const bool isId = field.cell.type == models::CellType::Id;
    const QString text = field.cell.value.toString();
    auto *holder = new QWidget(this);
    auto *value = new ElidedLabel(text, Theme::font(isId ? Type::Mono : Type::Body), holder);
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins({});
    row->setSpacing(spacing::xs);
    row->addWidget(value, 1);
    if (field.link) {
        value->setLink(true);
        value->setAccessibleName(tr("%1: open %2").arg(field.label, text));
        connect(value, &ElidedLabel::activated, this, [this, link = *field.link] { emit opened(link); });
    }
    if (isId || isLongWord(text)) {
        auto *copy = new QToolButton(holder);
        copy->setAutoRaise(true);
        copy->setFocusPolicy(Qt::TabFocus);
        copy->setFixedSize(copyButtonSide, copyButtonSide);
        copy->setIcon(Theme::icon(u"edit-copy"_s, Colour::MutedInk));
        copy->setToolTip(tr("Copy"));
        copy->setAccessibleName(tr("Copy %1").arg(field.label));
        connect(copy, &QToolButton::clicked, copy, [text] { QGuiApplication::clipboard()->setText(text); });
        row->addWidget(copy);
    }
    return holder;
}

} // namespace ui

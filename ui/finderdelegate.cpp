// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/finderdelegate.h"

#include "models/finder.h"
#include "ui/elidedtext.h"
#include "ui/pages.h"
#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int answerHeight = 48;
constexpr int groupHeight = 28;

models::RecordRef refOf(const QModelIndex &index)
{
    return index.data(models::Finder::RefRole).value<models::RecordRef>();
}

bool beginsGroup(const QModelIndex &index)
{
    return index.row() == 0 || refOf(index.siblingAtRow(index.row() - 1)).kind != refOf(index).kind;
}

//! Returns what is left for the text.
QRect paintRight(QPainter *painter, QRect content, const QModelIndex &index)
{
    const QString status = index.data(models::Finder::StatusRole).toString();
    if (!status.isEmpty()) {
        const models::StatusLook look = models::statusLook(refOf(index).kind, status);
        QRect place = content;
        place.setLeft(content.right() - StatusChip::widthFor(look) + 1);
        StatusChip::paint(painter, place, look, false);
        content.setRight(place.left() - spacing::m);
    }
    const QString amount = models::cellText(index.data(models::Finder::CellRole).value<models::Cell>(), QLocale());
    if (!amount.isEmpty() && !index.data(Qt::DisplayRole).toString().contains(amount)) {
        painter->setFont(Theme::font(Type::BodyStrong));
        painter->setPen(Theme::colour(Colour::Ink));
        painter->drawText(content, Qt::AlignRight | Qt::AlignVCenter, amount);
        content.setRight(content.right() - painter->fontMetrics().horizontalAdvance(amount) - spacing::m);
    }
    return content;
}

void paintLine(QPainter *painter, const QRect &line, Type type, Colour ink, const QString &text)
{
    painter->setFont(Theme::font(type));
    painter->setPen(Theme::colour(ink));
    drawElided(painter, line, Qt::AlignLeft, text, Qt::ElideMiddle);
}

} // namespace

void FinderDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRect row = option.rect.adjusted(spacing::xs, 0, -spacing::xs, 0);
    if (beginsGroup(index)) {
        paintLine(painter, {row.left() + spacing::s, row.top(), row.width(), groupHeight}, Type::Caption,
            Colour::MutedInk, pageTitle(pageOf(refOf(index).kind)));
        row.setTop(row.top() + groupHeight);
    }
    if (option.state & QStyle::State_Selected) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(Theme::colour(Colour::Selection));
        painter->drawRoundedRect(row, radius::control, radius::control);
    }
    const QRect text = paintRight(painter, row.adjusted(spacing::s, 0, -spacing::s, 0), index);
    const int half = answerHeight / 2;
    paintLine(painter, {text.left(), row.top() + spacing::xs, text.width(), half - spacing::xs}, Type::BodyStrong,
        Colour::Ink, index.data(Qt::DisplayRole).toString());
    paintLine(painter, {text.left(), row.top() + half, text.width(), half - spacing::xs}, Type::Caption,
        Colour::MutedInk, index.data(models::Finder::SubtitleRole).toString());
    painter->restore();
}

QSize FinderDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {0, answerHeight + (beginsGroup(index) ? groupHeight : 0)};
}

} // namespace ui

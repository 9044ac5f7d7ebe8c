// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recorddelegate.h"

#include "models/recordtablemodel.h"
#include "models/spoken.h"
#include "ui/amountlabel.h"
#include "ui/elidedtext.h"
#include "ui/statuschip.h"
#include "ui/tabular.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>
#include <string_view>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

std::string_view columnName(const QModelIndex &index)
{
    const auto ref = index.data(models::RecordTableModel::RefRole).value<models::RecordRef>();
    const std::span<const models::Column> columns = models::columnsOf(ref.kind);
    return columns[static_cast<std::size_t>(index.column())].name;
}

QRect contentRect(const QStyleOptionViewItem &option)
{
    return option.rect.adjusted(spacing::s, 0, -spacing::s, -1);
}

void paintSkeleton(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    constexpr int barHeight = 8;
    const QRect content = contentRect(option);
    const int percent = 40
        + (index.row() * 7 + index.column() * 13) % 45; // uneven, as text is, and the same at every paint
    QRect bar(content.left(), content.center().y() - barHeight / 2, content.width() * percent / 100, barHeight);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(Theme::colour(Colour::Hairline));
    painter->drawRoundedRect(bar, barHeight / 2, barHeight / 2);
    painter->restore();
}

//! Digits line up at the right; the currency and words such as "credit" stand small before them.
void paintMoney(QPainter *painter, const QRect &rect, const QString &text)
{
    const AmountParts parts = amountParts(text);
    painter->setFont(Theme::font(Type::Body));
    drawTabular(painter, rect, Qt::AlignRight, parts.digits);
    QRect before = rect;
    before.setRight(rect.right() - tabularWidth(painter->fontMetrics(), parts.digits) - 1);
    painter->setFont(Theme::font(Type::Caption));
    painter->setPen(Theme::colour(Colour::MutedInk));
    const QString word = parts.after.trimmed();
    drawElided(painter, before, Qt::AlignRight, word.isEmpty() ? parts.before : word + u"  "_s + parts.before);
}

void paintTime(QPainter *painter, const QRect &rect, const QString &text)
{
    painter->setFont(Theme::font(Type::Body));
    if (tabularWidth(painter->fontMetrics(), text) <= rect.width())
        drawTabular(painter, rect, Qt::AlignLeft, text);
    else
        drawElided(painter, rect, Qt::AlignLeft, text);
}

//! The last four digits are what a customer on the telephone knows, so a long name of a bank gives way to them.
void paintBank(QPainter *painter, const QRect &rect, const QString &text)
{
    painter->setFont(Theme::font(Type::Body));
    const qsizetype digits = text.lastIndexOf(u" ··"_s);
    const QString account = digits < 0 ? QString() : text.mid(digits);
    // Rounded up and a little more, so that the digits are never the ones to be shortened.
    const auto room = static_cast<int>(std::ceil(QFontMetricsF(painter->font()).horizontalAdvance(account))) + 2;
    QRect name = rect;
    name.setRight(rect.right() - room);
    const int used = drawElided(painter, name, Qt::AlignLeft, text.left(text.size() - account.size()));
    drawElided(painter, rect.adjusted(used, 0, 0, 0), Qt::AlignLeft, account);
}

void paintText(
    QPainter *painter, const QRect &rect, const models::Cell &cell, const QString &text, Qt::Alignment alignment)
{
    const bool isId = cell.type == models::CellType::Id;
    painter->setFont(Theme::font(isId ? Type::Mono : Type::Body));
    drawElided(painter, rect, alignment, text, isId ? Qt::ElideMiddle : Qt::ElideRight);
}

} // namespace

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    paintGround(painter, option);
    paintContent(painter, option, index);
}

void RecordDelegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option)
{
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, Theme::colour(Colour::Selection));
    painter->setPen(Theme::colour(Colour::Hairline));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
}

void RecordDelegate::paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (!index.data(models::RecordTableModel::LoadedRole).toBool())
        return paintSkeleton(painter, option, index);
    painter->save();
    painter->setPen(Theme::colour(Colour::Ink));
    const bool selected = option.state & QStyle::State_Selected;
    const auto cell = index.data(models::RecordTableModel::CellRole).value<models::Cell>();
    const QString text = index.data(Qt::DisplayRole).toString();
    const QRect content = contentRect(option);
    switch (cell.type) {
    case models::CellType::Status:
        if (!text.isEmpty()) {
            const auto ref = index.data(models::RecordTableModel::RefRole).value<models::RecordRef>();
            StatusChip::paint(painter, content, models::statusLook(ref.kind, cell.value.toString()), selected);
        }
        break;
    case models::CellType::Money:
        paintMoney(painter, content, text);
        break;
    case models::CellType::Count:
    case models::CellType::Duration:
        paintText(painter, content, cell, text, Qt::AlignRight);
        break;
    case models::CellType::Time:
        paintTime(painter, content, text);
        break;
    case models::CellType::Text:
        if (columnName(index) == "bank")
            paintBank(painter, content, text);
        else
            paintText(painter, content, cell, columnName(index) == "type" ? models::orderWordText(text) : text,
                Qt::AlignLeft);
        break;
    case models::CellType::Id:
    case models::CellType::Word:
        paintText(painter, content, cell, text, Qt::AlignLeft);
        break;
    }
    painter->restore();
}

QSize RecordDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto cell = index.data(models::RecordTableModel::CellRole).value<models::Cell>();
    if (cell.type != models::CellType::Status)
        return {QStyledItemDelegate::sizeHint(option, index).width() + 2 * spacing::s, metrics::rowHeight};
    const auto ref = index.data(models::RecordTableModel::RefRole).value<models::RecordRef>();
    return {
        StatusChip::widthFor(models::statusLook(ref.kind, cell.value.toString())) + 2 * spacing::s, metrics::rowHeight};
}

bool RecordDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto cell = index.data(models::RecordTableModel::CellRole).value<models::Cell>();
    const QString full = models::cellLongText(cell, view->locale());
    QToolTip::showText(event->globalPos(), plainToolTip(full), view);
    return true;
}

} // namespace ui

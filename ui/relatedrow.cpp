// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relatedrow.h"

#include "ui/elidedtext.h"
#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int relatedHeight = 44;

QString relatedTime(const models::RelatedRecord &record, const QLocale &locale)
{
    return models::cellText({.type = models::CellType::Time, .value = record.at, .currency = {}}, locale);
}

} // namespace

RelatedRow::RelatedRow(const models::RelatedRecord &record, QWidget *parent)
    : QAbstractButton(parent)
    , m_record(record)
{
    setObjectName(u"relatedRow"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(record.title);
    setAccessibleName(u"%1, %2, %3, %4"_s.arg(record.title, models::cellText(record.amount, locale()),
        models::statusLook(record.ref.kind, record.status).word, relatedTime(record, locale())));
    setToolTip(plainToolTip(record.ref.id));
}

QSize RelatedRow::sizeHint() const
{
    return {metrics::inspectorWidth / 2, relatedHeight};
}

void RelatedRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Theme::colour(Colour::Hairline));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
    if (underMouse() || hasFocus())
        painter.fillRect(rect(), Theme::colour(Colour::Selection));
    const models::StatusLook look = models::statusLook(m_record.ref.kind, m_record.status);
    QRect content = rect().adjusted(0, 0, 0, -1);
    QRect chip = content;
    chip.setLeft(content.right() - StatusChip::widthFor(look) + 1);
    StatusChip::paint(&painter, chip, look, false);
    content.setRight(chip.left() - spacing::s);
    const QString amount = models::cellText(m_record.amount, locale());
    painter.setPen(Theme::colour(Colour::Ink));
    painter.setFont(Theme::font(Type::BodyStrong));
    const int amountWidth = painter.fontMetrics().horizontalAdvance(amount);
    painter.drawText(content, Qt::AlignRight | Qt::AlignVCenter, amount);
    content.setRight(content.right() - amountWidth - spacing::s);
    const QRect upper(content.left(), content.top() + spacing::xs, content.width(), content.height() / 2 - spacing::xs);
    const QRect lower = upper.translated(0, upper.height());
    painter.setFont(Theme::font(Type::Body));
    drawElided(&painter, upper, Qt::AlignLeft, text());
    painter.setFont(Theme::font(Type::Caption));
    painter.setPen(Theme::colour(Colour::MutedInk));
    painter.drawText(lower, Qt::AlignVCenter | Qt::AlignLeft, relatedTime(m_record, locale()));
}

} // namespace ui

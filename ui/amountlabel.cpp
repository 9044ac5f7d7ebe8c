// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/amountlabel.h"

#include "ui/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace ui {

AmountParts amountParts(const QString &shown)
{
    const auto isDigit = [](QChar character) { return character.isDigit(); };
    const auto first = std::find_if(shown.begin(), shown.end(), isDigit);
    const auto last = std::find_if(shown.rbegin(), shown.rend(), isDigit).base();
    if (first == shown.end())
        return {shown, {}, {}};
    const qsizetype start = first - shown.begin();
    const qsizetype end = last - shown.begin();
    return {shown.left(start), shown.mid(start, end - start), shown.mid(end)};
}

AmountLabel::AmountLabel(QWidget *parent)
    : QLabel(parent)
{
    setObjectName(u"headline"_s);
    setFont(Theme::font(Type::Amount));
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void AmountLabel::setAmount(const models::Cell &cell)
{
    const QString shown = cell.type == models::CellType::Money ? models::cellText(cell, locale()) : QString();
    setVisible(!shown.isEmpty());
    const AmountParts parts = amountParts(shown);
    const QString small = u"<span style=\"font-size:%1px\">%2</span>"_s.arg(Theme::font(Type::Section).pixelSize());
    setText(small.arg(parts.before.toHtmlEscaped()) + parts.digits.toHtmlEscaped()
        + small.arg(parts.after.toHtmlEscaped()));
    setAccessibleName(shown);
}

} // namespace ui

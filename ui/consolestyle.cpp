// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consolestyle.h"

#include "ui/stylepieces.h"
#include "ui/theme.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QWidget>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int scrollBarWidth = 10;
constexpr int menuRoom = 16; //!< for the arrow of a button with a menu
constexpr int textInset = 6; //!< of what is typed, beside the inset of a line edit of its own

using metrics::controlHeight;
using stylepieces::drawChevron;
using stylepieces::drawIndicator;
using stylepieces::fieldBorder;
using stylepieces::focusColour;
using stylepieces::mixed;
using stylepieces::roundedBox;

bool isPrimary(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return button && (button->features & QStyleOptionButton::DefaultButton) && (option->state & QStyle::State_Enabled);
}

bool isFlat(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return button && (button->features & QStyleOptionButton::Flat);
}

//! What has several lines in a form; framed as a field of one line is.
bool isTallField(const QWidget *widget)
{
    return widget
        && (widget->inherits("QPlainTextEdit") || widget->inherits("QTextEdit") || widget->inherits("QListWidget")
            || widget->inherits("QTreeWidget"));
}

bool isDestructive(const QWidget *widget)
{
    return widget && widget->property(destructiveProperty).toBool();
}

} // namespace

ConsoleStyle::ConsoleStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{
}

void ConsoleStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void ConsoleStyle::drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const bool enabled = option->state & State_Enabled;
    const bool down = option->state & (State_Sunken | State_On);
    const bool hover = enabled && (option->state & State_MouseOver);
    const QColor ink = Theme::colour(Colour::Ink);
    const int shade = down ? 14 : hover ? 6 : 0;
    QColor fill = Theme::colour(enabled ? Colour::Raised : Colour::Canvas);
    QColor border = Theme::colour(Colour::Hairline);
    if (isPrimary(option)) {
        fill = Theme::colour(isDestructive(widget) ? Colour::DangerInk : Colour::Accent);
        border = {};
    } else if (isFlat(option)) {
        fill = shade ? Theme::colour(Colour::Canvas) : QColor();
        border = {};
    }
    if (fill.isValid())
        fill = mixed(fill, ink, shade);
    roundedBox(painter, option->rect, fill, border);
    if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange))
        roundedBox(painter, option->rect, {}, isPrimary(option) ? Theme::colour(Colour::Ink) : focusColour(), 2);
}

void ConsoleStyle::drawField(const QStyleOption *option, QPainter *painter) const
{
    const bool focused = option->state & State_HasFocus;
    const bool enabled = option->state & State_Enabled;
    roundedBox(painter, option->rect, Theme::colour(enabled ? Colour::Raised : Colour::Canvas),
        focused ? focusColour() : fieldBorder(enabled), focused ? 2 : 1);
}

void ConsoleStyle::drawSpinBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    drawField(option, painter);
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (!spin || spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto ink = [&](QAbstractSpinBox::StepEnabledFlag step) {
        return (option->state & State_Enabled) && (spin->stepEnabled & step) ? Theme::colour(Colour::MutedInk)
                                                                             : fieldBorder(true);
    };
    const QRectF up = subControlRect(CC_SpinBox, option, SC_SpinBoxUp, widget);
    const QRectF down = subControlRect(CC_SpinBox, option, SC_SpinBoxDown, widget);
    drawChevron(painter, up.center(), ink(QAbstractSpinBox::StepUpEnabled), true);
    drawChevron(painter, down.center(), ink(QAbstractSpinBox::StepDownEnabled));
}

void ConsoleStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
        if (element == PE_PanelButtonTool
            && !(option->state & (State_Sunken | State_On | State_MouseOver | State_HasFocus)))
            return;
        return drawButton(option, painter, widget);
    case PE_FrameDefaultButton:
        return;
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            roundedBox(painter, option->rect, {}, focusColour(), 2);
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            drawField(option, painter);
        return;
    case PE_FrameLineEdit:
        return drawField(option, painter);
    case PE_Frame:
        if (isTallField(widget))
            return drawField(option, painter);
        break;
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
        return drawIndicator(option, painter, element == PE_IndicatorRadioButton);
    case PE_PanelItemViewRow:
        return;
    case PE_PanelItemViewItem:
        if (option->state & State_Selected)
            painter->fillRect(option->rect, Theme::colour(Colour::Selection));
        return;
    case PE_PanelScrollAreaCorner:
        return painter->fillRect(option->rect, Theme::colour(Colour::Surface));
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, Theme::colour(Colour::Raised));
        painter->setPen(Theme::colour(Colour::Hairline));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void ConsoleStyle::drawHeader(const QStyleOption *option, QPainter *painter) const
{
    painter->fillRect(option->rect, Theme::colour(Colour::Surface));
    painter->setPen(Theme::colour(Colour::Hairline));
    painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (!header || header->text.isEmpty())
        return;
    constexpr int arrowRoom = 14;
    const bool sorted = header->sortIndicator != QStyleOptionHeader::None;
    const bool right = header->textAlignment & Qt::AlignRight;
    QRect label = header->rect.adjusted(spacing::s, 0, -spacing::s, 0);
    painter->setFont(Theme::font(Type::Caption));
    painter->setPen(Theme::colour(sorted ? Colour::Ink : Colour::MutedInk));
    const QString text = painter->fontMetrics().elidedText(
        header->text, Qt::ElideRight, label.width() - (sorted ? arrowRoom : 0));
    const Qt::Alignment place = Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft);
    painter->drawText(label, static_cast<int>(place), text);
    if (!sorted)
        return;
    // Beside the word, on its inner side, so that words stay aligned with the cells.
    const int word = painter->fontMetrics().horizontalAdvance(text);
    const int x = right ? label.right() - word - arrowRoom / 2 - spacing::xs
                        : label.left() + word + arrowRoom / 2 + spacing::xs / 2;
    drawChevron(painter, QPointF(x, label.center().y() + 1), Theme::colour(Colour::Ink),
        header->sortIndicator == QStyleOptionHeader::SortDown);
}

void ConsoleStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option); button && isPrimary(option)) {
            QStyleOptionButton copy(*button);
            const QColor text = isDestructive(widget) && Theme::scheme() == Theme::Scheme::Light
                ? Theme::colour(Colour::Surface)
                : Theme::colour(Colour::OnAccent);
            copy.palette.setColor(QPalette::ButtonText, text);
            return QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        break;
    case CE_Header:
    case CE_HeaderEmptyArea:
        return drawHeader(option, painter);
    case CE_ComboBoxLabel:
        if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            QStyleOptionComboBox copy(*box);
            const int room = subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget).width()
                - (box->currentIcon.isNull() ? 0 : box->iconSize.width() + spacing::xs);
            copy.currentText = box->fontMetrics.elidedText(box->currentText, Qt::ElideRight, room - spacing::xs);
            return QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        break;
    case CE_TabBarTab:
        return drawTab(option, painter);
    case CE_ProgressBar:
        return drawProgress(option, painter);
    case CE_Splitter:
        return painter->fillRect(option->rect, Theme::colour(Colour::Hairline));
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ConsoleStyle::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    painter->fillRect(option->rect, Theme::colour(Colour::Surface));
    QRect handle = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget).adjusted(2, 2, -2, -2);
    const bool active = option->state & (State_MouseOver | State_Sunken);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(Theme::colour(Colour::Hairline), Theme::colour(Colour::MutedInk), active ? 70 : 35));
    painter->drawRoundedRect(handle, 3, 3);
    painter->restore();
}

void ConsoleStyle::drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *) const
{
    drawField(option, painter);
    const Colour ink = option->state & State_Enabled ? Colour::MutedInk : Colour::Hairline;
    drawChevron(painter, QPointF(option->rect.right() - 14, option->rect.center().y() + 0.5), Theme::colour(ink));
}

void ConsoleStyle::drawToolButton(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (!button || !(button->features & QStyleOptionToolButton::HasMenu))
        return QProxyStyle::drawComplexControl(CC_ToolButton, option, painter, widget);
    QStyleOptionToolButton plain(*button);
    plain.features &= ~QStyleOptionToolButton::ToolButtonFeatures(QStyleOptionToolButton::HasMenu);
    if (plain.state & (State_Sunken | State_On | State_MouseOver | State_HasFocus))
        drawButton(&plain, painter, widget);
    plain.rect.adjust(0, 0, -menuRoom, 0);
    plain.state &= ~(State_Sunken | State_On | State_MouseOver | State_HasFocus | State_Raised);
    QProxyStyle::drawComplexControl(CC_ToolButton, &plain, painter, widget);
    drawChevron(painter, QPointF(option->rect.right() - menuRoom + 2, option->rect.center().y() + 1),
        Theme::colour(Colour::MutedInk));
}

void ConsoleStyle::drawTab(const QStyleOption *option, QPainter *painter) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab)
        return;
    const bool selected = tab->state & State_Selected;
    painter->save();
    painter->setFont(Theme::font(selected ? Type::BodyStrong : Type::Body));
    painter->setPen(Theme::colour(selected || (tab->state & State_MouseOver) ? Colour::Ink : Colour::MutedInk));
    const QRect word = tab->rect.adjusted(spacing::l, 0, -spacing::l, 0);
    painter->drawText(word, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic, tab->text);
    if (selected)
        painter->fillRect(word.left(), word.bottom() - 1, word.width(), 2, focusColour());
    painter->restore();
    if ((tab->state & State_HasFocus) && (tab->state & State_KeyboardFocusChange))
        roundedBox(painter, tab->rect.adjusted(2, 2, -2, -4), {}, focusColour(), 2);
}

void ConsoleStyle::drawProgress(const QStyleOption *option, QPainter *painter) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    if (!bar)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    const qreal corner = bar->rect.height() / 2.0;
    painter->setBrush(Theme::colour(Colour::Hairline));
    painter->drawRoundedRect(bar->rect, corner, corner);
    const int range = bar->maximum - bar->minimum;
    // Without a known end a third of the bar says that something goes on, without claiming how far.
    const int filled = range > 0 ? static_cast<int>(qint64(bar->rect.width()) * (bar->progress - bar->minimum) / range)
                                 : bar->rect.width() / 3;
    painter->setBrush(Theme::colour(Colour::Accent));
    if (filled > 0)
        painter->drawRoundedRect(
            QRect(bar->rect.topLeft(), QSize(qMax(filled, bar->rect.height()), bar->rect.height())), corner, corner);
    painter->restore();
}

void ConsoleStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ScrollBar:
        return drawScrollBar(option, painter, widget);
    case CC_ComboBox:
        return drawComboBox(option, painter, widget);
    case CC_ToolButton:
        return drawToolButton(option, painter, widget);
    case CC_SpinBox:
        return drawSpinBox(option, painter, widget);
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QSize ConsoleStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return {result.width() + spacing::m, qMax(result.height(), controlHeight)};
    case CT_ComboBox:
        return {result.width() + spacing::l, qMax(result.height(), controlHeight)};
    case CT_LineEdit:
    case CT_SpinBox:
        return {result.width(), qMax(result.height(), controlHeight)};
    case CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            button && (button->features & QStyleOptionToolButton::HasMenu))
            return {result.width() + menuRoom, result.height()};
        return result;
    case CT_TabBarTab:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            const QFontMetrics strong(Theme::font(Type::BodyStrong)); // so that nothing moves when it is chosen
            return {strong.size(Qt::TextShowMnemonic, tab->text).width() + 2 * spacing::l, 36};
        }
        return result;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && item->menuItemType == QStyleOptionMenuItem::Separator && item->text.isEmpty())
            return {result.width(), spacing::s + 1};
        return {result.width() + spacing::l, qMax(result.height(), 28)};
    default:
        return result;
    }
}

QRect ConsoleStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect result = QProxyStyle::subElementRect(element, option, widget);
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    return element == SE_LineEditContents && frame && frame->lineWidth > 0
        ? result.adjusted(textInset, 0, -textInset, 0)
        : result;
}

QRect ConsoleStyle::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    constexpr int chevronRoom = 28;
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return option->rect.adjusted(spacing::s, 2, -chevronRoom, -2);
    const QRect result = QProxyStyle::subControlRect(control, option, part, widget);
    return control == CC_SpinBox && part == SC_SpinBoxEditField ? result.adjusted(spacing::xs, 0, 0, 0) : result;
}

QIcon ConsoleStyle::standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const
{
    if (icon == SP_LineEditClearButton)
        return Theme::icon(u"edit-delete-remove"_s, Colour::MutedInk);
    return QProxyStyle::standardIcon(icon, option, widget);
}

int ConsoleStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return scrollBarWidth;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return spacing::s;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return spacing::m;
    case PM_HeaderMargin:
        return spacing::s;
    case PM_FocusFrameHMargin: // the inset of words in lists, one less
        return spacing::s - 1;
    case PM_FocusFrameVMargin:
        return spacing::xs;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_DefaultFrameWidth:
        return isTallField(widget) ? spacing::xs : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_SplitterWidth:
        return 1;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ConsoleStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
        return 0;
    case SH_Menu_SupportsSections:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace ui

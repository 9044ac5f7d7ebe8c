// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/emptystate.h"

#include "ui/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this))
{
    constexpr int readableWidth = 420;
    for (QLabel *label : {m_title, m_text})
        label->setTextFormat(Qt::PlainText);
    m_title->setFont(Theme::font(Type::Section));
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_text->setFixedWidth(readableWidth);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_icon->setAlignment(Qt::AlignCenter);
    m_action->setObjectName(u"emptyAction"_s);
    m_action->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(spacing::m);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addWidget(m_title);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::setContent(const QString &icon, const QString &title, const QString &text, const QString &action)
{
    constexpr int iconSize = 44;
    m_icon->setPixmap(Theme::icon(icon, Colour::MutedInk).pixmap(iconSize, iconSize));
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    if (!text.isEmpty()) // a centred label is not asked for its height, and an empty one has none
        m_text->setFixedHeight(m_text->heightForWidth(m_text->width()));
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
}

} // namespace ui

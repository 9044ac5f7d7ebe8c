// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rawanswer.h"

#include "ui/accessibleroles.h"
#include "ui/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

RawAnswer::RawAnswer(QWidget *parent)
    : QWidget(parent)
    , m_fold(new QToolButton(this))
    , m_copy(new QToolButton(this))
{
    m_fold->setObjectName(u"rawAnswerButton"_s);
    makeDisclosure(m_fold);
    m_fold->setAutoRaise(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    m_fold->setFont(Theme::font(Type::Section));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setText(tr("Copy"));
    m_copy->setAutoRaise(true);
    m_copy->setFocusPolicy(Qt::StrongFocus);
    auto *row = new QHBoxLayout;
    row->addWidget(m_fold);
    row->addStretch();
    row->addWidget(m_copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addLayout(row);
    connect(m_fold, &QToolButton::toggled, this, &RawAnswer::showState);
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_json); });
    showState();
}

void RawAnswer::setText(const QString &title, const QString &json)
{
    m_json = json;
    m_fold->setText(title);
    m_copy->setAccessibleName(tr("Copy: %1").arg(title));
    setVisible(!json.isEmpty());
    showState();
}

void RawAnswer::showState()
{
    constexpr int textHeight = 280;
    const bool open = m_fold->isChecked();
    m_fold->setIcon(Theme::icon(open ? u"go-down"_s : u"go-next"_s, Colour::MutedInk));
    m_copy->setVisible(open);
    if (open && !m_text) {
        m_text = new QPlainTextEdit(this);
        m_text->setObjectName(u"rawAnswer"_s);
        m_text->setReadOnly(true);
        m_text->setFont(Theme::font(Type::Mono));
        m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
        m_text->setFixedHeight(textHeight);
        layout()->addWidget(m_text);
    }
    if (!m_text)
        return;
    m_text->setAccessibleName(m_fold->text());
    m_text->setVisible(open);
    if (open && m_text->toPlainText() != m_json)
        m_text->setPlainText(m_json);
}

} // namespace ui

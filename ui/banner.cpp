// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/banner.h"

#include "ui/announcement.h"
#include "ui/fadein.h"
#include "ui/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

models::StatusTone toneOf(Banner::Kind kind)
{
    switch (kind) {
    case Banner::Kind::Info:
        return models::StatusTone::InProgress;
    case Banner::Kind::Warning:
        return models::StatusTone::Waiting;
    case Banner::Kind::Error:
        return models::StatusTone::Failed;
    }
    Q_UNREACHABLE();
}

QString signOf(Banner::Kind kind)
{
    return kind == Banner::Kind::Info ? u"ℹ"_s : u"⚠"_s;
}

} // namespace

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_copy(new QPushButton(tr("Copy details"), this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window); // a page's own role would be inherited, and its ground be painted
    setObjectName(u"banner"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setObjectName(u"bannerText"_s);
    m_action->setObjectName(u"bannerAction"_s);
    m_action->setAutoDefault(false);
    m_copy->setAutoDefault(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::m, spacing::s, spacing::m, spacing::s);
    row->setSpacing(spacing::s);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    row->addWidget(m_text, 1);
    row->addWidget(m_action, 0, Qt::AlignVCenter);
    row->addWidget(m_copy, 0, Qt::AlignVCenter);
    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_text->text() + u'\n' + m_details); });
    hide();
}

void Banner::showMessage(Kind kind, const QString &text, const QString &details, const QString &action)
{
    m_kind = kind;
    takeColours();
    m_icon->setText(signOf(kind));
    m_icon->setAccessibleName(kind == Kind::Info ? tr("Note") : tr("Warning"));
    const bool isNew = m_text->text() != text || isHidden();
    m_text->setText(text);
    m_details = details;
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_copy->setVisible(!details.isEmpty());
    setAccessibleName(text);
    if (isHidden()) {
        show();
        fadeIn(this);
    }
    if (isNew)
        Announcement::say(this, text);
}

void Banner::takeColours()
{
    const ToneColours colours = Theme::tone(toneOf(m_kind));
    QPalette colouring = palette();
    colouring.setColor(QPalette::Window, colours.ground);
    colouring.setColor(QPalette::WindowText, colours.ink);
    colouring.setColor(QPalette::Text, colours.ink);
    setPalette(colouring);
}

bool Banner::event(QEvent *event)
{
    if (event->type() == Theme::changeEvent() && !isHidden())
        takeColours();
    return QFrame::event(event);
}

void Banner::makeClosable()
{
    auto *close = new QToolButton(this);
    close->setObjectName(u"bannerClose"_s);
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    close->setIcon(Theme::icon(u"edit-delete-remove"_s, Colour::MutedInk));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(close->toolTip());
    layout()->addWidget(close);
    connect(close, &QToolButton::clicked, this, &Banner::clear);
}

void Banner::clear()
{
    m_text->clear();
    m_details.clear();
    hide();
}

QString Banner::text() const
{
    return m_text->text();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation.h"

#include "models/recordtables.h"
#include "ui/navigationbutton.h"
#include "ui/theme.h"

#include <QButtonGroup>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int collapsedWidth = 56;

QString pageIcon(models::RecordKind kind)
{
    switch (kind) {
    case models::RecordKind::Transaction:
        return u"reverse"_s;
    case models::RecordKind::Customer:
        return u"user-others"_s;
    case models::RecordKind::Payout:
        return u"view-bank"_s;
    case models::RecordKind::OutboxEntry:
        return u"edit-undo"_s;
    }
    Q_UNREACHABLE();
}

QString buttonName(models::RecordKind kind)
{
    switch (kind) {
    case models::RecordKind::Transaction:
        return u"transactionsButton"_s;
    case models::RecordKind::Customer:
        return u"customersButton"_s;
    case models::RecordKind::Payout:
        return u"payoutsButton"_s;
    case models::RecordKind::OutboxEntry:
        return u"refundsButton"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

QString pageTitle(models::RecordKind kind)
{
    switch (kind) {
    case models::RecordKind::Transaction:
        return Navigation::tr("Transactions");
    case models::RecordKind::Customer:
        return Navigation::tr("Customers");
    case models::RecordKind::Payout:
        return Navigation::tr("Payouts");
    case models::RecordKind::OutboxEntry:
        return Navigation::tr("Refunds");
    }
    Q_UNREACHABLE();
}

Navigation::Navigation(QWidget *parent)
    : QWidget(parent)
    , m_buttons(new QButtonGroup(this))
    , m_collapse(new QToolButton(this))
{
    setObjectName(u"navigation"_s);
    setAccessibleName(tr("Pages"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::s, spacing::m, spacing::s, spacing::s);
    column->setSpacing(spacing::xs);
    int number = 0;
    for (const models::RecordKind kind : models::allRecordKinds) {
        auto *button = new NavigationButton(pageTitle(kind), pageIcon(kind), this);
        button->setObjectName(buttonName(kind));
        button->setToolTip(tr("%1 (Alt+%2)").arg(pageTitle(kind)).arg(++number));
        m_buttons->addButton(button, static_cast<int>(kind));
        column->addWidget(button);
    }
    column->addStretch();
    m_collapse->setObjectName(u"collapseButton"_s);
    m_collapse->setAutoRaise(true);
    m_collapse->setFixedSize(32, 32);
    column->addWidget(m_collapse);
    connect(m_buttons, &QButtonGroup::idClicked, this,
        [this](int id) { emit chosen(static_cast<models::RecordKind>(id)); });
    connect(m_collapse, &QToolButton::clicked, this, [this] {
        setCollapsed(!isCollapsed());
        emit collapsedChanged(isCollapsed());
    });
    setCollapsed(false);
}

void Navigation::setCurrent(models::RecordKind kind)
{
    m_buttons->button(static_cast<int>(kind))->setChecked(true);
}

void Navigation::setNeedsPerson(int count)
{
    auto *button = static_cast<NavigationButton *>(
        m_buttons->button(static_cast<int>(models::RecordKind::OutboxEntry)));
    button->setCount(count);
    button->setAccessibleName(count == 0 ? button->text() : tr("%1, %2 need a person").arg(button->text()).arg(count));
}

bool Navigation::isCollapsed() const
{
    return width() == collapsedWidth;
}

void Navigation::setCollapsed(bool collapsed)
{
    setFixedWidth(collapsed ? collapsedWidth : metrics::navigationWidth);
    resize(collapsed ? collapsedWidth : metrics::navigationWidth, height());
    const QString what = collapsed ? tr("Show the names of the pages") : tr("Show icons only");
    m_collapse->setIcon(
        Theme::icon(collapsed ? u"sidebar-expand-left"_s : u"sidebar-collapse-left"_s, Colour::MutedInk));
    m_collapse->setToolTip(what);
    m_collapse->setAccessibleName(what);
}

void Navigation::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Theme::colour(Colour::Hairline));
    painter.drawLine(rect().topRight(), rect().bottomRight());
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation.h"

#include "models/plurals.h"
#include "ui/navigationbutton.h"
#include "ui/theme.h"

#include <QButtonGroup>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int collapsedWidth = 56;

} // namespace

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
    for (const Page page : allPages) {
        auto *button = new NavigationButton(pageTitle(page), pageIcon(page), this);
        button->setObjectName(pageName(page) + u"Button"_s);
        button->setToolTip(tr("%1 (Alt+%2)").arg(pageTitle(page)).arg(++number));
        button->setAccessibleDescription(tr("Alt+%1").arg(number));
        m_buttons->addButton(button, static_cast<int>(page));
        column->addWidget(button);
    }
    column->addStretch();
    m_collapse->setObjectName(u"collapseButton"_s);
    m_collapse->setAutoRaise(true);
    m_collapse->setFixedSize(32, 32);
    column->addWidget(m_collapse);
    connect(m_buttons, &QButtonGroup::idClicked, this, [this](int id) { emit chosen(static_cast<Page>(id)); });
    connect(m_collapse, &QToolButton::clicked, this, [this] {
        setCollapsed(!isCollapsed());
        emit collapsedChanged(isCollapsed());
    });
    setCollapsed(false);
}

void Navigation::setCurrent(Page page)
{
    m_buttons->button(static_cast<int>(page))->setChecked(true);
}

void Navigation::setNeedsPerson(Page page, int count)
{
    auto *button = static_cast<NavigationButton *>(m_buttons->button(static_cast<int>(page)));
    button->setCount(count);
    button->setAccessibleName(count == 0
            ? button->text()
            : models::counted(count, tr("%2, 1 needs a person"), tr("%2, %1 need a person")).arg(button->text()));
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

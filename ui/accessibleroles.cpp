// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accessibleroles.h"

#include "ui/announcement.h"
#include "ui/navigation.h"
#include "ui/navigationbutton.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr const char *disclosureProperty = "disclosure";

//! A button in another role than Qt would give it, which can be pressed all the same.
class PressableInterface : public QAccessibleWidget
{
public:
    PressableInterface(QAbstractButton *button, QAccessible::Role role)
        : QAccessibleWidget(button, role)
        , m_button(button)
    {
    }

    QStringList actionNames() const override { return QStringList{pressAction()} + QAccessibleWidget::actionNames(); }
    void doAction(const QString &name) override
    {
        if (name == pressAction())
            m_button->click();
        else
            QAccessibleWidget::doAction(name);
    }

protected:
    const QAbstractButton &button() const { return *m_button; }

private:
    QAbstractButton *m_button;
};

//! One of the pages, chosen as a tab is; a checkable button alone would be taken for a check box.
class PageButtonInterface : public PressableInterface
{
public:
    explicit PageButtonInterface(NavigationButton *button)
        : PressableInterface(button, QAccessible::PageTab)
    {
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.selectable = true;
        state.selected = button().isChecked();
        return state;
    }
};

//! Opens what is below it: not a check box, for nothing is chosen.
class DisclosureInterface : public PressableInterface
{
public:
    explicit DisclosureInterface(QAbstractButton *button)
        : PressableInterface(button, QAccessible::Button)
    {
    }

    QString text(QAccessible::Text what) const override
    {
        const QString said = QAccessibleWidget::text(what);
        return what == QAccessible::Name && said.isEmpty() ? button().text().remove(u'&') : said;
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.expandable = true;
        state.expanded = button().isChecked();
        state.collapsed = !button().isChecked();
        return state;
    }
};

QAccessibleInterface *consoleInterface(const QString &className, QObject *object)
{
    if (className == "ui::Announcement"_L1)
        return new QAccessibleWidget(static_cast<Announcement *>(object), QAccessible::Notification);
    if (className == "ui::NavigationButton"_L1)
        return new PageButtonInterface(static_cast<NavigationButton *>(object));
    if (className == "QToolButton"_L1 && object->property(disclosureProperty).toBool())
        return new DisclosureInterface(static_cast<QToolButton *>(object));
    if (className == "ui::Navigation"_L1)
        return new QAccessibleWidget(static_cast<Navigation *>(object), QAccessible::PageTabList);
    // The pages of a stack are no panes on each other: only one is there. Its own role would be read at each change.
    if (className == "QStackedWidget"_L1)
        return new QAccessibleWidget(static_cast<QStackedWidget *>(object), QAccessible::Client);
    return nullptr;
}

} // namespace

void installAccessibleRoles()
{
    QAccessible::installFactory(&consoleInterface);
}

void makeDisclosure(QAbstractButton *button)
{
    button->setProperty(disclosureProperty, true);
    button->setCheckable(true);
    QObject::connect(button, &QAbstractButton::toggled, button, [button] {
        QAccessible::State changed;
        changed.expanded = true;
        QAccessibleStateChangeEvent event(button, changed);
        QAccessible::updateAccessibility(&event);
    });
}

} // namespace ui

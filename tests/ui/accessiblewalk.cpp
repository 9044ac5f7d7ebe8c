// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/accessiblewalk.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QHash>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QMetaEnum>
#include <QRadioButton>
#include <QRegularExpression>
#include <QTabBar>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int mostChildren = 200;

QString nodeLine(const QAccessibleInterface *node)
{
    const QString role = QString::fromLatin1(QMetaEnum::fromType<QAccessible::Role>().valueToKey(node->role()));
    const QObject *object = node->object();
    const QString where = object
        ? u" %1 (%2)"_s.arg(object->objectName(), QString::fromLatin1(object->metaObject()->className()))
        : QString();
    return u"%1 “%2”%3"_s.arg(role, node->text(QAccessible::Name), where);
}

bool hasMnemonic(const QString &name)
{
    static const QRegularExpression mnemonic(u"&\\w"_s);
    return mnemonic.match(name).hasMatch();
}

bool isPart(const QAccessibleInterface *node)
{
    const QObject *object = node->object();
    return object && (object->inherits("QTableCornerButton") || object->inherits("QLineEditIconButton"));
}

void lookAt(QAccessibleInterface *node, QStringList &problems)
{
    const QAccessible::State state = node->state();
    if (isPart(node))
        return;
    const QString name = node->text(QAccessible::Name).trimmed();
    const QAccessible::Role role = node->role();
    const bool isControl = role == QAccessible::Button || role == QAccessible::ProgressBar
        || role == QAccessible::ColumnHeader || role == QAccessible::PageTab;
    const bool mayBeEmpty = role == QAccessible::Cell || role == QAccessible::TreeItem
        || role == QAccessible::StaticText;
    if (name.isEmpty() && !mayBeEmpty && ((state.focusable && !state.disabled) || isControl))
        problems << u"no name: "_s + nodeLine(node);
    // The name of a box is what is chosen in it; what it is for is its label's or its description's to say.
    if (role == QAccessible::ComboBox && node->relations(QAccessible::Label).isEmpty()
        && node->text(QAccessible::Description).isEmpty())
        problems << u"no label: "_s + nodeLine(node);
    if (hasMnemonic(name))
        problems << u"mnemonic in the name: "_s + nodeLine(node);
    if (name.contains(u'/') && name.endsWith(u".svg"_s))
        problems << u"a file as the name: "_s + nodeLine(node);
}

void walk(QAccessibleInterface *node, QStringList &problems)
{
    if (!node || !node->isValid() || node->state().invisible)
        return;
    lookAt(node, problems);
    for (int child = 0; child < qMin(node->childCount(), mostChildren); ++child)
        walk(node->child(child), problems);
}

} // namespace

QString widgetLine(const QWidget &widget)
{
    const QAccessibleInterface *node = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(&widget));
    return node ? nodeLine(node) : widget.objectName();
}

QStringList accessibleProblems(QWidget &window)
{
    QStringList problems;
    walk(QAccessible::queryAccessibleInterface(&window), problems);
    problems.removeDuplicates();
    return problems;
}

QStringList mnemonicClashes(QWidget &window)
{
    QHash<QString, QStringList> claims;
    const auto claim = [&claims](const QString &text) {
        if (const QKeySequence keys = QKeySequence::mnemonic(text); !keys.isEmpty())
            claims[keys.toString()] << text;
    };
    for (const auto *button : window.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->isEnabled())
            claim(button->text());
    }
    for (const auto *label : window.findChildren<QLabel *>()) {
        if (label->isVisible() && label->buddy() && label->buddy()->isVisible() && label->buddy()->isEnabled())
            claim(label->text());
    }
    for (const auto *tabs : window.findChildren<QTabBar *>()) {
        for (int tab = 0; tabs->isVisible() && tab < tabs->count(); ++tab)
            claim(tabs->tabText(tab));
    }
    QStringList clashes;
    for (auto each = claims.cbegin(); each != claims.cend(); ++each) {
        if (each->size() > 1)
            clashes << each.key() + u": "_s + each->join(u" / "_s);
    }
    return clashes;
}

QList<QWidget *> tabOrder(QWidget &window)
{
    constexpr qsizetype most = 200;
    QList<QWidget *> order;
    while (order.size() < most && window.focusWidget() && !order.contains(window.focusWidget())) {
        order << window.focusWidget();
        QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
    }
    return order;
}

QStringList backwardsByTab(QWidget &window)
{
    const auto placeOf = [&window](
                             const QWidget *widget) { return QRect(widget->mapTo(&window, QPoint()), widget->size()); };
    const QList<QWidget *> order = tabOrder(window);
    QStringList steps;
    for (qsizetype each = 0; each < order.size(); ++each) {
        const QWidget *from = order.at(each);
        const QWidget *to = order.at((each + 1) % order.size());
        const QRect before = placeOf(from);
        const QRect after = placeOf(to);
        const bool sharesColumn = before.left() <= after.right() && after.left() <= before.right();
        if (sharesColumn && after.bottom() < before.top())
            steps << widgetLine(*from) + u" -> "_s + widgetLine(*to);
    }
    return steps.size() > 1 ? steps : QStringList();
}

QStringList skippedByTab(QWidget &window)
{
    QStringList skipped;
    for (const auto *button : window.findChildren<QAbstractButton *>()) {
        const bool isOwn = button->inherits("QTableCornerButton") || button->inherits("QLineEditIconButton")
            || button->parentWidget()->inherits("QTabBar") || button->parentWidget()->inherits("QToolBar");
        if (!isOwn && button->window() == &window && button->isVisible() && button->isEnabled()
            && !(button->focusPolicy() & Qt::TabFocus))
            skipped << widgetLine(*button);
    }
    return skipped;
}

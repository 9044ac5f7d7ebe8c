// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/coveragefield.h"

#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QLabel>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

enum TreeColumn { TitleColumn, NameColumn };
enum ItemRole { WordRole = Qt::UserRole }; //!< the API's word for the category or the event

using Scope = api::SubscriptionScope;

QString wordOf(const QTreeWidgetItem *item)
{
    return item->data(TitleColumn, WordRole).toString();
}

QList<QTreeWidgetItem *> childrenOf(const QTreeWidgetItem *parent)
{
    QList<QTreeWidgetItem *> children;
    for (int row = 0; row < parent->childCount(); ++row)
        children.append(parent->child(row));
    return children;
}

} // namespace

CoverageField::CoverageField(QWidget *parent)
    : QWidget(parent)
    , m_everything(new QRadioButton(tr("&Everything, also events that Link Money adds later"), this))
    , m_some(new QRadioButton(tr("&Only these:"), this))
    , m_tree(new QTreeWidget(this))
    , m_meaning(captionLabel({}, this))
{
    build();
    fillTree();
    m_everything->setChecked(true);
    showState();
}

void CoverageField::build()
{
    m_everything->setObjectName(u"everythingButton"_s);
    m_some->setObjectName(u"someButton"_s);
    m_tree->setObjectName(u"eventTree"_s);
    m_tree->setAccessibleName(tr("Events"));
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setMinimumHeight(220);
    m_meaning->setObjectName(u"eventMeaning"_s);
    m_meaning->setMinimumHeight(m_meaning->fontMetrics().lineSpacing() * 3);
    m_meaning->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    column->addWidget(m_everything);
    column->addWidget(m_some);
    column->addWidget(m_tree, 1);
    column->addWidget(m_meaning);
    connect(m_everything, &QRadioButton::toggled, this, [this] {
        showState();
        emit changed();
    });
    connect(m_tree, &QTreeWidget::itemChanged, this, &CoverageField::changed);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &CoverageField::explain);
}

void CoverageField::fillTree()
{
    for (const models::EventType &type : models::eventTypes(models::WebhookFamily::PayByBank)) {
        const QString category = models::eventCategoryWord(type.category);
        QTreeWidgetItem *parent = nullptr;
        for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
            if (wordOf(m_tree->topLevelItem(row)) == category)
                parent = m_tree->topLevelItem(row);
        }
        if (!parent) {
            parent = new QTreeWidgetItem(m_tree, {models::eventCategoryText(type.category)});
            parent->setData(TitleColumn, WordRole, category);
            parent->setFlags(parent->flags() | Qt::ItemIsAutoTristate | Qt::ItemIsUserCheckable);
        }
        const QString name = QString::fromLatin1(type.name);
        auto *item = new QTreeWidgetItem(parent, {models::eventTitle(name), name});
        item->setData(TitleColumn, WordRole, name);
        item->setFont(NameColumn, Theme::font(Type::Mono));
        item->setCheckState(TitleColumn, Qt::Unchecked);
    }
    m_tree->expandAll();
    m_tree->resizeColumnToContents(TitleColumn);
}

void CoverageField::limitTo(const api::SubscriptionScope &scope, const QString &everything)
{
    m_everything->setText(everything);
    const QStringList offered = models::coveredEvents(scope);
    for (int row = m_tree->topLevelItemCount() - 1; row >= 0; --row) {
        QTreeWidgetItem *category = m_tree->topLevelItem(row);
        for (QTreeWidgetItem *event : childrenOf(category)) {
            if (!offered.contains(wordOf(event)))
                delete event;
        }
        if (category->childCount() == 0)
            delete category;
    }
}

api::SubscriptionScope CoverageField::scope() const
{
    if (m_everything->isChecked())
        return {};
    QStringList categories;
    QStringList events;
    bool wholeCategories = true;
    for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *category = m_tree->topLevelItem(row);
        if (category->checkState(TitleColumn) == Qt::Checked)
            categories.append(wordOf(category));
        wholeCategories = wholeCategories && category->checkState(TitleColumn) != Qt::PartiallyChecked;
        for (const QTreeWidgetItem *event : childrenOf(category)) {
            if (event->checkState(TitleColumn) == Qt::Checked)
                events.append(wordOf(event));
        }
    }
    return wholeCategories ? Scope{.type = Scope::Type::Category, .details = categories}
                           : Scope{.type = Scope::Type::Event, .details = events};
}

void CoverageField::setScope(const api::SubscriptionScope &scope)
{
    {
        const QSignalBlocker quiet(m_tree);
        const QStringList covered = models::coveredEvents(scope);
        for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
            for (QTreeWidgetItem *event : childrenOf(m_tree->topLevelItem(row)))
                event->setCheckState(TitleColumn, covered.contains(wordOf(event)) ? Qt::Checked : Qt::Unchecked);
        }
    }
    (scope.type == Scope::Type::All ? m_everything : m_some)->setChecked(true);
    showState();
    emit changed();
}

void CoverageField::showState()
{
    m_tree->setEnabled(m_some->isChecked());
    if (m_some->isChecked() && !m_tree->currentItem())
        m_tree->setCurrentItem(m_tree->topLevelItem(0));
    explain(m_some->isChecked() ? m_tree->currentItem() : nullptr);
}

void CoverageField::explain(const QTreeWidgetItem *item)
{
    const bool isEvent = item && item->parent();
    m_meaning->setText(isEvent
            ? tr("%1 %2", "meaning, advice").arg(models::eventMeaning(wordOf(item)), models::eventAdvice(wordOf(item)))
            : QString());
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/linkspage.h"

#include "models/aggregation.h"
#include "ui/emptystate.h"
#include "ui/filterbar.h"
#include "ui/inspectorsplitter.h"
#include "ui/linkinspector.h"
#include "ui/listfailurebanner.h"
#include "ui/pages.h"
#include "ui/recordtable.h"
#include "ui/theme.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

LinksPage::LinksPage(const Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(workspace.ledger, models::RecordKind::PayLink)
{
    build();
    wire();
    addActions();
    showState();
}

void LinksPage::build()
{
    setObjectName(u"linksPage"_s);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    buildTable();
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(m_stack, 1);
    m_splitter = new InspectorSplitter(m_workspace.profiles, left, this);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_splitter);
}

QWidget *LinksPage::buildHead()
{
    auto *head = new QWidget(this);
    auto *title = new QLabel(pageTitle(Page::Links), head);
    title->setFont(Theme::font(Type::Title));
    m_file = new QPushButton(tr("From a &file…"), head);
    m_file->setObjectName(u"linksFromFileButton"_s);
    m_file->setIcon(Theme::icon(u"document-import"_s, Colour::MutedInk));
    m_file->setToolTip(tr("Make one link per line of a CSV file, after a dry run"));
    m_file->setAutoDefault(false);
    m_fastLink = new QPushButton(tr("Link a &bank with FastLink…"), head);
    m_fastLink->setObjectName(u"fastLinkButton"_s);
    m_fastLink->setToolTip(tr("Account aggregation: a person links accounts that can then be read"));
    m_fastLink->setAutoDefault(false);
    m_new = new QPushButton(tr("&New pay link…"), head);
    m_new->setObjectName(u"newLinkButton"_s);
    m_new->setToolTip(tr("A link with which a customer pays or links a bank account (Ctrl+N)"));
    m_new->setDefault(true);
    m_filter = new FilterBar(m_model, head);
    auto *top = new QHBoxLayout;
    top->setSpacing(spacing::s);
    top->addWidget(title, 1);
    top->addWidget(m_fastLink);
    top->addWidget(m_file);
    top->addWidget(m_new);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(spacing::xl, spacing::l, spacing::xl, spacing::s);
    column->setSpacing(spacing::m);
    column->addLayout(top);
    column->addWidget(m_filter);
    column->addWidget(new ListFailureBanner(m_model, head));
    return head;
}

void LinksPage::buildTable()
{
    m_stack = new QStackedWidget(this);
    m_table = new RecordTable(m_model, this);
    m_table->setObjectName(u"linksTable"_s);
    m_table->setAccessibleName(tr("Pay links"));
    m_table->restoreLayoutState(m_workspace.profiles.viewSetting(u"links/columns"_s).toByteArray());
    m_empty = new EmptyState(this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_stack->setContentsMargins(spacing::l, 0, 0, 0); // cells then start under the title
    setFocusProxy(m_table);
}

void LinksPage::wire()
{
    connect(m_new, &QPushButton::clicked, this, &LinksPage::newRequested);
    connect(m_file, &QPushButton::clicked, this, &LinksPage::fileRequested);
    connect(m_fastLink, &QPushButton::clicked, this, &LinksPage::fastLinkRequested);
    if (m_workspace.aggregation)
        connect(m_workspace.aggregation, &models::Aggregation::settingsChanged, this, &LinksPage::showFastLink);
    showFastLink();
    connect(&m_model, &models::RecordTableModel::stateChanged, this, &LinksPage::showState);
    connect(
        m_table, &RecordTable::opened, this, [this](const models::RecordRef &ref) { showLink(ref.id.toLongLong()); });
    connect(m_table, &QAbstractItemView::clicked, this,
        [this](const QModelIndex &index) { showLink(m_model.keyAt(index.row())); });
    connect(m_table, &RecordTable::currentRefChanged, this, [this](const models::RecordRef &ref) {
        if (m_inspector && m_inspector->isVisible() && !ref.id.isEmpty())
            showLink(ref.id.toLongLong());
    });
    connect(m_table, &RecordTable::layoutStateChanged, this,
        [this] { m_workspace.profiles.setViewSetting(u"links/columns"_s, m_table->layoutState()); });
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_model.filter().trimmed().isEmpty())
            emit newRequested();
        else
            m_filter->clear();
    });
}

void LinksPage::addActions()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, Qt::ShortcutContext where,
                         const std::function<void()> &act) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(where);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
    };
    add(tr("Filter the rows"), QKeySequence::Find, Qt::WindowShortcut, [this] {
        m_filter->edit()->setFocus(Qt::ShortcutFocusReason);
        m_filter->edit()->selectAll();
    });
    add(tr("Close the details"), Qt::Key_Escape, Qt::WidgetWithChildrenShortcut, [this] { closeInspector(); });
}

void LinksPage::showState()
{
    const bool empty = m_model.state() == models::RecordTableModel::State::Ready && m_model.rowCount() == 0;
    if (empty)
        showEmptyState();
    m_stack->setCurrentWidget(empty ? static_cast<QWidget *>(m_empty) : m_table);
    selectWanted();
}

void LinksPage::showFastLink()
{
    m_fastLink->setVisible(m_workspace.aggregation && m_workspace.aggregation->isUsed());
}

void LinksPage::showEmptyState()
{
    if (m_model.problem())
        return m_empty->setContent(u"view-filter"_s, tr("This filter cannot be read"),
            tr("What is wrong with it stands below what is typed above."), tr("Clear filter"));
    if (!m_model.filter().trimmed().isEmpty())
        return m_empty->setContent(u"view-filter"_s, tr("No link matches this filter"),
            tr("Only links that were made with this console are here."), tr("Clear filter"));
    m_empty->setContent(u"link"_s, tr("No pay links yet"),
        tr("With a pay link a customer pays, links a bank account again, or proves whose account it is. Every link and "
           "what became of it can be followed here."),
        tr("New pay link…"));
}

void LinksPage::makeInspector()
{
    m_inspector = new LinkInspector(m_workspace, m_splitter);
    m_splitter->addInspector(m_inspector);
    connect(m_inspector, &LinkInspector::openRequested, this, &LinksPage::openRequested);
    connect(m_inspector, &LinkInspector::openHereRequested, this, &LinksPage::openHereRequested);
    connect(m_inspector, &LinkInspector::codeRequested, this, &LinksPage::codeRequested);
    connect(m_inspector, &LinkInspector::anotherRequested, this, &LinksPage::anotherRequested);
    connect(m_inspector, &LinkInspector::revealRequested, this, &LinksPage::revealRequested);
    connect(m_inspector, &LinkInspector::closeRequested, this, &LinksPage::closeInspector);
}

void LinksPage::showLink(qint64 key)
{
    if (!m_inspector)
        makeInspector();
    m_inspector->setLink(key);
    m_splitter->showInspector(m_inspector);
}

void LinksPage::openLink(qint64 key)
{
    m_wanted = key;
    showLink(key);
    selectWanted();
}

void LinksPage::setFilter(const QString &text)
{
    m_filter->setText(text);
}

void LinksPage::selectWanted()
{
    if (m_wanted == 0 || m_model.rowOfKey(m_wanted) < 0)
        return;
    m_table->selectKey(std::exchange(m_wanted, 0));
}

void LinksPage::closeInspector()
{
    if (!m_inspector || !m_inspector->isVisible())
        return;
    m_inspector->hide();
    m_table->setFocus();
}

} // namespace ui

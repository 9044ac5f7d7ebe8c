// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/refundspage.h"

#include "models/recordtables.h"
#include "ui/dialogpieces.h"
#include "ui/emptystate.h"
#include "ui/filterbar.h"
#include "ui/inspectorsplitter.h"
#include "ui/listfailurebanner.h"
#include "ui/outboxinspector.h"
#include "ui/pages.h"
#include "ui/queuedelegate.h"
#include "ui/recordtable.h"
#include "ui/theme.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int secondMs = 1000;

//! In the filter language, so that counting and windowing are those of every other table.
QString filterOf(RefundsPage::Group group)
{
    switch (group) {
    case RefundsPage::Group::NeedsYou:
        return u"needs:person"_s;
    case RefundsPage::Group::OnTheWay:
        return u"needs:time"_s;
    case RefundsPage::Group::Done:
        return u"needs:nothing"_s;
    case RefundsPage::Group::All:
        return {};
    }
    Q_UNREACHABLE();
}

} // namespace

RefundsPage::RefundsPage(const Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(workspace.ledger, models::RecordKind::OutboxEntry)
    , m_nextSteps(workspace.ledger, workspace.outbox, this)
{
    build();
    wire();
    showGroup(workspace.outbox.needsPerson() > 0 ? Group::NeedsYou : Group::All);
    showState();
}

void RefundsPage::build()
{
    setObjectName(u"refundsPage"_s);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *title = new QLabel(pageTitle(Page::Refunds), this);
    title->setFont(Theme::font(Type::Title));
    title->setMinimumHeight(metrics::controlHeight); // as high as a head with buttons
    auto *about = captionLabel(
        tr("Everything this console sends that moves money: refunds, payments, credits and cancellations."), this);
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(u"queueTabs"_s);
    m_tabs->setAccessibleName(tr("Which entries are shown"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const QString &name : {tr("Needs you"), tr("On the way"), tr("Done"), tr("All")})
        m_tabs->addTab(name);
    m_totals = new QLabel(this);
    m_totals->setObjectName(u"totals"_s);
    m_totals->setForegroundRole(QPalette::PlaceholderText);
    buildTable();

    auto *line = new QHBoxLayout;
    line->setContentsMargins(spacing::s, 0, spacing::xl, 0); // the first tab's word then stands under the title
    line->addWidget(m_tabs);
    line->addStretch();
    line->addWidget(m_totals);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(spacing::xl, spacing::l, spacing::xl, spacing::xs);
    head->setSpacing(spacing::xs);
    head->addWidget(title);
    head->addWidget(about);
    head->addWidget(new ListFailureBanner(m_model, this));
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addLayout(line);
    column->addWidget(m_stack, 1);
    m_splitter = new InspectorSplitter(m_workspace.profiles, left, this);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_splitter);
}

void RefundsPage::buildTable()
{
    m_stack = new QStackedWidget(this);
    m_table = new RecordTable(m_model, this);
    m_table->setObjectName(u"refundsTable"_s);
    m_table->setAccessibleName(tr("Refunds and other orders"));
    m_model.setSpokenAddition([this](qint64 key) { return m_nextSteps.text(key); });
    m_table->setItemDelegate(new QueueDelegate([this](qint64 key) { return m_nextSteps.text(key); }, m_table));
    m_table->verticalHeader()->setMinimumSectionSize(QueueDelegate::rowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(QueueDelegate::rowHeight);
    m_table->restoreLayoutState(m_workspace.profiles.viewSetting(u"refunds/columns"_s).toByteArray());
    m_empty = new EmptyState(this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_stack->setContentsMargins(spacing::l, 0, 0, 0); // cells then start under the title
    setFocusProxy(m_table);
}

void RefundsPage::wire()
{
    m_tick.setInterval(secondMs);
    connect(&m_tick, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    connect(m_tabs, &QTabBar::currentChanged, this, [this] { m_model.setFilter(filterOf(group())); });
    connect(&m_model, &models::RecordTableModel::stateChanged, this, &RefundsPage::showState);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &RefundsPage::tellVisible);
    connect(m_table, &RecordTable::visibleRowsChanged, this, &RefundsPage::tellVisible);
    connect(m_table, &RecordTable::currentRefChanged, this, [this](const models::RecordRef &ref) {
        if (m_inspector && m_inspector->isVisible() && !ref.id.isEmpty())
            showEntry(ref.id.toLongLong());
    });
    connect(m_table, &QAbstractItemView::clicked, this,
        [this](const QModelIndex &index) { showEntry(m_model.keyAt(index.row())); });
    connect(
        m_table, &RecordTable::opened, this, [this](const models::RecordRef &ref) { showEntry(ref.id.toLongLong()); });
    connect(m_table, &RecordTable::layoutStateChanged, this,
        [this] { m_workspace.profiles.setViewSetting(u"refunds/columns"_s, m_table->layoutState()); });
    connect(&m_nextSteps, &NextSteps::changed, this, [this] {
        m_nextSteps.countsDown() ? m_tick.start() : m_tick.stop();
        m_table->viewport()->update();
    });
    connect(&m_workspace.outbox, &models::Outbox::needsPersonChanged, this, &RefundsPage::showTabs);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] { showGroup(Group::All); });
    auto *escape = new QAction(tr("Close the details"), this);
    escape->setShortcut(Qt::Key_Escape);
    escape->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QAction::triggered, this, &RefundsPage::closeInspector);
    addAction(escape);
}

RefundsPage::Group RefundsPage::group() const
{
    return static_cast<Group>(m_tabs->currentIndex());
}

void RefundsPage::showGroup(Group group)
{
    m_tabs->setCurrentIndex(static_cast<int>(group));
    m_model.setFilter(filterOf(group));
}

void RefundsPage::openEntry(qint64 key)
{
    m_wanted = key;
    showGroup(Group::All);
    showEntry(key);
    selectWanted();
}

void RefundsPage::selectWanted()
{
    if (m_wanted == 0 || m_model.rowOfKey(m_wanted) < 0)
        return;
    m_table->selectKey(std::exchange(m_wanted, 0));
}

void RefundsPage::tellVisible()
{
    QList<qint64> keys;
    const int first = qMax(0, m_table->rowAt(0));
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    for (int row = first; row <= (last < 0 ? m_model.rowCount() - 1 : last); ++row)
        keys.append(m_model.keyAt(row));
    m_nextSteps.show(keys);
}

void RefundsPage::showState()
{
    const bool failed = m_model.state() == models::RecordTableModel::State::Failed;
    const bool empty = m_model.state() == models::RecordTableModel::State::Ready && m_model.rowCount() == 0;
    if (empty)
        showEmptyState();
    m_stack->setCurrentWidget(empty ? static_cast<QWidget *>(m_empty) : m_table);
    m_totals->setText(failed ? QString() : totalsText(m_model.totals(), locale()));
    showTabs();
    selectWanted();
}

void RefundsPage::showTabs()
{
    const int count = m_workspace.outbox.needsPerson();
    m_tabs->setTabText(static_cast<int>(Group::NeedsYou),
        count == 0 ? tr("Needs you") : tr("Needs you  %1").arg(locale().toString(count)));
}

void RefundsPage::showEmptyState()
{
    const QString showAll = tr("Show all");
    switch (group()) {
    case Group::NeedsYou:
        return m_empty->setContent(u"edit-undo"_s, tr("Nothing needs you"),
            tr("Refunds that were refused, whose outcome is unknown, or that wait after a restart appear here."),
            showAll);
    case Group::OnTheWay:
        return m_empty->setContent(u"edit-undo"_s, tr("Nothing is on its way"),
            tr("A refund is here during its countdown and until Link Money has answered."), showAll);
    case Group::Done:
        return m_empty->setContent(u"edit-undo"_s, tr("Nothing is done yet"),
            tr("Accepted refunds and those that were taken back appear here."), showAll);
    case Group::All:
        return m_empty->setContent(u"edit-undo"_s, tr("No refunds yet"),
            tr("Open a payment that succeeded and press Refund. Every step of it can be followed here."));
    }
}

void RefundsPage::showEntry(qint64 key)
{
    if (!m_inspector) {
        m_inspector = new OutboxInspector(m_workspace, m_splitter);
        m_splitter->addInspector(m_inspector);
        connect(m_inspector, &OutboxInspector::openRequested, this, &RefundsPage::openRequested);
        connect(m_inspector, &OutboxInspector::refundRequested, this, &RefundsPage::refundRequested);
        connect(m_inspector, &OutboxInspector::closeRequested, this, &RefundsPage::closeInspector);
    }
    m_inspector->setEntry(key);
    m_splitter->showInspector(m_inspector);
}

void RefundsPage::closeInspector()
{
    if (!m_inspector || !m_inspector->isVisible())
        return;
    m_inspector->hide();
    m_table->setFocus();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recordpage.h"

#include "models/aggregationuser.h"
#include "models/lookups.h"
#include "models/refresher.h"
#include "ui/columnchooser.h"
#include "ui/emptystate.h"
#include "ui/filterbar.h"
#include "ui/inspector.h"
#include "ui/inspectorsplitter.h"
#include "ui/listfailurebanner.h"
#include "ui/pages.h"
#include "ui/recordtable.h"
#include "ui/skeleton.h"
#include "ui/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int showingPauseMs = 300; //!< while scrolling, what flies past is not asked for
constexpr int savingPauseMs = 500;

//! Stable: used for settings and object names.
QString kindName(models::RecordKind kind)
{
    switch (kind) {
    case models::RecordKind::Transaction:
        return u"transactions"_s;
    case models::RecordKind::Customer:
        return u"customers"_s;
    case models::RecordKind::Payout:
        return u"payouts"_s;
    case models::RecordKind::OutboxEntry:
        return u"outbox"_s;
    case models::RecordKind::Event:
        return u"events"_s;
    case models::RecordKind::PayLink:
        return u"links"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

RecordPage::RecordPage(const Workspace &workspace, models::RecordKind kind, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_kind(kind)
    , m_model(workspace.ledger, kind)
{
    build();
    wire();
    addActions();
    showState();
}

void RecordPage::build()
{
    setObjectName(kindName(m_kind) + u"Page"_s);
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

QWidget *RecordPage::buildHead()
{
    auto *head = new QWidget(this);
    auto *title = new QLabel(pageTitle(pageOf(m_kind)), head);
    title->setFont(Theme::font(Type::Title));
    m_columns = new QToolButton(head);
    m_columns->setObjectName(u"columnsButton"_s);
    m_columns->setText(tr("Columns"));
    m_columns->setIcon(Theme::icon(u"view-file-columns"_s, Colour::MutedInk));
    m_columns->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_columns->setAutoRaise(true);
    m_columns->setFixedHeight(metrics::controlHeight);
    m_columns->setFocusPolicy(Qt::StrongFocus);
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_columns->setMenu(new ColumnChooser(m_table, m_columns));
    m_import = new QPushButton(tr("&Import ids…"), head);
    m_import->setObjectName(u"importButton"_s);
    m_import->setIcon(Theme::icon(u"document-import"_s, Colour::MutedInk));
    m_import->setToolTip(
        tr("Look up the ids of a file or list (Ctrl+I). Files can be dropped anywhere on the window."));
    m_import->setAutoDefault(false);
    m_filter = new FilterBar(m_model, head);
    m_head = new QHBoxLayout;
    m_head->setSpacing(spacing::s);
    m_head->addWidget(title, 1);
    m_head->addWidget(m_columns);
    m_head->addWidget(m_import);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(spacing::xl, spacing::l, spacing::xl, spacing::s);
    column->setSpacing(spacing::m);
    column->addLayout(m_head);
    column->addWidget(m_filter);
    column->addWidget(new ListFailureBanner(m_model, head));
    return head;
}

void RecordPage::buildTable()
{
    m_stack = new QStackedWidget(this);
    m_table = new RecordTable(m_model, this);
    m_table->setObjectName(kindName(m_kind) + u"Table"_s);
    m_table->setAccessibleName(pageTitle(pageOf(m_kind)));
    m_table->restoreLayoutState(m_workspace.profiles.viewSetting(columnsSetting()).toByteArray());
    m_skeleton = new Skeleton(this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_skeleton);
    m_stack->setContentsMargins(spacing::l, 0, 0, 0); // cells then start under the title
    setFocusProxy(m_table);
}

void RecordPage::wire()
{
    m_showing.setSingleShot(true);
    m_showing.setInterval(showingPauseMs);
    m_saving.setSingleShot(true);
    m_saving.setInterval(savingPauseMs);
    connect(&m_showing, &QTimer::timeout, this, &RecordPage::tellShowing);
    connect(&m_saving, &QTimer::timeout, this, &RecordPage::saveView);
    connect(&m_model, &models::RecordTableModel::stateChanged, this, &RecordPage::showState);
    connect(m_import, &QPushButton::clicked, this, &RecordPage::importRequested);
    connect(m_table, &RecordTable::visibleRowsChanged, &m_showing, qOverload<>(&QTimer::start));
    connect(m_table, &RecordTable::layoutStateChanged, &m_saving, qOverload<>(&QTimer::start));
    connect(m_table, &RecordTable::opened, this, &RecordPage::showRecord);
    connect(m_table, &QAbstractItemView::clicked, this, [this] { showRecord(m_table->currentRef()); });
    connect(m_table, &RecordTable::currentRefChanged, this, [this](const models::RecordRef &ref) {
        if (m_inspector && m_inspector->isVisible())
            showRecord(ref);
    });
    connect(m_table, &RecordTable::menuRequested, this, [this](const models::RecordRef &ref, const QPoint &at) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(menu, ref);
        menu->popup(at);
    });
}

QAction *RecordPage::addPageAction(const QString &text, const QList<QKeySequence> &keys, void (RecordPage::*act)())
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, act);
    addAction(action);
    return action;
}

void RecordPage::addActions()
{
    // These two from outside the page as well: a start leaves the focus in the omnibox.
    addPageAction(tr("Filter the rows"), {QKeySequence(QKeySequence::Find), QKeySequence(Qt::Key_Slash)},
        &RecordPage::focusFilter)
        ->setShortcutContext(Qt::WindowShortcut);
    addPageAction(tr("Read the record again"), {QKeySequence(Qt::Key_F5)}, &RecordPage::readAgain)
        ->setShortcutContext(Qt::WindowShortcut);
    addPageAction(tr("Close the details"), {QKeySequence(Qt::Key_Escape)}, &RecordPage::closeInspector);
    if (m_kind == models::RecordKind::Transaction)
        addPageAction(tr("Refund the payment"), {QKeySequence(Qt::Key_R)}, &RecordPage::refundShown);
    if (m_kind == models::RecordKind::Customer)
        addPageAction(tr("Re-link the bank account"), {QKeySequence(Qt::Key_L)}, &RecordPage::relinkShown);
}

QList<QAction *> RecordPage::pageActions() const
{
    return actions();
}

QString RecordPage::columnsSetting() const
{
    return kindName(m_kind) + u"/columns"_s;
}

void RecordPage::saveView()
{
    m_workspace.profiles.setViewSetting(columnsSetting(), m_table->layoutState());
}

void RecordPage::showState()
{
    const bool none = m_model.rowCount() == 0;
    QWidget *shown = m_table;
    if (none && m_model.state() == models::RecordTableModel::State::Loading) {
        shown = m_skeleton;
    } else if (none && m_model.state() == models::RecordTableModel::State::Ready) {
        showEmptyState();
        shown = m_empty;
    }
    m_stack->setCurrentWidget(shown);
    selectOpened();
}

void RecordPage::showEmptyState()
{
    if (!m_empty) {
        m_empty = new EmptyState(this);
        m_stack->addWidget(m_empty);
        connect(m_empty, &EmptyState::actionTriggered, this, [this] {
            if (m_model.filter().isEmpty())
                emit importRequested();
            else
                m_filter->clear();
        });
    }
    if (m_model.problem())
        return m_empty->setContent(u"view-filter"_s, tr("This filter cannot be read"),
            tr("What is wrong with it stands below what is typed above."), tr("Clear filter"));
    if (!m_model.filter().trimmed().isEmpty()) {
        m_empty->setContent(u"view-filter"_s, tr("No row matches this filter"),
            tr("Nothing in the ledger fits what is typed above. Link Money cannot be searched, so only records that "
               "were looked up before can be found."),
            tr("Clear filter"));
        return;
    }
    const NothingYet nothing = nothingYet();
    m_empty->setContent(nothing.icon, nothing.title, nothing.text, nothing.action);
}

RecordPage::NothingYet RecordPage::nothingYet() const
{
    return {.icon = u"document-import"_s,
        .title = tr("No %1 yet").arg(pageTitle(pageOf(m_kind)).toLower()),
        .text = tr("Link Money finds records by id only. Give the console the ids that your own system knows, and it "
                   "looks them up and keeps them here."),
        .action = tr("Import ids…")};
}

void RecordPage::addHeadButton(QPushButton *button)
{
    m_head->insertWidget(m_head->indexOf(m_import), button);
}

void RecordPage::setImportText(const QString &text, const QString &what)
{
    m_import->setText(text);
    m_import->setToolTip(what);
}

void RecordPage::tell(Banner::Kind kind, const QString &sentence)
{
    if (!m_notice) {
        QWidget *head = m_head->parentWidget();
        m_notice = new Banner(head);
        m_notice->setObjectName(u"pageNotice"_s);
        m_notice->makeClosable();
        head->layout()->addWidget(m_notice);
    }
    m_notice->showMessage(kind, sentence);
}

void RecordPage::tellShowing()
{
    if (!isVisible())
        return;
    QList<models::RecordRef> refs = m_table->visibleRefs();
    if (m_inspector && m_inspector->isVisible())
        refs.prepend(m_inspector->record());
    m_workspace.refresher.showing(refs);
}

void RecordPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_showing.start();
}

void RecordPage::makeInspector()
{
    m_inspector = new Inspector(m_workspace, m_splitter);
    m_splitter->addInspector(m_inspector);
    wireInspector(m_inspector);
    connect(m_inspector, &Inspector::loaded, this, &RecordPage::selectOpened);
    connect(m_inspector, &Inspector::detachRequested, this, &RecordPage::detach);
    connect(m_inspector, &Inspector::closeRequested, this, &RecordPage::closeInspector);
}

void RecordPage::wireInspector(Inspector *inspector)
{
    connect(inspector, &Inspector::openRequested, this, &RecordPage::openRequested);
    connect(inspector, &Inspector::listRequested, this, &RecordPage::listRequested);
    connect(inspector, &Inspector::refundRequested, this, &RecordPage::refundRequested);
    connect(inspector, &Inspector::cancelRequested, this, &RecordPage::cancelRequested);
    connect(inspector, &Inspector::payRequested, this, &RecordPage::payRequested);
    connect(inspector, &Inspector::creditRequested, this, &RecordPage::creditRequested);
    connect(inspector, &Inspector::revealRequested, this, &RecordPage::revealRequested);
    connect(inspector, &Inspector::relinkRequested, this, &RecordPage::relinkRequested);
    connect(inspector, &Inspector::payAgainRequested, this, &RecordPage::payAgainRequested);
}

void RecordPage::showRecord(const models::RecordRef &ref)
{
    if (ref.id.isEmpty())
        return;
    if (!m_inspector)
        makeInspector();
    m_inspector->setRecord(ref);
    m_splitter->showInspector(m_inspector);
    m_showing.start();
}

void RecordPage::openRecord(const models::RecordRef &ref)
{
    m_opened = ref;
    showRecord(ref);
    selectOpened();
}

void RecordPage::selectOpened()
{
    if (m_opened.id.isEmpty() || !m_inspector || m_inspector->record() != m_opened || m_inspector->key() == 0)
        return;
    if (m_model.rowOfKey(m_inspector->key()) < 0 && m_model.state() == models::RecordTableModel::State::Loading)
        return;
    m_opened = {};
    m_table->selectKey(m_inspector->key());
}

void RecordPage::detach(const models::RecordRef &ref)
{
    auto *window = new Inspector(m_workspace, this);
    wireInspector(window);
    window->becomeWindow();
    window->setRecord(ref);
    closeInspector();
}

void RecordPage::closeInspector()
{
    if (!m_inspector || !m_inspector->isVisible())
        return;
    m_inspector->hide();
    m_table->setFocus();
}

void RecordPage::setFilter(const QString &text)
{
    m_filter->setText(text);
}

void RecordPage::focusFilter()
{
    m_filter->edit()->setFocus(Qt::ShortcutFocusReason);
    m_filter->edit()->selectAll();
}

//! What a key acts on: the record in the inspector, which the filter may keep out of the table, else the row.
models::RecordRef RecordPage::shownRecord() const
{
    return m_inspector && m_inspector->isVisible() ? m_inspector->record() : m_table->currentRef();
}

void RecordPage::readAgain()
{
    if (m_inspector && m_inspector->isVisible())
        m_inspector->readAgain();
    else if (const models::RecordRef current = m_table->currentRef(); !current.id.isEmpty())
        m_workspace.lookUps.readBack(current, models::Source::LookUp);
    m_model.refresh();
}

void RecordPage::refundShown()
{
    if (const models::RecordRef shown = shownRecord(); !shown.id.isEmpty())
        emit refundRequested(shown);
}

void RecordPage::relinkShown()
{
    if (const models::RecordRef shown = shownRecord(); !shown.id.isEmpty())
        emit relinkRequested(shown);
}

void RecordPage::fillMenu(QMenu *menu, const models::RecordRef &ref)
{
    if (ref.id.isEmpty())
        return;
    connect(menu->addAction(tr("&Open")), &QAction::triggered, this, [this, ref] { showRecord(ref); });
    connect(menu->addAction(Theme::icon(u"window-new"_s), tr("Open in a &window of its own")), &QAction::triggered,
        this, [this, ref] { detach(ref); });
    menu->addSeparator();
    fillKindMenu(menu, ref);
    menu->addSeparator();
    connect(menu->addAction(Theme::icon(u"edit-copy"_s), tr("Copy &id")), &QAction::triggered, this,
        [ref] { QGuiApplication::clipboard()->setText(ref.id); });
    if (m_kind != models::RecordKind::Event)
        connect(menu->addAction(Theme::icon(u"view-refresh"_s), tr("R&ead again")), &QAction::triggered, this,
            [this, ref] { m_workspace.lookUps.readBack(ref, models::Source::LookUp); });
}

void RecordPage::fillKindMenu(QMenu *menu, const models::RecordRef &ref)
{
    if (m_kind == models::RecordKind::Transaction) {
        connect(menu->addAction(Theme::icon(u"edit-undo"_s), tr("&Refund…")), &QAction::triggered, this,
            [this, ref] { emit refundRequested(ref); });
        connect(menu->addAction(tr("&Cancel payment…")), &QAction::triggered, this,
            [this, ref] { emit cancelRequested(ref); });
        connect(menu->addAction(Theme::icon(u"link"_s), tr("&Pay again…")), &QAction::triggered, this,
            [this, ref] { emit payAgainRequested(ref); });
    }
    if (m_kind == models::RecordKind::Customer && models::linkedUserOf(ref))
        connect(menu->addAction(Theme::icon(u"link"_s), tr("&Link a bank with FastLink…")), &QAction::triggered, this,
            [this, ref] { emit relinkRequested(ref); });
    else if (m_kind == models::RecordKind::Customer) {
        connect(menu->addAction(tr("Take a &payment…")), &QAction::triggered, this,
            [this, ref] { emit payRequested(ref); });
        connect(menu->addAction(tr("Send a cre&dit…")), &QAction::triggered, this,
            [this, ref] { emit creditRequested(ref); });
        connect(menu->addAction(Theme::icon(u"link"_s), tr("Re-&link bank…")), &QAction::triggered, this,
            [this, ref] { emit relinkRequested(ref); });
    }
}

} // namespace ui

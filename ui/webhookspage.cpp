// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhookspage.h"

#include "models/gapfinder.h"
#include "models/lookups.h"
#include "models/plurals.h"
#include "models/webhookvault.h"
#include "ui/aggregationpanel.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/emptystate.h"
#include "ui/inspectorsplitter.h"
#include "ui/listtable.h"
#include "ui/pages.h"
#include "ui/receivercard.h"
#include "ui/receiversetup.h"
#include "ui/subscriptionactions.h"
#include "ui/subscriptioninspector.h"
#include "ui/theme.h"
#include "ui/vaultfiles.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

void setWidths(ListTable *table, std::initializer_list<int> widths)
{
    int column = 0;
    for (const int width : widths)
        table->setColumnWidth(column++, width);
}

QString titlesOf(const QStringList &events)
{
    QStringList titles;
    for (const QString &event : events)
        titles.append(models::eventTitle(event));
    return QLocale().createSeparatedList(titles);
}

} // namespace

WebhooksPage::WebhooksPage(const Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_subscriptions(workspace.ledger, workspace.vault)
    , m_actions(new SubscriptionActions(workspace, this))
    , m_files(new VaultFiles(workspace, this))
    , m_receiver(new ReceiverSetup(workspace, this))
{
    build();
    wire();
    showState();
}

void WebhooksPage::build()
{
    setObjectName(u"webhooksPage"_s);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_banner = new Banner(this);
    m_banner->setObjectName(u"pageBanner"_s);
    m_banner->makeClosable();
    m_failure = new Banner(this);
    m_failure->setObjectName(u"listFailure"_s);
    m_findings = new Banner(this);
    m_findings->setObjectName(u"coverageBanner"_s);
    auto *banners = new QVBoxLayout;
    banners->setContentsMargins(spacing::xl, 0, spacing::xl, 0);
    banners->setSpacing(spacing::s);
    auto *receiver = new ReceiverCard(m_workspace.receiver, this);
    connect(receiver, &ReceiverCard::settingsRequested, m_receiver, &ReceiverSetup::open);
    banners->addWidget(receiver);
    banners->addWidget(m_banner);
    banners->addWidget(m_failure);
    banners->addWidget(m_findings);
    auto *left = new QWidget(this);
    m_splitter = new InspectorSplitter(m_workspace.profiles, left, this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    column->addWidget(buildHead());
    column->addLayout(banners);
    column->addWidget(buildLists(), 1);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_splitter);
}

QWidget *WebhooksPage::buildHead()
{
    auto *head = new QWidget(this);
    auto *title = new QLabel(pageTitle(Page::Webhooks), head);
    title->setFont(Theme::font(Type::Title));
    title->setMinimumHeight(metrics::controlHeight); // also where no button stands beside it
    buildMore(head);
    m_subscribe = new QPushButton(tr("&New subscription…"), head);
    m_subscribe->setObjectName(u"subscribeButton"_s);
    m_subscribe->setToolTip(tr("Ask Link Money to send events to an address of yours"));
    buildTabs(head);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(spacing::xl, spacing::l, spacing::xl, 0);
    top->setSpacing(spacing::s);
    top->addWidget(title, 1);
    top->addWidget(m_more);
    top->addWidget(m_subscribe);
    auto *about = new QHBoxLayout;
    about->setContentsMargins(spacing::xl, 0, spacing::xl, 0);
    m_about = captionLabel({}, head);
    about->addWidget(m_about);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(spacing::s, 0, spacing::xl, 0); // the first tab's word then stands under the title
    line->addWidget(m_tabs);
    line->addStretch();
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins({});
    column->setSpacing(spacing::xs);
    column->addLayout(top);
    column->addLayout(about);
    column->addLayout(line);
    return head;
}

void WebhooksPage::buildMore(QWidget *head)
{
    m_more = new QToolButton(head);
    m_more->setObjectName(u"moreButton"_s);
    m_more->setText(tr("More"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setAutoRaise(true);
    m_more->setFixedHeight(metrics::controlHeight);
    m_more->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(m_more);
    menu->addAction(tr("Add by its key…"), m_actions, &SubscriptionActions::addByKey);
    menu->addSeparator();
    menu->addAction(tr("Export keys and secrets…"), m_files, &VaultFiles::exportVault);
    menu->addAction(tr("Import keys and secrets…"), m_files, &VaultFiles::importVault);
    m_more->setMenu(menu);
}

void WebhooksPage::buildTabs(QWidget *head)
{
    m_tabs = new QTabBar(head);
    m_tabs->setObjectName(u"webhookTabs"_s);
    m_tabs->setAccessibleName(tr("Which list is shown"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Subscriptions"));
    m_tabs->addTab(tr("To check"));
    if (m_workspace.aggregation)
        m_tabs->addTab(tr("Aggregation"));
}

QWidget *WebhooksPage::buildLists()
{
    m_stack = new QStackedWidget(this);
    m_list = new ListTable(m_subscriptions, models::SubscriptionsModel::LookRole, m_stack);
    m_list->setObjectName(u"subscriptionsTable"_s);
    m_list->setAccessibleName(tr("Subscriptions"));
    setWidths(m_list, {180, 150, 180, 120, 80});
    m_gaps = new ListTable(m_workspace.gaps, -1, m_stack);
    m_gaps->setObjectName(u"gapsTable"_s);
    m_gaps->setAccessibleName(tr("What should have happened"));
    setWidths(m_gaps, {320, 180, 140});
    m_empty = new EmptyState(m_stack);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_gaps);
    m_stack->addWidget(m_empty);
    if (m_workspace.aggregation) {
        m_aggregation = new AggregationPanel(*m_workspace.aggregation, m_workspace, *m_splitter, m_stack);
        m_stack->addWidget(m_aggregation);
        connect(m_aggregation, &AggregationPanel::settingsRequested, this, &WebhooksPage::settingsRequested);
    }
    m_stack->setContentsMargins(spacing::l, 0, 0, 0); // cells then start under the title
    setFocusProxy(m_list);
    return m_stack;
}

void WebhooksPage::wire()
{
    connect(m_subscribe, &QPushButton::clicked, m_actions, &SubscriptionActions::subscribe);
    connect(m_tabs, &QTabBar::currentChanged, this, &WebhooksPage::showState);
    connect(&m_subscriptions, &models::SubscriptionsModel::changed, this, &WebhooksPage::showState);
    connect(&m_workspace.gaps, &models::GapFinder::looked, this, &WebhooksPage::showState);
    connect(m_list, &QAbstractItemView::clicked, this, &WebhooksPage::showCurrent);
    connect(m_list, &ListTable::opened, this, &WebhooksPage::showCurrent);
    connect(m_list, &ListTable::currentRowChanged, this, [this] {
        if (m_inspector && m_inspector->isVisible())
            showCurrent();
    });
    connect(m_gaps, &ListTable::opened, this, &WebhooksPage::openGap);
    connect(m_actions, &SubscriptionActions::finished, this, &WebhooksPage::tell);
    connect(m_files, &VaultFiles::told, this,
        [this](Banner::Kind kind, const QString &sentence) { m_banner->showMessage(kind, sentence); });
    connect(m_empty, &EmptyState::actionTriggered, m_actions, &SubscriptionActions::subscribe);
    connect(&m_workspace.vault, &models::WebhookVault::secretNotKept, this,
        [this](const QString &, const api::SecretError &error) {
            m_banner->showMessage(Banner::Kind::Warning,
                tr("The secret could not be put into the keychain: it is forgotten when the console ends. %1")
                    .arg(api::secretErrorText(error)));
        });
    auto *escape = new QAction(tr("Close the details"), this);
    escape->setShortcut(Qt::Key_Escape);
    escape->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QAction::triggered, this, &WebhooksPage::closeInspector);
    addAction(escape);
}

WebhooksPage::Group WebhooksPage::group() const
{
    return static_cast<Group>(m_tabs->currentIndex());
}

void WebhooksPage::showGroup(Group group)
{
    m_tabs->setCurrentIndex(static_cast<int>(group));
}

const models::WebhookSubscription *WebhooksPage::current() const
{
    return m_subscriptions.at(m_list->currentRow());
}

void WebhooksPage::showState()
{
    QWidget *list = listOf(group());
    if (list == m_empty)
        showEmptyState();
    m_stack->setCurrentWidget(list);
    const QString problem = problemOf(group());
    if (problem.isEmpty())
        m_failure->clear();
    else
        m_failure->showMessage(Banner::Kind::Error, problem);
    showTabs();
    showFindings();
    if (m_inspector && group() == Group::Aggregation)
        m_inspector->hide();
    if (m_inspector && m_inspector->isVisible()) {
        const models::WebhookSubscription *shown = m_subscriptions.at(m_subscriptions.rowOf(m_inspector->id()));
        shown ? inspect(*shown) : m_inspector->hide();
    }
}

QString WebhooksPage::problemOf(Group group) const
{
    switch (group) {
    case Group::Subscriptions:
        return m_subscriptions.problem();
    case Group::ToCheck:
        return m_workspace.gaps.problem();
    case Group::Aggregation:
        return {}; // the panel says its own
    }
    Q_UNREACHABLE();
}

//! That there is nothing is said only when it was looked for, and found to be so.
QWidget *WebhooksPage::listOf(Group group) const
{
    QWidget *empty = m_empty;
    const bool isWell = problemOf(group).isEmpty();
    switch (group) {
    case Group::Subscriptions:
        return isWell && m_subscriptions.isRead() && m_subscriptions.rowCount() == 0 ? empty : m_list;
    case Group::ToCheck:
        return isWell && m_workspace.gaps.isRead() && m_workspace.gaps.rowCount() == 0 ? empty : m_gaps;
    case Group::Aggregation:
        return m_aggregation;
    }
    Q_UNREACHABLE();
}

void WebhooksPage::closeInspector()
{
    if (group() == Group::Aggregation)
        return m_aggregation->closeInspector();
    if (m_inspector)
        m_inspector->hide();
    m_list->setFocus();
}

void WebhooksPage::showTabs()
{
    const bool aggregation = group() == Group::Aggregation;
    m_subscribe->setVisible(!aggregation);
    m_more->setVisible(!aggregation);
    m_about->setText(aggregation
            ? tr("FinGoal keeps the list of these webhooks, one for each tenant. They tell of users "
                 "who linked accounts through FastLink.")
            : tr("Link Money cannot list subscriptions, so this console keeps their keys. Export "
                 "them where you keep backups."));
    const int count = m_workspace.gaps.rowCount();
    m_tabs->setTabText(static_cast<int>(Group::ToCheck),
        count == 0 ? tr("To check") : tr("To check  %1").arg(locale().toString(count)));
}

//! Without any subscription the empty state says enough.
void WebhooksPage::showFindings()
{
    const models::CoverageFindings findings = models::coverageOf(m_subscriptions.subscriptions());
    if (group() == Group::Aggregation)
        return m_findings->clear();
    const bool anyActive = findings.uncovered.size() < models::coveredEvents({}).size();
    if (!findings.uncovered.isEmpty() && anyActive)
        return m_findings->showMessage(Banner::Kind::Warning,
            models::counted(findings.uncovered.size(), tr("No subscription tells of one event: %2."),
                tr("No subscription tells of %1 events: %2."))
                .arg(titlesOf(findings.uncovered)));
    if (!findings.overlapping.isEmpty())
        return m_findings->showMessage(Banner::Kind::Info,
            tr("More than one subscription tells of: %1. Each sends its own delivery.")
                .arg(titlesOf(findings.overlapping)));
    m_findings->clear();
}

void WebhooksPage::showEmptyState()
{
    if (group() == Group::Subscriptions)
        return m_empty->setContent(u"network-connect"_s, tr("No subscriptions yet"),
            tr("Link Money then tells you the moment a payment moves, instead of you asking for it."),
            tr("New subscription…"));
    m_empty->setContent(u"network-connect"_s, tr("Nothing is missing"),
        tr("Payments that should have moved by now, events that did not arrive and subscriptions that went silent "
           "appear here."));
}

void WebhooksPage::showCurrent()
{
    const models::WebhookSubscription *subscription = current();
    if (!subscription)
        return;
    if (!m_inspector) {
        m_inspector = new SubscriptionInspector(m_splitter);
        m_splitter->addInspector(m_inspector);
        wireInspector();
    }
    inspect(*subscription);
    m_splitter->showInspector(m_inspector);
}

void WebhooksPage::inspect(const models::WebhookSubscription &subscription)
{
    const bool forNow = m_workspace.vault.isSecretOnlyForThisRun(subscription.id);
    const QString kept = forNow ? tr("in memory until the console ends") : tr("in the keychain");
    m_inspector->setSubscription(subscription, subscription.hasSecret ? kept : tr("not known"));
}

void WebhooksPage::wireInspector()
{
    const auto forward = [this](auto request, auto action) {
        connect(m_inspector, request, m_actions, [this, action](const QString &id) {
            if (const models::WebhookSubscription *subscription = m_subscriptions.at(m_subscriptions.rowOf(id)))
                (m_actions->*action)(*subscription);
        });
    };
    connect(m_inspector, &SubscriptionInspector::closeRequested, this, &WebhooksPage::closeInspector);
    connect(m_inspector, &SubscriptionInspector::eventsRequested, this,
        [this](const QString &id) { emit eventsRequested(u"subscription:\"%1\""_s.arg(id)); });
    forward(&SubscriptionInspector::renameRequested, &SubscriptionActions::rename);
    forward(&SubscriptionInspector::signatureRequested, &SubscriptionActions::changeSignature);
    forward(&SubscriptionInspector::endRequested, &SubscriptionActions::end);
    forward(&SubscriptionInspector::forgetRequested, &SubscriptionActions::forget);
}

void WebhooksPage::openGap(int row)
{
    const models::GapTask &task = m_workspace.gaps.tasks().at(row);
    if (task.gap.kind == models::GapKind::SubscriptionSilent) {
        showGroup(Group::Subscriptions);
        m_list->selectRow(m_subscriptions.rowOf(task.gap.subject));
        return showCurrent();
    }
    const models::RecordRef payment{models::RecordKind::Transaction, task.gap.subject};
    m_workspace.lookUps.readBack(payment, models::Source::LookUp);
    emit openRequested(payment);
}

void WebhooksPage::tell(const std::expected<void, QString> &outcome)
{
    if (outcome)
        m_banner->clear();
    else
        m_banner->showMessage(Banner::Kind::Error, outcome.error());
}

} // namespace ui

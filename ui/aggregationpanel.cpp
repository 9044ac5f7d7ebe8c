// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/aggregationpanel.h"

#include "ui/aggregationwebhookinspector.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/emptystate.h"
#include "ui/inspectorsplitter.h"
#include "ui/listtable.h"
#include "ui/theme.h"

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <array>
#include <chrono>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

using Registry = models::AggregationWebhooks;

//! The times of the others are said in words by the health.
constexpr std::array hiddenColumns{Registry::LastAttempt, Registry::LastAnswer, Registry::LastSuccess, Registry::Id};

} // namespace

AggregationPanel::AggregationPanel(
    models::Aggregation &aggregation, const Workspace &workspace, InspectorSplitter &place, QWidget *parent)
    : QWidget(parent)
    , m_aggregation(aggregation)
    , m_workspace(workspace)
    , m_place(place)
    , m_webhooks(aggregation)
{
    build();
    wire();
    fillTenants();
    showState();
}

void AggregationPanel::build()
{
    setObjectName(u"aggregationPanel"_s);
    m_banner = new Banner(this);
    m_banner->setObjectName(u"registryBanner"_s);
    m_notice = new Banner(this);
    m_notice->setObjectName(u"registryNotice"_s);
    m_notice->makeClosable();
    m_stack = new QStackedWidget(this);
    m_list = new ListTable(m_webhooks, Registry::LookRole, m_stack);
    m_list->setObjectName(u"registryTable"_s);
    m_list->setAccessibleName(tr("Aggregation webhooks"));
    for (const Registry::Column column : hiddenColumns)
        m_list->setColumnHidden(column, true);
    m_list->setColumnWidth(Registry::Address, 300);
    m_list->setColumnWidth(Registry::Types, 260);
    m_list->setColumnWidth(Registry::State, 80);
    m_empty = new EmptyState(m_stack);
    m_empty->setObjectName(u"registryEmpty"_s);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto *banners = new QVBoxLayout;
    banners->setContentsMargins(spacing::s, 0, spacing::xl, 0);
    banners->addWidget(m_banner);
    banners->addWidget(m_notice);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    column->addWidget(buildHead());
    column->addLayout(banners);
    column->addWidget(m_stack, 1);
    setFocusProxy(m_list);
}

QWidget *AggregationPanel::buildHead()
{
    m_head = new QWidget(this);
    auto *label = new QLabel(tr("&Tenant"), m_head);
    m_tenant = new QComboBox(m_head);
    m_tenant->setObjectName(u"tenantCombo"_s);
    m_tenant->setAccessibleName(tr("Tenant"));
    m_tenant->setToolTip(tr("Each tenant has a list of its own"));
    m_tenant->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    label->setBuddy(m_tenant);
    m_readTime = captionLabel({}, m_head);
    m_readTime->setObjectName(u"registryReadTime"_s);
    m_again = new QPushButton(Theme::icon(u"view-refresh"_s, Colour::MutedInk), tr("R&ead again"), m_head);
    m_again->setObjectName(u"readRegistryButton"_s);
    m_again->setToolTip(tr("Ask FinGoal for the list anew (F5)"));
    m_again->setAutoDefault(false);
    m_new = new QPushButton(tr("New &webhook…"), m_head);
    m_new->setObjectName(u"newRegistryWebhookButton"_s);
    m_new->setToolTip(tr("Ask FinGoal to send events about linked users to an address of yours"));
    m_new->setAutoDefault(false);
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(spacing::s, spacing::s, spacing::xl, 0);
    row->setSpacing(spacing::s);
    row->addWidget(label);
    row->addWidget(m_tenant);
    row->addSpacing(spacing::s);
    row->addWidget(m_readTime, 1);
    row->addWidget(m_again);
    row->addWidget(m_new);
    return m_head;
}

void AggregationPanel::wire()
{
    connect(m_tenant, &QComboBox::textActivated, this, [this](const QString &tenant) {
        closeInspector();
        m_aggregation.setTenant(tenant);
    });
    connect(m_again, &QPushButton::clicked, this, &AggregationPanel::read);
    connect(m_new, &QPushButton::clicked, this, &AggregationPanel::create);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_insteadAction)
            m_insteadAction();
    });
    connect(m_banner, &Banner::actionTriggered, this, &AggregationPanel::read);
    connect(&m_webhooks, &Registry::stateChanged, this, &AggregationPanel::showState);
    connect(&m_aggregation, &models::Aggregation::configurationChanged, this, &AggregationPanel::fillTenants);
    connect(&m_aggregation, &models::Aggregation::tenantChanged, this, &AggregationPanel::fillTenants);
    connect(&m_aggregation, &models::Aggregation::settingsChanged, this, [this] {
        m_tests.clear();
        if (isVisible())
            read();
    });
    connect(m_list, &QAbstractItemView::clicked, this, &AggregationPanel::showCurrent);
    connect(m_list, &ListTable::opened, this, &AggregationPanel::showCurrent);
    connect(m_list, &ListTable::currentRowChanged, this, [this] {
        if (m_inspector && m_inspector->isVisible())
            showCurrent();
    });
    m_tick.setInterval(std::chrono::seconds(20)); // the times are said as how long ago
    connect(&m_tick, &QTimer::timeout, this, &AggregationPanel::showState);
    addShortcut(tr("Read the webhooks again"), QKeySequence::Refresh, [this] { read(); });
    addShortcut(tr("Delete the webhook"), QKeySequence::Delete, [this] { remove(); });
}

void AggregationPanel::addShortcut(const QString &text, const QKeySequence &keys, const std::function<void()> &act)
{
    auto *action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, act);
    addAction(action);
}

void AggregationPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_tick.start();
    read();
}

void AggregationPanel::hideEvent(QHideEvent *event)
{
    m_tick.stop();
    if (m_inspector)
        m_inspector->hide();
    QWidget::hideEvent(event);
}

bool AggregationPanel::isUsable() const
{
    return m_aggregation.isUsed() && m_aggregation.hasSecret() && !m_aggregation.tenant().isEmpty();
}

void AggregationPanel::read()
{
    if (isUsable())
        m_webhooks.refresh();
    showState();
}

void AggregationPanel::fillTenants()
{
    {
        const QSignalBlocker quiet(m_tenant);
        m_tenant->clear();
        m_tenant->addItems(m_aggregation.tenants());
        m_tenant->setCurrentText(m_aggregation.tenant());
        m_tenant->setEnabled(m_tenant->count() > 1);
    }
    showState();
}

void AggregationPanel::showState()
{
    const bool nothing = showInstead();
    m_stack->setCurrentWidget(nothing ? static_cast<QWidget *>(m_empty) : m_list);
    m_head->setVisible(isUsable());
    m_again->setEnabled(!m_webhooks.isLoading());
    showStale();
    showReadTime();
    m_list->viewport()->update();
    if (m_inspector && m_inspector->isVisible()) {
        const auto shown = m_webhooks.webhook(m_inspector->id());
        shown ? showInspector(*shown) : closeInspector();
    }
}

//! Rows that could not be read anew are shown, but not as if they were of now.
void AggregationPanel::showStale()
{
    const auto &error = m_webhooks.error();
    if (!isUsable() || !error || m_webhooks.readAt() == 0)
        return m_banner->clear();
    const QDateTime readAt = QDateTime::fromMSecsSinceEpoch(m_webhooks.readAt());
    m_banner->showMessage(Banner::Kind::Warning,
        //: %1 a time of day, %2 a sentence about what went wrong
        tr("This list is from %1; it could not be read again. %2")
            .arg(locale().toString(readAt.time(), QLocale::ShortFormat), api::errorText(*error)),
        api::errorDetails(*error), tr("Try again"));
}

void AggregationPanel::showReadTime()
{
    const qint64 ago = QDateTime::currentMSecsSinceEpoch() - m_webhooks.readAt();
    m_readTime->setText(m_webhooks.isLoading() ? tr("Reading…")
            : m_webhooks.readAt() == 0         ? QString()
                                               : tr("Read %1 ago").arg(spanText(ago)));
}

void AggregationPanel::instead(
    const QString &title, const QString &text, const QString &action, std::function<void()> act)
{
    m_insteadAction = std::move(act);
    m_empty->setContent(u"network-connect"_s, title, text, action);
}

bool AggregationPanel::showInstead()
{
    const auto settings = [this] { emit settingsRequested(); };
    const bool builtIn = m_workspace.profile.environment == models::Environment::BuiltInSandbox;
    if (!m_aggregation.isUsed() && builtIn)
        instead(tr("The sandbox is starting"), tr("Its aggregation service can be asked in a moment."), {}, {});
    else if (!m_aggregation.isUsed())
        instead(tr("This profile does not use account aggregation"),
            tr("To register webhooks for linked users, enter the address of the aggregation service, its client id, "
               "its secret and a tenant in the settings of the profile, under “Account aggregation (FinGoal)”."),
            tr("Open the settings…"), settings);
    else if (!m_aggregation.hasSecret())
        instead(tr("The aggregation client secret is missing"),
            tr("Enter it in the settings of the profile, under “Account aggregation (FinGoal)”."),
            tr("Open the settings…"), settings);
    else if (m_aggregation.tenant().isEmpty())
        instead(tr("No tenant is known"),
            tr("Each tenant has webhooks of its own. Enter the id of one in the settings of the profile, under "
               "“Account aggregation (FinGoal)”."),
            tr("Open the settings…"), settings);
    else if (m_webhooks.rowCount() > 0)
        return false;
    else if (m_webhooks.error() && m_webhooks.readAt() == 0)
        instead(tr("The webhooks could not be read"), api::errorText(*m_webhooks.error()), tr("Try again"),
            [this] { read(); });
    else if (m_webhooks.readAt() == 0)
        instead(tr("Reading the webhooks…"),
            tr("FinGoal is being asked for the list of %1.").arg(m_aggregation.tenant()), {}, {});
    else
        instead(tr("No webhooks for this tenant"),
            tr("FinGoal then tells you when a bank was linked, a refresh ended or a consent runs out, instead of you "
               "asking for it."),
            tr("New webhook…"), [this] { create(); });
    return true;
}

std::optional<api::RegisteredWebhook> AggregationPanel::current() const
{
    const int row = m_list->currentRow();
    return row < 0 ? std::nullopt : std::optional(m_webhooks.webhooks().value(row));
}

void AggregationPanel::showCurrent()
{
    const auto webhook = current();
    if (!webhook)
        return;
    if (!m_inspector) {
        m_inspector = new AggregationWebhookInspector(&m_place);
        m_place.addInspector(m_inspector, metrics::inspectorWidth * 9 / 10); // room for three buttons in a row
        wireInspector();
    }
    const bool another = m_inspector->id() != webhook->id;
    showInspector(*webhook);
    if (another) {
        m_inspector->clearProblem();
        m_inspector->setTest(m_tests.contains(webhook->id) ? std::optional(m_tests[webhook->id]) : std::nullopt);
    }
    m_place.showInspector(m_inspector);
}

void AggregationPanel::showInspector(const api::RegisteredWebhook &webhook)
{
    m_inspector->setWebhook(webhook, m_webhooks.isBusy(webhook.id));
}

void AggregationPanel::closeInspector()
{
    if (m_inspector)
        m_inspector->hide();
    m_list->setFocus();
}

void AggregationPanel::wireInspector()
{
    using Inspector = AggregationWebhookInspector;
    connect(m_inspector, &Inspector::closeRequested, this, &AggregationPanel::closeInspector);
    connect(m_inspector, &Inspector::testRequested, this, &AggregationPanel::test);
    connect(m_inspector, &Inspector::changeRequested, this, &AggregationPanel::change);
    connect(m_inspector, &Inspector::switchRequested, this, &AggregationPanel::switchTo);
    connect(m_inspector, &Inspector::readRequested, this, &AggregationPanel::readOne);
    connect(m_inspector, &Inspector::removeRequested, this, &AggregationPanel::remove);
}

} // namespace ui

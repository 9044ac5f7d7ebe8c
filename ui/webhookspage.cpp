// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhookspage.h"

#include "models/audit.h"
#include "models/eventintake.h"
#include "models/gapfinder.h"
#include "models/inbox.h"
#include "models/lookups.h"
#include "models/plurals.h"
#include "models/receiver.h"
#include "models/webhookvault.h"
#include "ui/aggregationpanel.h"
#include "ui/asker.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/emptystate.h"
#include "ui/endsubscriptiondialog.h"
#include "ui/listtable.h"
#include "ui/pages.h"
#include "ui/passphrasedialog.h"
#include "ui/receivercard.h"
#include "ui/receiverdialog.h"
#include "ui/signaturedialog.h"
#include "ui/subscriptiondialog.h"
#include "ui/subscriptioninspector.h"
#include "ui/theme.h"

#include <QAction>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr qint64 largestVaultFile = 16 * 1024 * 1024;

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
    m_findings = new Banner(this);
    m_findings->setObjectName(u"coverageBanner"_s);
    auto *banners = new QVBoxLayout;
    banners->setContentsMargins(spacing::xl, 0, spacing::xl, 0);
    banners->setSpacing(spacing::s);
    auto *receiver = new ReceiverCard(m_workspace.receiver, this);
    connect(receiver, &ReceiverCard::settingsRequested, this, &WebhooksPage::openReceiver);
    banners->addWidget(receiver);
    banners->addWidget(m_banner);
    banners->addWidget(m_findings);
    m_splitter = new QSplitter(this);
    m_splitter->setChildrenCollapsible(false);
    auto *left = new QWidget(m_splitter);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    column->addWidget(buildHead());
    column->addLayout(banners);
    column->addWidget(buildLists(), 1);
    m_splitter->addWidget(left);
    m_splitter->setStretchFactor(0, 1);
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
    m_more = new QToolButton(head);
    m_more->setObjectName(u"moreButton"_s);
    m_more->setText(tr("More"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setAutoRaise(true);
    m_more->setFixedHeight(metrics::controlHeight);
    m_more->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(m_more);
    menu->addAction(tr("Add by its key…"), this, &WebhooksPage::addByKey);
    menu->addSeparator();
    menu->addAction(tr("Export keys and secrets…"), this, &WebhooksPage::exportVault);
    menu->addAction(tr("Import keys and secrets…"), this, &WebhooksPage::importVault);
    m_more->setMenu(menu);
    m_subscribe = new QPushButton(tr("&New subscription…"), head);
    m_subscribe->setObjectName(u"subscribeButton"_s);
    m_subscribe->setToolTip(tr("Ask Link Money to send events to an address of yours"));
    m_tabs = new QTabBar(head);
    m_tabs->setObjectName(u"webhookTabs"_s);
    m_tabs->setAccessibleName(tr("Which list is shown"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Subscriptions"));
    m_tabs->addTab(tr("To check"));
    if (m_workspace.aggregation)
        m_tabs->addTab(tr("Aggregation"));
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
    connect(m_subscribe, &QPushButton::clicked, this, &WebhooksPage::subscribe);
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
    connect(m_empty, &EmptyState::actionTriggered, this, &WebhooksPage::subscribe);
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
    const QString problem = group() == Group::Subscriptions ? m_subscriptions.problem() : m_workspace.gaps.problem();
    if (!problem.isEmpty())
        m_banner->showMessage(Banner::Kind::Error, problem);
    showTabs();
    showFindings();
    if (m_inspector && group() == Group::Aggregation)
        m_inspector->hide();
    if (m_inspector && m_inspector->isVisible()) {
        const models::WebhookSubscription *shown = m_subscriptions.at(m_subscriptions.rowOf(m_inspector->id()));
        shown ? inspect(*shown) : m_inspector->hide();
    }
}

QWidget *WebhooksPage::listOf(Group group) const
{
    switch (group) {
    case Group::Subscriptions:
        return m_subscriptions.isRead() && m_subscriptions.rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_list;
    case Group::ToCheck:
        return m_workspace.gaps.rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_gaps;
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
            models::counted(findings.uncovered.size(),
                tr("No subscription tells of one event: %1.").arg(titlesOf(findings.uncovered)),
                tr("No subscription tells of %1 events: ") + titlesOf(findings.uncovered) + u'.'));
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
        m_inspector->setMinimumWidth(metrics::inspectorWidth * 3 / 4);
        m_splitter->insertWidget(1, m_inspector);
        m_splitter->setSizes({width() - metrics::inspectorWidth, metrics::inspectorWidth});
        wireInspector();
    }
    inspect(*subscription);
    m_inspector->show();
}

void WebhooksPage::inspect(const models::WebhookSubscription &subscription)
{
    const bool forNow = m_workspace.vault.isSecretOnlyForThisRun(subscription.id);
    const QString kept = forNow ? tr("in memory until the console ends") : tr("in the keychain");
    m_inspector->setSubscription(subscription, subscription.hasSecret ? kept : tr("not known"));
}

void WebhooksPage::wireInspector()
{
    connect(m_inspector, &SubscriptionInspector::closeRequested, this, &WebhooksPage::closeInspector);
    connect(m_inspector, &SubscriptionInspector::eventsRequested, this,
        [this](const QString &id) { emit eventsRequested(u"subscription:\"%1\""_s.arg(id)); });
    connect(m_inspector, &SubscriptionInspector::renameRequested, this, &WebhooksPage::rename);
    connect(m_inspector, &SubscriptionInspector::signatureRequested, this, &WebhooksPage::changeSignature);
    connect(m_inspector, &SubscriptionInspector::endRequested, this, &WebhooksPage::end);
    connect(m_inspector, &SubscriptionInspector::forgetRequested, this, &WebhooksPage::forget);
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

void WebhooksPage::subscribe()
{
    SubscriptionDialog::Place place;
    if (m_workspace.receiver.settings().enabled) {
        place.pathToken = models::newPathToken();
        place.url = m_workspace.receiver.urlFor(place.pathToken).toString(QUrl::FullyEncoded);
    }
    auto *dialog = new SubscriptionDialog(m_workspace.profile, SubscriptionDialog::Mode::Subscribe, place, this);
    connect(
        dialog, &SubscriptionDialog::subscribeRequested, this, [this, dialog](const models::NewSubscription &wanted) {
            m_workspace.vault.subscribe(wanted, dialog, [dialog](const std::expected<QString, QString> &made) {
                made ? dialog->accept() : dialog->showProblem(made.error());
            });
        });
    dialog->open();
}

void WebhooksPage::addByKey()
{
    auto *dialog = new SubscriptionDialog(m_workspace.profile, SubscriptionDialog::Mode::AddByKey, {}, this);
    connect(dialog, &SubscriptionDialog::addRequested, this, [this, dialog](const models::KnownSubscription &known) {
        m_workspace.vault.add(known, dialog, [dialog](const std::expected<void, QString> &added) {
            added ? dialog->accept() : dialog->showProblem(added.error());
        });
    });
    dialog->open();
}

void WebhooksPage::openReceiver()
{
    models::ReceiverSettings now = m_workspace.receiver.settings();
    if (now.port == 0) // any free port: shown is the one that it got
        now.port = m_workspace.receiver.port();
    auto *dialog = new ReceiverDialog(m_workspace.profile, now, m_workspace.asker, this);
    connect(dialog, &ReceiverDialog::settingsChosen, this,
        [this, dialog](const models::ReceiverSettings &settings) { keepReceiver(dialog, settings); });
    connect(dialog, &ReceiverDialog::targetAdded, this, [this, dialog](const QUrl &url) {
        const models::ForwardTarget target{
            .url = url, .madeAt = QDateTime::currentMSecsSinceEpoch(), .madeBy = models::currentUser()};
        changeTargets(
            dialog, [target](models::Database &database) { return models::addForwardTarget(database, target); });
    });
    connect(dialog, &ReceiverDialog::targetRemoved, this, [this, dialog](qint64 key) {
        changeTargets(dialog, [key](models::Database &database) { return models::removeForwardTarget(database, key); });
    });
    connect(dialog, &ReceiverDialog::retryRequested, this, [this, dialog](const QUrl &url) {
        changeTargets(dialog, [url](models::Database &database) { return models::retryForwards(database, url); });
    });
    showTargets(dialog);
    dialog->open();
}

void WebhooksPage::keepReceiver(ReceiverDialog *dialog, const models::ReceiverSettings &settings)
{
    const QString file = models::receiverSettingsFile(m_workspace.profiles.folder(m_workspace.profile.id));
    const auto written = models::writeReceiverSettings(file, settings);
    if (!written)
        return dialog->showProblem(written.error());
    m_workspace.receiver.apply(settings);
    dialog->accept();
}

void WebhooksPage::changeTargets(ReceiverDialog *dialog, models::Ledger::WriteJob job)
{
    m_workspace.ledger.write(std::move(job), models::Ledger::Durability::Full, dialog,
        [this, dialog](const models::DatabaseResult<void> &written) {
            if (!written)
                dialog->showProblem(models::databaseErrorText(written.error()));
            showTargets(dialog);
        });
}

void WebhooksPage::showTargets(ReceiverDialog *dialog)
{
    using Targets = QList<models::ForwardTarget>;
    m_targets = m_workspace.ledger.read<Targets>(
        models::readForwardTargets, dialog, [dialog](const models::DatabaseResult<Targets> &targets) {
            if (targets)
                dialog->setTargets(*targets);
            else
                dialog->showProblem(models::databaseErrorText(targets.error()));
        });
}

void WebhooksPage::rename()
{
    const models::WebhookSubscription *subscription = current();
    if (!subscription)
        return;
    m_workspace.asker.askText(this, {.title = tr("Rename"), .text = {}, .yes = tr("Rename")}, tr("Name"),
        [this, id = subscription->id](const QString &name) {
            m_workspace.vault.rename(id, name, this, [this](const auto &outcome) { tell(outcome); });
        });
}

void WebhooksPage::changeSignature()
{
    const models::WebhookSubscription *subscription = current();
    if (!subscription)
        return;
    auto *dialog = new SignatureDialog(m_workspace.profile, *subscription, this);
    connect(dialog, &SignatureDialog::trialRequested, this,
        [this, dialog](const QString &id, const QByteArray &secret) { trySignatures(dialog, id, secret); });
    connect(dialog, &SignatureDialog::secretEntered, this, [this, dialog](const QString &id, const QByteArray &secret) {
        m_workspace.vault.setSecret(id, secret, dialog, [dialog](const std::expected<void, QString> &set) {
            if (!set)
                dialog->showProblem(set.error());
        });
    });
    connect(dialog, &SignatureDialog::schemeChosen, this,
        [this, dialog](const QString &id, const models::WebhookScheme &scheme) {
            m_workspace.vault.setScheme(id, scheme, dialog, [dialog](const std::expected<void, QString> &set) {
                set ? dialog->accept() : dialog->showProblem(set.error());
            });
        });
    dialog->open();
}

void WebhooksPage::trySignatures(SignatureDialog *dialog, const QString &id, const QByteArray &secret)
{
    if (secret.isEmpty()) {
        m_workspace.vault.readSecret(id, dialog, [this, dialog, id](const QByteArray &kept) {
            if (kept.isEmpty())
                dialog->showTrials({}, tr("The secret cannot be read from the keychain. Type it to try."));
            else
                trySignatures(dialog, id, kept);
        });
        return;
    }
    using Trials = QList<models::SchemeTrial>;
    m_trial = m_workspace.ledger.read<Trials>(
        [id, secret](models::Database &database) -> models::DatabaseResult<Trials> {
            const auto newest = models::newestDelivery(database, id);
            if (!newest)
                return std::unexpected(newest.error());
            return *newest ? models::whatWouldMatch(**newest, secret) : Trials();
        },
        dialog,
        [dialog](const models::DatabaseResult<Trials> &trials) {
            dialog->showTrials(
                trials.value_or(Trials()), trials ? QString() : models::databaseErrorText(trials.error()));
        });
}

void WebhooksPage::end()
{
    const models::WebhookSubscription *subscription = current();
    if (!subscription)
        return;
    auto *dialog = new EndSubscriptionDialog(m_workspace.profile, *subscription, this);
    connect(dialog, &EndSubscriptionDialog::endRequested, this,
        [this, dialog](const QString &id, const api::SubscriptionScope &scope) {
            m_workspace.vault.unsubscribe(id, scope, dialog, [dialog](const std::expected<void, QString> &ended) {
                ended ? dialog->accept() : dialog->showProblem(ended.error());
            });
        });
    dialog->open();
}

void WebhooksPage::forget()
{
    const models::WebhookSubscription *subscription = current();
    if (!subscription)
        return;
    const bool aggregation = subscription->family == models::WebhookFamily::Aggregation;
    const QString text = !subscription->isOurs() ? tr("Nothing is sent to Link Money.")
        : aggregation ? tr("Its events are refused here from then on. FinGoal sends them until the webhook is deleted, "
                           "under Aggregation.")
                      : tr("Link Money keeps sending its events, and nobody can end it without its key.");
    m_workspace.asker.askText(this,
        {.title = tr("Take off the list"), .text = text, .yes = tr("Take off the list"), .destructive = true},
        tr("Why?"), [this, id = subscription->id](const QString &reason) {
            m_workspace.vault.forget(id, reason, this, [this](const auto &outcome) { tell(outcome); });
        });
}

void WebhooksPage::exportVault()
{
    auto *dialog = new PassphraseDialog(m_workspace.profile, PassphraseDialog::Purpose::Seal, this);
    connect(dialog, &PassphraseDialog::passphraseEntered, this, [this, dialog](const QString &passphrase) {
        m_workspace.vault.exportSealed(passphrase, dialog, [this, dialog](const auto &sealed) {
            sealed ? saveVault(dialog, *sealed) : dialog->showProblem(sealed.error());
        });
    });
    dialog->open();
}

void WebhooksPage::saveVault(PassphraseDialog *dialog, const QByteArray &sealed)
{
    m_workspace.asker.saveFile(dialog, tr("Export subscriptions"), u"webhooks-%1.sealed"_s.arg(m_workspace.profile.id),
        [this, dialog, sealed](const QString &file) {
            QSaveFile target(file);
            if (!target.open(QIODevice::WriteOnly) || target.write(sealed) != sealed.size() || !target.commit())
                return dialog->showProblem(
                    tr("%1 could not be written: %2. Choose another place.").arg(file, target.errorString()));
            m_banner->showMessage(Banner::Kind::Info, tr("Exported to %1.").arg(file));
            dialog->accept();
        });
}

void WebhooksPage::importVault()
{
    m_workspace.asker.openFile(this, tr("Import subscriptions"), tr("Exported subscriptions (*.sealed);;All files (*)"),
        [this](const QString &file) { importFile(file); });
}

void WebhooksPage::importFile(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return tell(std::unexpected(tr("%1 cannot be read: %2.").arg(file, source.errorString())));
    const QByteArray sealed = source.read(largestVaultFile);
    auto *dialog = new PassphraseDialog(m_workspace.profile, PassphraseDialog::Purpose::Open, this);
    connect(dialog, &PassphraseDialog::passphraseEntered, this, [this, dialog, sealed](const QString &passphrase) {
        m_workspace.vault.importSealed(sealed, passphrase, dialog, [this, dialog](const auto &taken) {
            if (!taken)
                return dialog->showProblem(taken.error());
            const QString sentence = tr("%1 added, %2 were here already.")
                                         .arg(locale().toString(taken->added), locale().toString(taken->alreadyThere));
            m_banner->showMessage(taken->problems.isEmpty() ? Banner::Kind::Info : Banner::Kind::Warning,
                taken->problems.isEmpty() ? sentence : sentence + u' ' + taken->problems.join(u' '));
            dialog->accept();
        });
    });
    dialog->open();
}

} // namespace ui

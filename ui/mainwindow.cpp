// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "models/outbox.h"
#include "models/paylinks.h"
#include "ui/accessibleroles.h"
#include "ui/environment.h"
#include "ui/eventspage.h"
#include "ui/footer.h"
#include "ui/headerbar.h"
#include "ui/jobspopup.h"
#include "ui/linkspage.h"
#include "ui/navigation.h"
#include "ui/omnibox.h"
#include "ui/recordpage.h"
#include "ui/refundspage.h"
#include "ui/taborder.h"
#include "ui/theme.h"
#include "ui/undobar.h"
#include "ui/webhookspage.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr QSize usualSize(1440, 900);
constexpr QSize leastSize(900, 560);
constexpr QSize frameRoom(16, 48); //!< for the window manager's frame, whose size is not known before the window shows

QStringList localFiles(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    return files;
}

} // namespace

MainWindow::MainWindow(const Workspace &workspace, QWidget *parent)
    : QMainWindow(parent)
    , m_workspace(workspace)
{
    build();
    wire();
    addShortcuts();
    restorePlace();
    connect(qApp, &QCoreApplication::aboutToQuit, this, &MainWindow::keepPlace);
    showPage(Page::Transactions);
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    installAccessibleRoles();
    setObjectName(u"mainWindow"_s);
    setAcceptDrops(true);
    setMinimumSize(leastSize);
    auto *centre = new QWidget(this);
    m_header = new HeaderBar(m_workspace, centre);
    m_navigation = new Navigation(centre);
    m_stack = new QStackedWidget(centre);
    m_footer = new Footer(m_workspace, centre);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_navigation);
    middle->addWidget(m_stack, 1);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(new EnvironmentBand(m_workspace.profile.environment, centre));
    column->addWidget(m_header);
    m_banners = new QVBoxLayout;
    m_banners->setSpacing(0);
    column->addLayout(m_banners);
    column->addLayout(middle, 1);
    column->addWidget(m_footer);
    setCentralWidget(centre);
    m_navigation->setNeedsPerson(Page::Refunds, m_workspace.outbox.needsPerson());
    m_navigation->setNeedsPerson(Page::Links, m_workspace.payLinks.needsPerson());
}

void MainWindow::wire()
{
    connect(m_navigation, &Navigation::chosen, this, &MainWindow::showPage);
    connect(m_navigation, &Navigation::collapsedChanged, this,
        [this](bool collapsed) { m_workspace.profiles.setViewSetting(u"navigation/collapsed"_s, collapsed); });
    connect(m_header->omniBox(), &OmniBox::openRequested, this, &MainWindow::openRecord);
    connect(m_header, &HeaderBar::profileChosen, this, &MainWindow::profileChosen);
    connect(m_header, &HeaderBar::settingsRequested, this, &MainWindow::settingsRequested);
    connect(m_header, &HeaderBar::connectionTestRequested, this, &MainWindow::connectionTestRequested);
    connect(m_header, &HeaderBar::auditCheckRequested, this, &MainWindow::auditCheckRequested);
    connect(m_header, &HeaderBar::sandboxResetRequested, this, &MainWindow::sandboxResetRequested);
    connect(m_header, &HeaderBar::keyboardHelpRequested, this, &MainWindow::keyboardHelpRequested);
    connect(m_header, &HeaderBar::jobsRequested, this, &MainWindow::showJobs);
    connect(m_footer, &Footer::jobsRequested, this, &MainWindow::showJobs);
    connect(&m_workspace.payLinks, &models::PayLinks::needsPersonChanged, this,
        [this] { m_navigation->setNeedsPerson(Page::Links, m_workspace.payLinks.needsPerson()); });
    connect(&m_workspace.outbox, &models::Outbox::needsPersonChanged, this,
        [this] { m_navigation->setNeedsPerson(Page::Refunds, m_workspace.outbox.needsPerson()); });
}

void MainWindow::addShortcut(const QString &text, const QKeySequence &keys, const std::function<void()> &act)
{
    auto *action = new QAction(text, this);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, act);
    addAction(action);
}

void MainWindow::addShortcuts()
{
    addShortcut(tr("Find anything"), Qt::CTRL | Qt::Key_K, [this] { m_header->omniBox()->start(); });
    addShortcut(tr("New pay link"), Qt::CTRL | Qt::Key_N, [this] { emit newLinkRequested(); });
    addShortcut(tr("Import ids"), Qt::CTRL | Qt::Key_I, [this] { emit importRequested({}); });
    int key = Qt::Key_1;
    for (const Page page : allPages)
        addShortcut(pageTitle(page), Qt::ALT | static_cast<Qt::Key>(key++), [this, page] { showPage(page); });
    addShortcut(tr("Undo what is being held"), Qt::CTRL | Qt::SHIFT | Qt::Key_Z, [this] {
        if (m_undoBar && m_undoBar->isVisible())
            m_undoBar->undo();
    });
    addShortcut(tr("Jobs"), Qt::CTRL | Qt::Key_J, [this] { showJobs(); });
    addShortcut(tr("Keyboard shortcuts"), Qt::Key_F1, [this] { emit keyboardHelpRequested(); });
    addShortcut(tr("Quit"), QKeySequence::Quit, [this] { close(); });
}

void MainWindow::restorePlace()
{
    m_navigation->setCollapsed(m_workspace.profiles.viewSetting(u"navigation/collapsed"_s, false).toBool());
    resize(usualSize.boundedTo(screen()->availableSize() - frameRoom));
    if (const QByteArray place = m_workspace.profiles.viewSetting(u"window/geometry"_s).toByteArray(); !place.isEmpty())
        restoreGeometry(place);
}

void MainWindow::keepPlace()
{
    m_workspace.profiles.setViewSetting(u"window/geometry"_s, saveGeometry());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    // A web page midway asks whether to leave it; this window stays until that is answered.
    for (QWidget *opened : findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
        if (opened->isWindow() && opened->isVisible() && !opened->close())
            return event->ignore();
    }
    keepPlace();
    QMainWindow::closeEvent(event);
}

//! A dialog that was just opened may not have the focus yet: a key that is pressed twice must not open it twice.
bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::WindowBlocked)
        qApp->installEventFilter(this);
    else if (event->type() == QEvent::WindowUnblocked)
        qApp->removeEventFilter(this);
    return QMainWindow::event(event);
}

//! While a dialog is open: keeps the window's own shortcuts from acting.
bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Shortcut)
        return QMainWindow::eventFilter(watched, event);
    while (watched && !watched->isWidgetType())
        watched = watched->parent();
    const auto *owner = static_cast<const QWidget *>(watched);
    return owner && owner->window() == this;
}

QWidget *MainWindow::page(Page page)
{
    QWidget *&made = m_pages[static_cast<std::size_t>(page)];
    if (!made) {
        made = makePage(page);
        m_stack->addWidget(made);
        tabInReadingOrder(made);
    }
    return made;
}

QWidget *MainWindow::makePage(Page page)
{
    switch (page) {
    case Page::Transactions:
        return makeRecordPage(models::RecordKind::Transaction);
    case Page::Customers:
        return makeRecordPage(models::RecordKind::Customer);
    case Page::Payouts:
        return makeRecordPage(models::RecordKind::Payout);
    case Page::Refunds:
        return makeRefundsPage();
    case Page::Events:
        return makeEventsPage();
    case Page::Webhooks:
        return makeWebhooksPage();
    case Page::Links:
        return makeLinksPage();
    }
    Q_UNREACHABLE();
}

QWidget *MainWindow::makeRecordPage(models::RecordKind kind)
{
    auto *made = new RecordPage(m_workspace, kind, m_stack);
    connect(made, &RecordPage::importRequested, this, [this] { emit importRequested({}); });
    connect(made, &RecordPage::openRequested, this, &MainWindow::openRecord);
    connect(made, &RecordPage::listRequested, this, &MainWindow::showList);
    connect(made, &RecordPage::refundRequested, this, &MainWindow::refundRequested);
    connect(made, &RecordPage::cancelRequested, this, &MainWindow::cancelRequested);
    connect(made, &RecordPage::payRequested, this, &MainWindow::payRequested);
    connect(made, &RecordPage::creditRequested, this, &MainWindow::creditRequested);
    connect(made, &RecordPage::revealRequested, this, &MainWindow::revealRequested);
    connect(made, &RecordPage::relinkRequested, this, &MainWindow::relinkRequested);
    connect(made, &RecordPage::payAgainRequested, this, &MainWindow::payAgainRequested);
    return made;
}

QWidget *MainWindow::makeRefundsPage()
{
    auto *made = new RefundsPage(m_workspace, m_stack);
    connect(made, &RefundsPage::openRequested, this, &MainWindow::openRecord);
    connect(made, &RefundsPage::refundRequested, this, &MainWindow::refundRequested);
    return made;
}

QWidget *MainWindow::makeEventsPage()
{
    auto *made = new EventsPage(m_workspace, m_stack);
    connect(made, &RecordPage::openRequested, this, &MainWindow::openRecord);
    connect(made, &RecordPage::listRequested, this, &MainWindow::showList);
    return made;
}

QWidget *MainWindow::makeWebhooksPage()
{
    auto *made = new WebhooksPage(m_workspace, m_stack);
    connect(made, &WebhooksPage::openRequested, this, &MainWindow::openRecord);
    connect(made, &WebhooksPage::settingsRequested, this, &MainWindow::settingsRequested);
    connect(made, &WebhooksPage::eventsRequested, this,
        [this](const QString &filter) { showList(models::RecordKind::Event, filter); });
    return made;
}

QWidget *MainWindow::makeLinksPage()
{
    auto *made = new LinksPage(m_workspace, m_stack);
    connect(made, &LinksPage::newRequested, this, &MainWindow::newLinkRequested);
    connect(made, &LinksPage::fileRequested, this, &MainWindow::linksFromFileRequested);
    connect(made, &LinksPage::fastLinkRequested, this, &MainWindow::fastLinkRequested);
    connect(made, &LinksPage::anotherRequested, this, &MainWindow::anotherLinkRequested);
    connect(made, &LinksPage::openHereRequested, this, &MainWindow::openLinkHereRequested);
    connect(made, &LinksPage::codeRequested, this, &MainWindow::linkCodeRequested);
    connect(made, &LinksPage::openRequested, this, &MainWindow::openRecord);
    connect(made, &LinksPage::revealRequested, this, &MainWindow::revealRequested);
    return made;
}

void MainWindow::showPage(Page wanted)
{
    m_current = wanted;
    m_stack->setCurrentWidget(page(wanted));
    m_navigation->setCurrent(wanted);
    page(wanted)->setFocus(Qt::OtherFocusReason);
    showTitle();
}

Page MainWindow::currentPage() const
{
    return m_current;
}

void MainWindow::showTitle()
{
    setWindowTitle(
        tr("%1 — %2 — Merchant Console", "page, profile").arg(pageTitle(m_current), m_workspace.profile.name));
}

void MainWindow::openRecord(const models::RecordRef &ref)
{
    const Page wanted = pageOf(ref.kind);
    showPage(wanted);
    if (auto *records = qobject_cast<RecordPage *>(page(wanted)))
        records->openRecord(ref);
    else if (auto *refunds = qobject_cast<RefundsPage *>(page(wanted)))
        refunds->openEntry(ref.id.toLongLong());
    else if (auto *links = qobject_cast<LinksPage *>(page(wanted)))
        links->openLink(ref.id.toLongLong());
}

void MainWindow::showList(models::RecordKind kind, const QString &filter)
{
    const Page wanted = pageOf(kind);
    showPage(wanted);
    if (auto *records = qobject_cast<RecordPage *>(page(wanted)))
        records->setFilter(filter);
    else if (auto *links = qobject_cast<LinksPage *>(page(wanted)))
        links->setFilter(filter);
}

QList<QAction *> MainWindow::pageActions() const
{
    QWidget *page = m_stack->currentWidget();
    QList<QAction *> actions = page->actions();
    for (const QWidget *part : page->findChildren<QWidget *>()) {
        if (part->isVisibleTo(page))
            actions += part->actions();
    }
    return actions;
}

UndoBar *MainWindow::undoBar()
{
    if (!m_undoBar) {
        m_undoBar = new UndoBar(m_workspace.ledger, m_workspace.outbox, this);
        connect(m_undoBar, &UndoBar::openRequested, this, &MainWindow::openRecord);
    }
    return m_undoBar;
}

void MainWindow::followOutboxEntry(qint64 key)
{
    undoBar()->follow(key);
}

void MainWindow::setConnectionState(const QString &text, bool connected)
{
    m_footer->setConnection(text, connected);
}

Banner *MainWindow::addBanner(const QString &name)
{
    auto *banner = new Banner(centralWidget());
    banner->setObjectName(name);
    m_banners->addWidget(banner);
    return banner;
}

void MainWindow::showNotice(Banner::Kind kind, const QString &text, const QString &details)
{
    if (!m_notice) {
        m_notice = addBanner(u"windowNotice"_s);
        m_notice->makeClosable();
    }
    m_notice->showMessage(kind, text, details);
}

void MainWindow::showTrouble(
    Trouble trouble, Banner::Kind kind, const QString &text, const QString &details, const QString &action)
{
    Banner *&banner = m_troubles.at(static_cast<std::size_t>(trouble));
    if (!banner) {
        banner = addBanner(trouble == Trouble::Disk ? u"diskTrouble"_s : u"connectionTrouble"_s);
        connect(banner, &Banner::actionTriggered, this, &MainWindow::troubleActionTriggered);
    }
    banner->showMessage(kind, text, details, action);
}

void MainWindow::clearTrouble(Trouble trouble)
{
    if (Banner *banner = m_troubles.at(static_cast<std::size_t>(trouble)))
        banner->clear();
}

void MainWindow::showJobs()
{
    if (!m_jobsPopup) {
        m_jobsPopup = new JobsPopup(m_workspace.jobs, this);
        connect(m_jobsPopup, &JobsPopup::jobOpened, this, &MainWindow::jobOpened);
    }
    m_jobsPopup->showUnder(m_header->jobsButton());
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!localFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    if (const QStringList files = localFiles(event->mimeData()); !files.isEmpty()) {
        event->acceptProposedAction();
        emit importRequested(files);
    }
}

} // namespace ui

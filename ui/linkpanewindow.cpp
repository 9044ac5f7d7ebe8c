// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/linkpanewindow.h"

#include "ui/asker.h"
#include "ui/emptystate.h"
#include "ui/environment.h"
#include "ui/theme.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr QSize paneWindowSize(720, 780);

} // namespace

LinkPaneWindow::LinkPaneWindow(PaneLoader &loader, Asker &asker, const models::Profile &profile, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_loader(loader)
    , m_asker(asker)
    , m_profile(profile)
    , m_column(new QVBoxLayout(this))
    , m_purpose(new QLabel(this))
    , m_browser(new QPushButton(tr("Open in the system browser"), this))
    , m_leave(new QPushButton(this))
{
    build();
    connect(m_leave, &QPushButton::clicked, this, &QWidget::close);
    connect(m_browser, &QPushButton::clicked, this, [this] { emit systemBrowserRequested(m_request.address); });
}

void LinkPaneWindow::build()
{
    setObjectName(u"linkPaneWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Web page — %1").arg(m_profile.name));
    resize(paneWindowSize);
    m_purpose->setObjectName(u"panePurpose"_s);
    m_purpose->setTextFormat(Qt::PlainText);
    m_purpose->setFont(Theme::font(Type::Section));
    m_purpose->setWordWrap(true);
    m_browser->setObjectName(u"paneBrowserButton"_s);
    m_browser->setAutoDefault(false);
    m_leave->setObjectName(u"paneLeaveButton"_s);
    m_leave->setAutoDefault(false);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(spacing::l, spacing::m, spacing::l, spacing::m);
    head->setSpacing(spacing::s);
    head->addWidget(m_purpose, 1);
    head->addWidget(m_browser);
    head->addWidget(m_leave);
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    m_column->addWidget(new EnvironmentBand(m_profile.environment, this));
    m_column->addLayout(head);
}

void LinkPaneWindow::open(const models::PaneRequest &request, const QString &purpose)
{
    m_request = request;
    m_purpose->setText(purpose);
    const auto engines = m_loader.engines();
    if (engines)
        showPane(**engines);
    else
        showUnavailable(engines.error());
    showState();
    show();
    if (m_pane)
        m_pane->open(request);
}

void LinkPaneWindow::showPane(PaneEngines &engines)
{
    m_pane = new LinkPane(engines, this);
    m_column->addWidget(m_pane, 1);
    connect(m_pane, &LinkPane::stateChanged, this, &LinkPaneWindow::showState);
    connect(m_pane, &LinkPane::stateChanged, this, &LinkPaneWindow::stateChanged);
    connect(m_pane, &LinkPane::redirectCaught, this, &LinkPaneWindow::redirectCaught);
    connect(m_pane, &LinkPane::fastLinkMessage, this, &LinkPaneWindow::fastLinkMessage);
    connect(m_pane, &LinkPane::externalUrlRequested, this, &LinkPaneWindow::externalUrlRequested);
    connect(m_pane, &LinkPane::refused, this, &LinkPaneWindow::refused);
}

void LinkPaneWindow::showUnavailable(const QString &explanation)
{
    auto *instead = new EmptyState(this);
    instead->setObjectName(u"paneUnavailable"_s);
    const bool plain = m_request.kind == models::PaneRequest::Kind::PayLink;
    const QString text = plain
        ? explanation
        : explanation + u' ' + tr("FastLink cannot be handed to the system browser: it is no plain address.");
    instead->setContent(u"window-close"_s, tr("Web pages cannot be shown here"), text,
        plain ? tr("Open in the system browser") : QString());
    connect(instead, &EmptyState::actionTriggered, this, [this] { emit systemBrowserRequested(m_request.address); });
    m_column->addWidget(instead, 1);
    emit unavailable(explanation);
}

void LinkPaneWindow::showState()
{
    const bool plain = m_request.kind == models::PaneRequest::Kind::PayLink;
    const bool underway = m_pane && m_pane->isUnderway();
    // What was refused here must not be opened elsewhere instead.
    static const QList<LinkPane::State> closed{
        LinkPane::State::Finished, LinkPane::State::Untrusted, LinkPane::State::Refused};
    const bool useful = m_pane && !closed.contains(m_pane->state());
    m_browser->setVisible(plain && useful);
    m_leave->setText(underway ? tr("Leave the page") : tr("Close"));
}

void LinkPaneWindow::closeEvent(QCloseEvent *event)
{
    if (m_pane && m_pane->isUnderway()) {
        event->ignore();
        askToLeave();
        return;
    }
    if (m_pane)
        m_pane->leave();
    event->accept();
}

void LinkPaneWindow::askToLeave()
{
    if (m_asking)
        return;
    m_asking = true;
    const Asker::Question question{.title = tr("Leave the page?"),
        .text = tr("The customer's part is not finished. What was done so far may be lost, and the link may not work a "
                   "second time."),
        .yes = tr("Leave the page"),
        .destructive = true};
    m_asker.ask(this, question, [guard = QPointer(this)](bool yes) {
        if (!guard)
            return;
        guard->m_asking = false;
        if (!yes)
            return;
        guard->m_pane->leave();
        // The answer may come while the window is still being asked to close.
        QMetaObject::invokeMethod(guard, &QWidget::close, Qt::QueuedConnection);
    });
}

} // namespace ui

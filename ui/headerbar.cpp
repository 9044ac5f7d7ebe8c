// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/headerbar.h"

#include "models/plurals.h"

#include "models/aggregation.h"
#include "models/job.h"
#include "ui/dialogpieces.h"
#include "ui/environment.h"
#include "ui/omnibox.h"
#include "ui/theme.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int omniBoxWidth = 520;

QIcon environmentDot(models::Environment environment)
{
    constexpr int side = 16;
    QPixmap dot(side, side);
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(environmentColour(environment));
    painter.drawEllipse(3, 3, 10, 10);
    return dot;
}

} // namespace

HeaderBar::HeaderBar(const Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_profiles(workspace.profiles)
    , m_profile(workspace.profile)
    , m_jobs(workspace.jobs)
    , m_aggregation(workspace.aggregation)
    , m_omniBox(new OmniBox(workspace.finder, this))
    , m_profileButton(new QToolButton(this))
    , m_jobsButton(new QToolButton(this))
    , m_helpButton(new QToolButton(this))
    , m_profileMenu(new QMenu(this))
{
    build();
    wire();
    showState();
}

void HeaderBar::build()
{
    setFixedHeight(metrics::headerHeight);
    setObjectName(u"headerBar"_s);
    m_profileButton->setObjectName(u"profileButton"_s);
    m_profileButton->setText(withoutMnemonic(m_profile.name));
    m_profileButton->setIcon(environmentDot(m_profile.environment));
    m_profileButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_profileButton->setFont(Theme::font(Type::BodyStrong));
    m_profileButton->setPopupMode(QToolButton::InstantPopup);
    m_profileButton->setMenu(m_profileMenu);
    m_profileButton->setToolTip(tr("Environment: %1. Switch profile, settings, connection test")
            .arg(models::environmentName(m_profile.environment)));
    m_profileButton->setAccessibleName(
        tr("Profile %1, %2").arg(m_profile.name, models::environmentName(m_profile.environment)));
    m_jobsButton->setObjectName(u"jobsButton"_s);
    m_jobsButton->setIcon(Theme::icon(u"system-run"_s, Colour::MutedInk));
    m_jobsButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_helpButton->setObjectName(u"helpButton"_s);
    m_helpButton->setIcon(Theme::icon(u"help-contents"_s, Colour::MutedInk));
    m_helpButton->setToolTip(tr("Keyboard shortcuts (F1)"));
    m_helpButton->setAccessibleName(tr("Keyboard shortcuts"));
    for (QToolButton *button : {m_profileButton, m_jobsButton, m_helpButton}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setFixedHeight(metrics::controlHeight);
    }
    m_omniBox->setMaximumWidth(omniBoxWidth);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::s, 0, spacing::m, 0);
    row->setSpacing(spacing::s);
    row->addWidget(m_profileButton);
    row->addStretch(1);
    row->addWidget(m_omniBox, 8);
    row->addStretch(1);
    row->addWidget(m_jobsButton);
    row->addWidget(m_helpButton);
}

void HeaderBar::wire()
{
    connect(m_profileMenu, &QMenu::aboutToShow, this, &HeaderBar::fillProfileMenu);
    connect(m_jobsButton, &QToolButton::clicked, this, &HeaderBar::jobsRequested);
    connect(m_helpButton, &QToolButton::clicked, this, &HeaderBar::keyboardHelpRequested);
    connect(&m_jobs, &models::JobsModel::activityChanged, this, &HeaderBar::showState);
}

OmniBox *HeaderBar::omniBox() const
{
    return m_omniBox;
}

QToolButton *HeaderBar::jobsButton() const
{
    return m_jobsButton;
}

void HeaderBar::showState()
{
    int active = 0;
    for (int row = 0; row < m_jobs.rowCount(); ++row) {
        const models::Job::State state = m_jobs.jobAt(row)->state();
        active += state == models::Job::State::Running || state == models::Job::State::Paused ? 1 : 0;
    }
    m_jobsButton->setText(active == 0 ? tr("Jobs") : models::counted(active, tr("1 job"), tr("%1 jobs")));
    m_jobsButton->setAccessibleName(
        active == 0 ? tr("Jobs, none running") : tr("Jobs, %1 running or paused").arg(active));
    m_jobsButton->setToolTip(tr("Imports and other long work"));
}

void HeaderBar::fillProfileMenu()
{
    m_profileMenu->clear();
    for (const models::Profile &profile : m_profiles.profiles()) {
        const QString environment = models::environmentName(profile.environment);
        QAction *choice = m_profileMenu->addAction(environmentDot(profile.environment),
            withoutMnemonic(profile.name == environment ? profile.name : tr("%1 — %2").arg(profile.name, environment)));
        choice->setCheckable(true);
        choice->setChecked(profile.id == m_profile.id);
        connect(choice, &QAction::triggered, this, [this, id = profile.id] { emit profileChosen(id); });
    }
    addTenants();
    m_profileMenu->addSeparator();
    connect(m_profileMenu->addAction(Theme::icon(u"configure"_s), tr("&Settings…")), &QAction::triggered, this,
        &HeaderBar::settingsRequested);
    connect(m_profileMenu->addAction(tr("&Test connection…")), &QAction::triggered, this,
        &HeaderBar::connectionTestRequested);
    connect(m_profileMenu->addAction(tr("&Check the audit trail")), &QAction::triggered, this,
        &HeaderBar::auditCheckRequested);
    if (m_profile.environment == models::Environment::BuiltInSandbox)
        connect(m_profileMenu->addAction(tr("&Reset the sandbox…")), &QAction::triggered, this,
            &HeaderBar::sandboxResetRequested);
}

//! One tenant needs no choice.
void HeaderBar::addTenants()
{
    const QStringList tenants = m_aggregation ? m_aggregation->tenants() : QStringList();
    if (tenants.size() < 2)
        return;
    m_profileMenu->addSection(tr("Tenant for account aggregation"));
    auto *group = new QActionGroup(m_profileMenu);
    connect(m_profileMenu, &QMenu::aboutToHide, group, &QObject::deleteLater);
    for (const QString &tenant : tenants) {
        QAction *choice = m_profileMenu->addAction(withoutMnemonic(tenant));
        choice->setObjectName(u"tenantAction"_s);
        choice->setCheckable(true);
        choice->setChecked(tenant == m_aggregation->tenant());
        choice->setActionGroup(group);
        connect(choice, &QAction::triggered, this, [this, tenant] { m_aggregation->setTenant(tenant); });
    }
}

void HeaderBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colour(Colour::Surface));
    painter.setPen(Theme::colour(Colour::Hairline));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace ui

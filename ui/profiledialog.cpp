// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profiledialog.h"

#include "ui/asker.h"
#include "ui/banner.h"
#include "ui/connectiontestview.h"
#include "ui/dialogpieces.h"
#include "ui/profileform.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int profileListWidth = 200, leastFormHeight = 240, usualHeight = 720;

} // namespace

ProfileDialog::ProfileDialog(const Parts &parts, const models::Profile &open, QWidget *parent)
    : DialogFrame(open, tr("Settings"), parent)
    , m_parts(parts)
    , m_openId(open.id)
{
    setObjectName(u"profileDialog"_s);
    build();
    wire();
    choose(open.id);
}

void ProfileDialog::build()
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    auto *inside = new QWidget(this);
    m_form = new ProfileForm(inside);
    m_steps = new ConnectionTestView(m_parts.test, inside);
    auto *scrolled = new QVBoxLayout(inside);
    scrolled->setContentsMargins(0, 0, spacing::m, 0);
    scrolled->setSpacing(spacing::l);
    scrolled->addWidget(m_form, 1);
    auto *area = new QScrollArea(this);
    area->setWidget(inside);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus); // its fields scroll it
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setMinimumHeight(leastFormHeight);
    auto *right = new QVBoxLayout;
    right->setSpacing(spacing::m);
    right->addWidget(area, 1);
    right->addWidget(m_steps);
    right->addWidget(buildButtons());
    auto *columns = new QHBoxLayout;
    columns->setSpacing(spacing::xl);
    columns->addWidget(buildList());
    columns->addLayout(right, 1);
    body()->setSpacing(spacing::m);
    body()->addWidget(m_banner);
    body()->addLayout(columns, 1);
    setCancel(tr("Close"));
    setMinimumWidth(dialogwidth::wide);
    resize(dialogwidth::wide, qMin(usualHeight, screen()->availableSize().height() - spacing::xxl));
}

QWidget *ProfileDialog::buildList()
{
    auto *side = new QWidget(this);
    side->setFixedWidth(profileListWidth);
    m_list = new QListWidget(side);
    m_list->setObjectName(u"profileList"_s);
    m_list->setAccessibleName(tr("Profiles"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_add = new QPushButton(Theme::icon(u"list-add"_s), tr("Ne&w profile"), side);
    m_add->setObjectName(u"addProfileButton"_s);
    m_add->setAutoDefault(false);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::s);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_add);
    return side;
}

QWidget *ProfileDialog::buildButtons()
{
    auto *row = new QWidget(this);
    m_test = new QPushButton(tr("&Test connection"), row);
    m_test->setObjectName(u"testButton"_s);
    m_switch = new QPushButton(tr("&Open this profile"), row);
    m_switch->setObjectName(u"switchButton"_s);
    m_remove = new QPushButton(tr("Remo&ve profile…"), row);
    m_remove->setObjectName(u"removeProfileButton"_s);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::s);
    for (QPushButton *button : {m_test, m_switch, m_remove})
        button->setAutoDefault(false);
    layout->addWidget(m_test);
    layout->addWidget(m_switch);
    layout->addStretch();
    layout->addWidget(m_remove);
    return row;
}

void ProfileDialog::wire()
{
    connect(primary(), &QPushButton::clicked, this, &ProfileDialog::save);
    connect(m_form, &ProfileForm::changed, this, &ProfileDialog::showState);
    connect(m_form->secret(), &SecretField::removeRequested, this, [this] { emit removeSecretRequested(m_id); });
    connect(m_form->aggregationSecret(), &SecretField::removeRequested, this,
        [this] { emit removeAggregationSecretRequested(m_id); });
    connect(&m_parts.store, &models::ProfileStore::changed, this, &ProfileDialog::showProfiles);
    connect(&m_parts.test, &models::ConnectionTest::changed, this, &ProfileDialog::showState);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *now) {
        const QString id = now ? now->data(Qt::UserRole).toString() : QString();
        if (id.isEmpty() || id == m_id)
            return;
        leaveFor([this, id] { choose(id); });
    });
    wireButtons();
}

void ProfileDialog::wireButtons()
{
    connect(m_add, &QPushButton::clicked, this, [this] { leaveFor([this] { addProfile(); }); });
    connect(m_test, &QPushButton::clicked, this, &ProfileDialog::test);
    connect(m_remove, &QPushButton::clicked, this, &ProfileDialog::removeProfile);
    connect(m_switch, &QPushButton::clicked, this, [this] {
        leaveFor([this] {
            emit switchRequested(m_id);
            accept();
        });
    });
}

//! Runs `next` at once, or after the person agreed to lose what is typed; otherwise the list goes back to the profile
//! in the form.
void ProfileDialog::leaveFor(const std::function<void()> &next)
{
    if (!m_form->isChanged()) {
        next();
        return;
    }
    showProfiles();
    m_parts.asker.ask(this,
        {.title = tr("Leave without saving?"),
            .text = tr("What you changed in this profile is not saved."),
            .yes = tr("Leave without saving"),
            .destructive = true},
        [dialog = QPointer<ProfileDialog>(this), next](bool yes) {
            if (yes && dialog)
                next();
        });
}

void ProfileDialog::reject()
{
    leaveFor([this] {
        m_form->secret()->forgetTyped();
        m_form->aggregationSecret()->forgetTyped();
        m_parts.test.cancel();
        DialogFrame::reject();
    });
}

void ProfileDialog::choose(const QString &id)
{
    for (const models::Profile &profile : m_parts.store.profiles()) {
        if (profile.id == id)
            show(profile);
    }
}

void ProfileDialog::show(const models::Profile &profile)
{
    m_id = profile.id;
    m_parts.test.cancel();
    m_steps->clear();
    m_banner->clear();
    for (SecretField *field : {m_form->secret(), m_form->aggregationSecret()})
        field->setState(isStored(m_id) ? SecretState::Asking : SecretState::Missing);
    m_form->setProfile(profile, isStored(m_id) && m_parts.store.hasRecords(m_id));
    showProfiles();
    showState();
    if (isStored(m_id) && profile.environment != models::Environment::BuiltInSandbox)
        emit secretStateRequested(m_id);
}

void ProfileDialog::addProfile()
{
    const QString name = tr("New profile");
    models::Profile fresh;
    fresh.id = m_parts.store.newId(name);
    fresh.environment = models::Environment::LinkSandbox;
    fresh.baseUrl = models::defaultBaseUrl(fresh.environment);
    show(fresh);
    m_form->focusFirst();
}

void ProfileDialog::showProfiles()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    QList<models::Profile> shown = m_parts.store.profiles();
    if (!m_id.isEmpty() && !isStored(m_id))
        shown << m_form->profile();
    for (const models::Profile &profile : shown) {
        const QString name = profile.name.isEmpty() ? tr("New profile") : profile.name;
        auto *item = new QListWidgetItem(profile.id == m_openId ? tr("%1 (open)").arg(name) : name, m_list);
        item->setData(Qt::UserRole, profile.id);
        item->setSizeHint({0, metrics::rowHeight - spacing::s});
        item->setToolTip(models::environmentName(profile.environment));
        if (profile.id == m_id)
            m_list->setCurrentItem(item);
    }
}

void ProfileDialog::save()
{
    const models::Profile profile = m_form->profile();
    const QByteArray secret = m_form->secret()->typed();
    const QByteArray aggregationSecret = m_form->aggregationSecret()->typed();
    const bool reconnects = m_id == m_openId && m_form->changesConnection();
    if (const auto saved = m_parts.store.save(profile); !saved) {
        m_banner->showMessage(Banner::Kind::Error, saved.error());
        return;
    }
    m_banner->clear();
    m_form->setProfile(profile, m_parts.store.hasRecords(m_id));
    showProfiles();
    if (!secret.isEmpty()) {
        m_form->secret()->setState(SecretState::Asking, tr("Handing it to the keychain…"));
        emit secretEntered(profile.id, secret);
    }
    if (!aggregationSecret.isEmpty()) {
        m_form->aggregationSecret()->setState(SecretState::Asking, tr("Handing it to the keychain…"));
        emit aggregationSecretEntered(profile.id, aggregationSecret);
    }
    showState();
    setHint(tr("Saved."));
    if (!reconnects)
        return;
    // What runs would go on asking, and storing, as before.
    emit switchRequested(m_id);
    accept();
}

void ProfileDialog::removeProfile()
{
    m_parts.asker.ask(this,
        {.title = tr("Remove “%1”?").arg(m_form->profile().name),
            .text = tr("Its settings and its secret are removed from this computer. The ledger file stays, so nothing "
                       "that was "
                       "seen or sent is lost."),
            .yes = tr("Remove profile"),
            .destructive = true,
            .production = isProduction()},
        [dialog = QPointer<ProfileDialog>(this), id = m_id](bool yes) {
            if (!yes || !dialog)
                return;
            if (const auto removed = dialog->m_parts.store.remove(id); !removed) {
                dialog->m_banner->showMessage(Banner::Kind::Error, removed.error());
                return;
            }
            emit dialog->removeSecretRequested(id);
            emit dialog->removeAggregationSecretRequested(id);
            dialog->choose(dialog->m_openId);
        });
}

void ProfileDialog::test()
{
    m_steps->clear();
    emit testRequested(m_form->profile(), m_form->secret()->typed(), m_form->aggregationSecret()->typed());
}

void ProfileDialog::showSecretState(const QString &profileId, SecretState state, const QString &sentence)
{
    tellSecretState(m_form->secret(), profileId, state, sentence);
}

void ProfileDialog::showAggregationSecretState(const QString &profileId, SecretState state, const QString &sentence)
{
    tellSecretState(m_form->aggregationSecret(), profileId, state, sentence);
}

void ProfileDialog::tellSecretState(
    SecretField *field, const QString &profileId, SecretState state, const QString &sentence)
{
    if (profileId != m_id)
        return;
    field->setState(state, sentence);
    const bool needsSecret = m_form->profile().environment != models::Environment::BuiltInSandbox;
    if (state == SecretState::Problem && needsSecret)
        m_banner->showMessage(Banner::Kind::Error, sentence);
}

bool ProfileDialog::isStored(const QString &id) const
{
    const QList<models::Profile> &profiles = m_parts.store.profiles();
    return std::any_of(
        profiles.begin(), profiles.end(), [&](const models::Profile &profile) { return profile.id == id; });
}

bool ProfileDialog::isProduction() const
{
    return m_form->profile().environment == models::Environment::Production;
}

void ProfileDialog::showState()
{
    const QString problem = m_form->problem();
    const bool builtIn = m_form->profile().environment == models::Environment::BuiltInSandbox;
    const bool changed = m_form->isChanged() || !isStored(m_id);
    setPrimary(tr("Save"));
    primary()->setEnabled(changed && problem.isEmpty());
    m_test->setEnabled(problem.isEmpty() && !m_parts.test.isRunning());
    m_switch->setVisible(m_id != m_openId && isStored(m_id));
    m_remove->setVisible(!builtIn && m_id != m_openId && isStored(m_id));
    setHint(changed ? problem : QString());
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fastlinkdialog.h"

#include "models/cell.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStringListModel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

using Flow = models::FastLinkOrder::Flow;
using Opening = models::FastLinkOrder::Opening;

constexpr int namePauseMs = 200;

//! What each of the tenants' own configurations does; one that the tenant made is its own business.
QString configurationMeaning(const QString &name)
{
    if (name == "aggregation"_L1)
        return FastLinkDialog::tr("The accounts can be read: balances, transactions.");
    if (name == "verification"_L1)
        return FastLinkDialog::tr("The account is verified: its holder and full number can be asked for.");
    if (name == "aggregation_and_verification"_L1)
        return FastLinkDialog::tr("The accounts can be read, and are verified as well.");
    if (name == "verification_and_aggregation"_L1)
        return FastLinkDialog::tr("The account is verified first, then it can be read.");
    return FastLinkDialog::tr("A configuration of the tenant's own.");
}

QString linkText(const models::KnownLink &link)
{
    const QString bank = link.bank.isEmpty() ? FastLinkDialog::tr("Link %1").arg(link.id.text()) : link.bank;
    const QString status = models::statusLook(models::RecordKind::Customer, link.status).word;
    return status.isEmpty() ? bank : FastLinkDialog::tr("%1 · %2", "bank, status").arg(bank, status);
}

} // namespace

FastLinkDialog::FastLinkDialog(models::Aggregation &aggregation, const Workspace &workspace,
    const std::optional<models::LinkedUserId> &user, QWidget *parent)
    : DialogFrame(workspace.profile, tr("Link a bank with FastLink"), parent)
    , m_aggregation(aggregation)
    , m_workspace(workspace)
    , m_user(user)
{
    setObjectName(u"fastLinkDialog"_s);
    setMinimumWidth(dialogwidth::normal);
    m_pause.setSingleShot(true);
    m_pause.setInterval(namePauseMs);
    build();
    wire();
    fillTenants();
    if (m_user)
        m_login->setText(m_user->loginName.text());
    m_login->setReadOnly(m_user.has_value());
    (m_user ? static_cast<QWidget *>(m_configuration) : m_login)->setFocus();
    explainConfiguration();
    showLinks({});
    readNames();
    readLinks();
}

void FastLinkDialog::build()
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    body()->addWidget(m_banner);
    auto *column = new QVBoxLayout;
    column->setSpacing(spacing::xs);
    body()->addLayout(column, 1);
    buildPerson(column);
    buildFlow(column);
    buildWay(column);
    column->addStretch();
    setPrimary(tr("&Open FastLink"));
}

void FastLinkDialog::buildPerson(QVBoxLayout *column)
{
    m_tenant = new QComboBox(this);
    m_tenant->setObjectName(u"tenantCombo"_s);
    m_login = new QLineEdit(this);
    m_login->setObjectName(u"loginEdit"_s);
    m_names = new QStringListModel(this);
    auto *completer = new QCompleter(m_names, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_login->setCompleter(completer);
    addField(column, tr("&Tenant"), m_tenant);
    column->addSpacing(spacing::m);
    addField(column, tr("&Login name of the person"), m_login);
    column->addWidget(captionLabel(
        tr("A name of your choice, one for each person: their id in your shop, for example. Their accounts are found "
           "by it later on."),
        this));
    column->addSpacing(spacing::m);
}

void FastLinkDialog::buildFlow(QVBoxLayout *column)
{
    m_add = new QRadioButton(tr("Link a &new bank"), this);
    m_add->setObjectName(u"addButton"_s);
    m_add->setChecked(true);
    m_provider = new QLineEdit(this);
    m_provider->setObjectName(u"providerEdit"_s);
    m_provider->setAccessibleName(tr("Start at the bank with this id"));
    m_provider->setPlaceholderText(tr("Id of the bank to start at; empty: the person searches"));
    m_edit = new QRadioButton(tr("&Repair a link"), this);
    m_edit->setObjectName(u"editButton"_s);
    m_links = new QComboBox(this);
    m_links->setObjectName(u"linksCombo"_s);
    nameBox(m_links, tr("Which link is repaired"));
    m_noLinks = captionLabel({}, this);
    m_noLinks->setObjectName(u"noLinksText"_s);
    constexpr int indent = spacing::xl;
    const auto addIndented = [column](QWidget *widget) {
        auto *row = new QHBoxLayout;
        row->setContentsMargins(indent, 0, 0, 0);
        row->addWidget(widget);
        column->addLayout(row);
    };
    auto *title = new QLabel(tr("What is to happen"), this);
    title->setFont(Theme::font(Type::BodyStrong));
    column->addWidget(title);
    column->addWidget(m_add);
    addIndented(m_provider);
    column->addSpacing(spacing::xs);
    column->addWidget(m_edit);
    addIndented(m_links);
    addIndented(m_noLinks);
    column->addSpacing(spacing::m);
}

void FastLinkDialog::buildWay(QVBoxLayout *column)
{
    m_configuration = new QComboBox(this);
    m_configuration->setObjectName(u"configurationCombo"_s);
    m_configuration->setEditable(true);
    m_configuration->setInsertPolicy(QComboBox::NoInsert);
    m_configuration->addItems(models::fastLinkConfigurations());
    m_meaning = captionLabel({}, this);
    m_meaning->setObjectName(u"configurationMeaning"_s);
    m_opening = new QComboBox(this);
    m_opening->setObjectName(u"openingCombo"_s);
    m_opening->addItem(tr("By a form (usual)"), static_cast<int>(Opening::Form));
    m_opening->addItem(tr("By FastLink's loader script"), static_cast<int>(Opening::Loader));
    addField(column, tr("&Configuration"), m_configuration);
    column->addWidget(m_meaning);
    column->addSpacing(spacing::m);
    addField(column, tr("How the page is o&pened"), m_opening);
}

void FastLinkDialog::wire()
{
    connect(m_login, &QLineEdit::textChanged, this, [this] {
        m_pause.start();
        showState();
    });
    connect(&m_pause, &QTimer::timeout, this, &FastLinkDialog::readLinks);
    connect(m_tenant, &QComboBox::currentTextChanged, this, [this] {
        readNames();
        readLinks();
    });
    connect(m_add, &QRadioButton::toggled, this, &FastLinkDialog::showState);
    connect(m_links, &QComboBox::currentIndexChanged, this, &FastLinkDialog::showState);
    connect(m_configuration, &QComboBox::editTextChanged, this, [this] {
        explainConfiguration();
        showState();
    });
    connect(&m_aggregation, &models::Aggregation::settingsChanged, this, &FastLinkDialog::fillTenants);
    connect(primary(), &QPushButton::clicked, this, &FastLinkDialog::hand);
}

void FastLinkDialog::fillTenants()
{
    m_tenant->clear();
    if (m_user)
        m_tenant->addItem(m_user->tenant.text());
    else
        m_tenant->addItems(m_aggregation.tenants());
    m_tenant->setCurrentText(m_user ? m_user->tenant.text() : m_aggregation.tenant());
    m_tenant->setEnabled(m_tenant->count() > 1);
    showState();
}

models::LinkedUserId FastLinkDialog::user() const
{
    return {.tenant = api::TenantId(m_tenant->currentText()), .loginName = api::LoginName(m_login->text().trimmed())};
}

//! Names that cannot be read are no reason to stop: they can be typed.
void FastLinkDialog::readNames()
{
    m_namesRead = m_workspace.ledger.read<QStringList>(
        [tenant = user().tenant](models::Database &database) { return models::readLoginNames(database, tenant); }, this,
        [this](const models::DatabaseResult<QStringList> &names) {
            m_names->setStringList(names.value_or(QStringList()));
        });
}

void FastLinkDialog::readLinks()
{
    using Links = QList<models::KnownLink>;
    m_linksRead = m_workspace.ledger.read<Links>(
        [person = user()](models::Database &database) { return models::readKnownLinks(database, person); }, this,
        [this](const models::DatabaseResult<Links> &links) { showLinks(links.value_or(Links())); });
}

//! A link that needs the person is why they are here.
void FastLinkDialog::showLinks(const QList<models::KnownLink> &links)
{
    m_links->clear();
    for (const models::KnownLink &link : links)
        m_links->addItem(linkText(link), link.id.text());
    const auto broken = std::ranges::find_if(links, &models::KnownLink::needsRepair);
    if (broken != links.end()) {
        m_links->setCurrentIndex(static_cast<int>(broken - links.begin()));
        m_edit->setChecked(true);
    } else if (links.isEmpty()) {
        m_add->setChecked(true);
    }
    m_edit->setEnabled(!links.isEmpty());
    m_noLinks->setText(m_login->text().trimmed().isEmpty()
            ? tr("The links of a person appear once their login name is typed.")
            : tr("No link of this person is known here."));
    m_noLinks->setVisible(links.isEmpty());
    m_links->setVisible(!links.isEmpty());
    showState();
}

void FastLinkDialog::explainConfiguration()
{
    m_meaning->setText(configurationMeaning(m_configuration->currentText().trimmed()));
}

models::FastLinkOrder FastLinkDialog::order() const
{
    const bool repair = m_edit->isChecked();
    return {.loginName = user().loginName,
        .configName = m_configuration->currentText().trimmed(),
        .flow = repair ? Flow::Edit : Flow::Add,
        .providerId = repair ? QString() : m_provider->text().trimmed(),
        .providerAccountId = repair ? api::ProviderAccountId(m_links->currentData().toString())
                                    : api::ProviderAccountId(),
        .opening = static_cast<Opening>(m_opening->currentData().toInt())};
}

QString FastLinkDialog::problem() const
{
    if (!m_aggregation.isUsed())
        return tr("This profile does not use account aggregation. Enter its address and credentials in the settings.");
    if (!m_aggregation.hasSecret())
        return tr("The aggregation client secret is missing. Enter it in the settings.");
    if (m_tenant->currentText().isEmpty())
        return tr("No tenant is known. Enter the id of one in the settings.");
    return models::orderProblem(order());
}

void FastLinkDialog::showState()
{
    const QString wrong = problem();
    const bool waiting = m_call.isActive();
    m_provider->setEnabled(m_add->isChecked());
    m_links->setEnabled(m_edit->isChecked());
    setHint(waiting ? tr("Asking FinGoal…") : wrong);
    primary()->setEnabled(wrong.isEmpty() && !waiting);
}

void FastLinkDialog::hand()
{
    m_banner->clear();
    if (!m_aggregation.setTenant(m_tenant->currentText()))
        return m_banner->showMessage(Banner::Kind::Error,
            tr("The tenant %1 is not among those of this profile. Add it in the settings.")
                .arg(m_tenant->currentText()));
    const QString aim = m_edit->isChecked() ? tr("Repair a link with FastLink") : tr("Link a bank with FastLink");
    const QString purpose = tr("%1 · %2", "what FastLink is for, login name").arg(aim, user().loginName.text());
    m_call = m_aggregation.openFastLink(
        order(), this, [this, purpose](const api::Result<models::FastLinkLaunch> &opened) {
            const api::Call done = std::exchange(m_call, {});
            showState();
            if (!opened)
                return m_banner->showMessage(
                    Banner::Kind::Error, api::errorText(opened.error()), api::errorDetails(opened.error()));
            emit launched(*opened, purpose);
            accept();
        });
    showState();
}

} // namespace ui

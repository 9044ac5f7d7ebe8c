// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sessiondialog.h"

#include "models/plurals.h"
#include "ui/asker.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/sessionform.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QDateTime>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int formHeight = 640;

QString sessionTitle(models::PayLinkPurpose purpose)
{
    switch (purpose) {
    case models::PayLinkPurpose::New:
        return SessionDialog::tr("New pay link");
    case models::PayLinkPurpose::Relink:
        return SessionDialog::tr("Re-link a bank account");
    case models::PayLinkPurpose::PayAgain:
        return SessionDialog::tr("Pay again");
    }
    Q_UNREACHABLE();
}

} // namespace

QUrl usualRedirect(const models::Profile &profile)
{
    if (!profile.redirectUrl.isEmpty())
        return profile.redirectUrl;
    // The sandbox approves any address; this name belongs to nobody (RFC 2606).
    return profile.environment == models::Environment::BuiltInSandbox ? QUrl(u"https://merchant.example/done"_s)
                                                                      : QUrl();
}

SessionDialog::SessionDialog(const Workspace &workspace, const QString &title, QWidget *parent)
    : DialogFrame(workspace.profile, title, parent)
    , m_workspace(workspace)
{
    setObjectName(u"sessionDialog"_s);
    build();
    wire();
    readTemplates();
}

SessionDialog::SessionDialog(
    const Workspace &workspace, models::PayLinkPurpose purpose, const QString &recordId, QWidget *parent)
    : SessionDialog(workspace, sessionTitle(purpose), parent)
{
    m_wanted.purpose = purpose;
    if (recordId.isEmpty()) {
        models::NewPayLink empty{.purpose = purpose};
        empty.draft.set(models::SessionField::Experience, models::payInPage.toString());
        fill(empty);
        return;
    }
    load(
        [purpose, recordId](models::Database &database) { return models::prefilledLink(database, purpose, recordId); });
}

SessionDialog::SessionDialog(const Workspace &workspace, qint64 link, QWidget *parent)
    : SessionDialog(workspace, tr("Another pay link"), parent)
{
    load([link](models::Database &database) -> models::DatabaseResult<models::NewPayLink> {
        const auto found = models::readPayLink(database, link);
        if (!found)
            return std::unexpected(found.error());
        if (!*found)
            return models::NewPayLink{};
        return models::NewPayLink{
            .draft = (*found)->draft, .purpose = (*found)->purpose, .forCustomer = (*found)->forCustomer};
    });
}

SessionDialog::~SessionDialog()
{
    m_form->disconnect(this);
}

void SessionDialog::build()
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_form = new SessionForm(this);
    m_form->setBackgroundRole(QPalette::Window);
    m_area = new QScrollArea(this);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus); // its fields scroll it
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setWidget(m_form);
    m_area->viewport()->setBackgroundRole(QPalette::Window);
    body()->setSpacing(spacing::m);
    body()->addWidget(buildTemplates());
    body()->addWidget(m_banner);
    body()->addWidget(m_area, 1);
    setPrimary(tr("&Make the link"));
    setMinimumWidth(dialogwidth::wide * 4 / 5);
    resize(dialogwidth::wide * 4 / 5, qMin(formHeight + 160, screen()->availableGeometry().height() - 80));
}

QWidget *SessionDialog::buildTemplates()
{
    auto *row = new QWidget(this);
    auto *label = new QLabel(tr("&Template"), row);
    m_template = new QComboBox(row);
    m_template->setObjectName(u"templateCombo"_s);
    m_template->setAccessibleName(tr("Template"));
    label->setBuddy(m_template);
    const auto button = [row](const QString &name, const QString &icon, const QString &text, const QString &what) {
        auto *made = new QToolButton(row);
        made->setObjectName(name);
        made->setIcon(Theme::icon(icon, Colour::MutedInk));
        made->setText(text);
        made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        made->setToolTip(what);
        made->setAutoRaise(true);
        made->setFocusPolicy(Qt::StrongFocus);
        return made;
    };
    m_saveTemplate = button(u"saveTemplateButton"_s, u"document-save"_s, tr("Save as…"),
        tr("Keeps everything but the customer for the next link"));
    m_removeTemplate = button(
        u"removeTemplateButton"_s, u"list-remove"_s, tr("Forget"), tr("Forgets the template that is chosen"));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::s);
    layout->addWidget(label);
    layout->addWidget(m_template, 1);
    layout->addWidget(m_saveTemplate);
    layout->addWidget(m_removeTemplate);
    return row;
}

void SessionDialog::wire()
{
    connect(primary(), &QPushButton::clicked, this, &SessionDialog::submit);
    connect(m_form, &SessionForm::changed, this, &SessionDialog::showState);
    connect(m_form, &SessionForm::fieldFocused, m_area,
        [this](QWidget *field) { m_area->ensureWidgetVisible(field, spacing::xl, spacing::xxl * 2); });
    connect(m_template, &QComboBox::activated, this, &SessionDialog::applyTemplate);
    connect(m_saveTemplate, &QToolButton::clicked, this, &SessionDialog::saveTemplate);
    connect(m_removeTemplate, &QToolButton::clicked, this, &SessionDialog::removeTemplate);
}

void SessionDialog::load(std::function<models::DatabaseResult<models::NewPayLink>(models::Database &)> job)
{
    m_form->setEnabled(false);
    m_read = m_workspace.ledger.read<models::NewPayLink>(
        std::move(job), this, [this](const models::DatabaseResult<models::NewPayLink> &wanted) {
            m_form->setEnabled(true);
            if (!wanted)
                return m_banner->showMessage(
                    Banner::Kind::Error, models::databaseErrorText(wanted.error()), wanted.error().message);
            fill(*wanted);
        });
}

void SessionDialog::fill(const models::NewPayLink &wanted)
{
    m_wanted = wanted;
    models::SessionDraft draft = wanted.draft;
    if (draft.text(models::SessionField::RedirectUrl).isEmpty())
        draft.set(models::SessionField::RedirectUrl, usualRedirect(m_workspace.profile).toString(QUrl::FullyEncoded));
    m_form->setDraft(draft);
    const bool named = !draft.text(models::SessionField::FirstName).isEmpty();
    m_form
        ->fieldWidget(
            named && draft.paysInPage() ? models::SessionField::PaymentAmount : models::SessionField::FirstName)
        ->setFocus();
    showState();
}

void SessionDialog::showState()
{
    const qint64 warnings = std::ranges::count(m_form->findings(), true, &models::DraftFinding::warning);
    const qint64 errors = m_form->findings().size() - warnings;
    primary()->setEnabled(!m_sending);
    m_removeTemplate->setEnabled(m_template->currentIndex() > 0);
    if (errors > 0)
        setHint(models::counted(errors, tr("1 thing is missing or wrong."), tr("%1 things are missing or wrong.")));
    else if (warnings > 0)
        setHint(models::counted(
            warnings, tr("It can be sent; 1 thing looks odd."), tr("It can be sent; %1 things look odd.")));
    else
        setHint(m_form->draft().paysInPage() ? tr("No money moves before the customer agrees on Link Money's page.")
                                             : QString());
}

void SessionDialog::readTemplates()
{
    m_readTemplates = m_workspace.ledger.read<QList<models::SessionTemplate>>(models::readSessionTemplates, this,
        [this](const models::DatabaseResult<QList<models::SessionTemplate>> &templates) {
            if (!templates)
                return;
            const QString chosen = m_template->currentIndex() > 0 ? m_template->currentText() : QString();
            m_templates = *templates;
            m_template->clear();
            m_template->addItem(tr("None"));
            for (const models::SessionTemplate &each : m_templates)
                m_template->addItem(each.name);
            m_template->setCurrentIndex(qMax(0, m_template->findText(chosen, Qt::MatchFixedString)));
            showState();
        });
}

void SessionDialog::applyTemplate(int index)
{
    if (index > 0 && index <= m_templates.size())
        m_form->setDraft(models::withTemplate(m_form->draft(), m_templates.at(index - 1).draft));
    showState();
}

void SessionDialog::saveTemplate()
{
    const Asker::Question question{.title = tr("Save a template"),
        .text = tr(
            "Everything but the customer, the addresses and your reference is kept. A template of the same name is "
            "replaced."),
        .yes = tr("Save")};
    m_workspace.asker.askText(
        this, question, tr("Name"), [dialog = QPointer<SessionDialog>(this)](const QString &name) {
            if (!dialog || name.trimmed().isEmpty())
                return;
            const models::SessionTemplate saved{.name = name.trimmed(), .draft = dialog->m_form->draft()};
            dialog->m_workspace.ledger.write(
                [saved, now = QDateTime::currentMSecsSinceEpoch()](
                    models::Database &database) { return models::saveSessionTemplate(database, saved, now); },
                models::Ledger::Durability::Normal, dialog,
                [dialog, saved](const models::DatabaseResult<void> &written) {
                    if (!written)
                        return dialog->m_banner->showMessage(
                            Banner::Kind::Error, models::databaseErrorText(written.error()));
                    dialog->m_template->addItem(saved.name);
                    dialog->m_template->setCurrentIndex(dialog->m_template->count() - 1);
                    dialog->readTemplates();
                });
        });
}

void SessionDialog::removeTemplate()
{
    const QString name = m_template->currentText();
    m_workspace.ledger.write(
        [name](models::Database &database) { return models::removeSessionTemplate(database, name); },
        models::Ledger::Durability::Normal, this,
        [this](const models::DatabaseResult<void> &) {
            m_template->setCurrentIndex(0);
            readTemplates();
        });
}

void SessionDialog::submit()
{
    m_wanted.draft = m_form->draft();
    if (!models::canBeSent(m_form->findings()))
        return m_form->showRequired();
    m_sending = true;
    showState();
    m_workspace.payLinks.create(m_wanted, this, [this](const std::expected<qint64, QString> &key) {
        m_sending = false;
        showState();
        if (!key)
            return m_banner->showMessage(Banner::Kind::Error, key.error());
        emit created(*key);
        accept();
    });
}

} // namespace ui

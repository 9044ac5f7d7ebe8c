// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/aggregationwebhookdialog.h"

#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/elidedtext.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSet>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int typeWordRole = Qt::UserRole; //!< the API's word

} // namespace

AggregationWebhookDialog::AggregationWebhookDialog(const models::Profile &profile, const QString &tenant,
    const std::optional<api::RegisteredWebhook> &existing, QWidget *parent)
    : DialogFrame(profile, existing ? tr("Change a webhook") : tr("New aggregation webhook"), parent)
    , m_existing(existing)
{
    setObjectName(u"aggregationWebhookDialog"_s);
    setMinimumWidth(dialogwidth::normal);
    build(tenant);
    fillTypes();
    wire();
    showState();
}

void AggregationWebhookDialog::build(const QString &tenant)
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_uri = new QLineEdit(this);
    m_uri->setObjectName(u"uriEdit"_s);
    m_uri->setPlaceholderText(u"https://"_s);
    m_uri->setText(m_existing ? m_existing->uri : QString());
    m_types = new QListWidget(this);
    m_types->setObjectName(u"typeList"_s);
    m_types->setUniformItemSizes(true);
    m_types->setSpacing(spacing::xs / 2);
    m_meaning = captionLabel({}, this);
    m_meaning->setObjectName(u"typeMeaning"_s);
    m_meaning->setMinimumHeight(m_meaning->fontMetrics().lineSpacing() * 3);
    m_meaning->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_on = new QCheckBox(tr("&Switched on: events are delivered"), this);
    m_on->setObjectName(u"switchedOnBox"_s);
    m_on->setChecked(!m_existing || !m_existing->disabled);
    auto *column = new QVBoxLayout;
    column->setSpacing(spacing::xs);
    body()->addWidget(m_banner);
    body()->addLayout(column, 1);
    addField(column, tr("&Address"), m_uri);
    column->addWidget(captionLabel(tr("Where FinGoal sends the events of the tenant %1. It must begin with https:// "
                                      "and be reachable from the internet.")
                                       .arg(tenant),
        this));
    column->addSpacing(spacing::m);
    addField(column, tr("&Tells of"), m_types);
    column->addSpacing(spacing::xs);
    column->addWidget(m_meaning);
    column->addSpacing(spacing::s);
    column->addWidget(m_on);
    column->addStretch();
    setPrimary(m_existing ? tr("Sa&ve") : tr("&Register"));
}

//! All of them for a new one: what is not wanted is easier to leave out than to know of. What the server told of and
//! the reference does not name can be kept or left out.
void AggregationWebhookDialog::fillTypes()
{
    QStringList words = api::webhookTypes();
    for (const QString &word : m_existing ? m_existing->types : QStringList()) {
        if (!words.contains(word))
            words.append(word);
    }
    for (const QString &word : words) {
        auto *item = new QListWidgetItem(models::AggregationWebhooks::typeText(word), m_types);
        item->setData(typeWordRole, word);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(!m_existing || m_existing->types.contains(word) ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(plainToolTip(word));
    }
    m_types->setCurrentRow(0);
    const int rows = static_cast<int>(words.size());
    const int rowHeight = m_types->sizeHintForRow(0) + 2 * m_types->spacing();
    m_types->setFixedHeight(rows * rowHeight + 2 * (m_types->frameWidth() + spacing::xs));
    explain();
}

void AggregationWebhookDialog::wire()
{
    connect(m_uri, &QLineEdit::textChanged, this, &AggregationWebhookDialog::showState);
    connect(m_types, &QListWidget::itemChanged, this, &AggregationWebhookDialog::showState);
    connect(m_types, &QListWidget::currentItemChanged, this, &AggregationWebhookDialog::explain);
    connect(m_on, &QCheckBox::toggled, this, &AggregationWebhookDialog::showState);
    connect(primary(), &QPushButton::clicked, this, &AggregationWebhookDialog::hand);
}

void AggregationWebhookDialog::explain()
{
    const QListWidgetItem *item = m_types->currentItem();
    const QString word = item ? item->data(typeWordRole).toString() : QString();
    m_meaning->setText(word.isEmpty() ? QString() : models::AggregationWebhooks::typeMeaning(word));
}

QStringList AggregationWebhookDialog::types() const
{
    QStringList chosen;
    for (int row = 0; row < m_types->count(); ++row) {
        if (m_types->item(row)->checkState() == Qt::Checked)
            chosen.append(m_types->item(row)->data(typeWordRole).toString());
    }
    return chosen;
}

api::WebhookChange AggregationWebhookDialog::change() const
{
    api::WebhookChange change;
    if (const QString uri = m_uri->text().trimmed(); uri != m_existing->uri)
        change.uri = uri;
    const QStringList chosen = types();
    if (QSet<QString>(chosen.begin(), chosen.end())
        != QSet<QString>(m_existing->types.begin(), m_existing->types.end()))
        change.types = chosen;
    if (m_on->isChecked() == m_existing->disabled)
        change.disabled = !m_on->isChecked();
    return change;
}

bool AggregationWebhookDialog::isUnchanged() const
{
    if (!m_existing)
        return false;
    const api::WebhookChange wanted = change();
    return !wanted.uri && !wanted.types && !wanted.disabled;
}

//! An answer without an address is no reason to ask for one when only something else is to change.
QString AggregationWebhookDialog::problem() const
{
    const QString uri = m_uri->text().trimmed();
    const bool addressUntouched = m_existing && uri == m_existing->uri;
    return models::AggregationWebhooks::draftProblem(addressUntouched ? u"https://unchanged.invalid"_s : uri, types());
}

void AggregationWebhookDialog::showState()
{
    const QString wrong = problem();
    const bool same = wrong.isEmpty() && isUnchanged();
    setHint(m_waiting ? tr("Asking FinGoal…") : same ? tr("Nothing is changed yet.") : wrong);
    primary()->setEnabled(wrong.isEmpty() && !same && !m_waiting);
}

void AggregationWebhookDialog::suggest(const QString &uri)
{
    m_uri->setText(uri);
}

void AggregationWebhookDialog::showProblem(const QString &sentence, const QString &details)
{
    m_waiting = false;
    m_banner->showMessage(Banner::Kind::Error, sentence, details);
    showState();
}

void AggregationWebhookDialog::hand()
{
    m_waiting = true;
    m_banner->clear();
    showState();
    if (m_existing)
        emit changeRequested(change());
    else
        emit createRequested(m_uri->text().trimmed(), types(), !m_on->isChecked());
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orderconfirmation.h"

#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/environmenttag.h"
#include "ui/moneyfield.h"
#include "ui/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

//! A custom address may well be production behind a gateway.
bool movesRealMoney(models::Environment environment)
{
    return environment == models::Environment::Production || environment == models::Environment::Custom;
}

} // namespace

OrderConfirmation::OrderConfirmation(const models::Profile &profile, QWidget *parent)
    : QWidget(parent)
    , m_asksAmount(movesRealMoney(profile.environment))
{
    build(profile);
}

void OrderConfirmation::build(const models::Profile &profile)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::m);
    m_back = new QPushButton(Theme::icon(u"go-previous"_s), tr("&Back"), this);
    m_back->setObjectName(u"backButton"_s);
    m_back->setAutoDefault(false);
    m_back->setToolTip(tr("Back to the form; nothing typed is lost"));
    connect(m_back, &QPushButton::clicked, this, &OrderConfirmation::backRequested);
    layout->addWidget(m_back, 0, Qt::AlignLeft);
    m_amount = new QLabel(this);
    m_amount->setObjectName(u"confirmAmount"_s);
    m_amount->setFont(Theme::font(Type::Amount));
    layout->addWidget(m_amount);
    m_sentence = paragraphLabel({}, this);
    m_sentence->setObjectName(u"confirmSentence"_s);
    layout->addWidget(m_sentence);
    layout->addWidget(new EnvironmentTag(profile, this));
    m_facts = new QFormLayout;
    m_facts->setHorizontalSpacing(spacing::l);
    m_facts->setVerticalSpacing(spacing::xs);
    m_facts->setLabelAlignment(Qt::AlignLeft);
    layout->addLayout(m_facts);
    m_warnings = new QVBoxLayout;
    m_warnings->setSpacing(spacing::s);
    layout->addLayout(m_warnings);
    buildRetype(layout);
    layout->addStretch();
}

void OrderConfirmation::buildRetype(QVBoxLayout *layout)
{
    if (!m_asksAmount)
        return;
    m_retype = new QLineEdit(this);
    m_retype->setObjectName(u"confirmAmountEdit"_s);
    auto *retype = new QVBoxLayout;
    retype->setSpacing(spacing::xs);
    layout->addLayout(retype);
    m_retypeLabel = addField(retype, tr("Type the amount again"), m_retype);
    connect(m_retype, &QLineEdit::textChanged, this, &OrderConfirmation::changed);
}

void OrderConfirmation::setSummary(const OrderSummary &summary)
{
    const QLocale locale;
    m_cents = summary.amount.cents;
    m_amount->setText(moneyText(m_cents, summary.amount.currency, locale));
    m_sentence->setText(summary.sentence);
    showFacts(summary.facts);
    showWarnings(summary.warnings);
    if (m_retype) {
        m_retype->clear();
        m_retype->setPlaceholderText(api::plainAmount(m_cents));
        m_retypeLabel->setText(tr("This moves real money. &Type %1 again").arg(api::plainAmount(m_cents)));
    }
}

void OrderConfirmation::showFacts(const QList<OrderSummary::Fact> &facts)
{
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    for (const OrderSummary::Fact &fact : facts) {
        if (fact.value.isEmpty())
            continue;
        QLabel *label = captionLabel(fact.label, this);
        label->setWordWrap(false);
        QLabel *value = valueLabel(fact.value, this);
        value->setAccessibleName(u"%1: %2"_s.arg(fact.label, fact.value));
        m_facts->addRow(label, value);
    }
}

void OrderConfirmation::showWarnings(const QStringList &warnings)
{
    while (QLayoutItem *item = m_warnings->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &warning : warnings) {
        auto *banner = new Banner(this);
        banner->setObjectName(u"confirmWarning"_s);
        banner->showMessage(Banner::Kind::Warning, warning);
        m_warnings->addWidget(banner);
    }
}

bool OrderConfirmation::isConfirmed() const
{
    return !m_retype || api::parseTypedAmount(m_retype->text()) == m_cents;
}

QString OrderConfirmation::problem() const
{
    if (isConfirmed())
        return {};
    return m_retype->text().isEmpty() ? tr("Type the amount to go on.") : tr("That is not the amount above.");
}

void OrderConfirmation::focusFirst()
{
    if (m_retype)
        m_retype->setFocus();
}

} // namespace ui

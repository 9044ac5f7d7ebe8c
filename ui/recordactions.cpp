// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recordactions.h"

#include "ui/moneyfield.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

QPushButton *recordButton(const QString &text, const QString &name, const QString &what, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setToolTip(what);
    button->setAutoDefault(false);
    return button;
}

} // namespace

RecordActions::RecordActions(const Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    build();
    wire();
    showState();
}

void RecordActions::build()
{
    m_refund = recordButton(
        tr("&Refund…"), u"refundButton"_s, tr("Give this payment back, in full or in part (R)"), this);
    m_refund->setDefault(true);
    m_cancel = recordButton(
        tr("Cancel payment…"), u"cancelPaymentButton"_s, tr("Ask Link Money to stop this payment"), this);
    m_pay = recordButton(tr("Take a payment…"), u"payButton"_s, tr("Debit the linked account"), this);
    m_credit = recordButton(tr("Send a credit…"), u"creditButton"_s, tr("Send money to the linked account"), this);
    m_reveal = recordButton(tr("Account numbers…"), u"revealButton"_s,
        tr("Verified account data; full numbers only on an explicit, recorded reveal"), this);
    m_relink = recordButton({}, u"relinkButton"_s, {}, this);
    m_again = recordButton(
        tr("Pay &again…"), u"payAgainButton"_s, tr("A link with which the customer pays this amount again"), this);
    m_reason = new QLabel(this);
    m_reason->setObjectName(u"refundReason"_s);
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setFont(Theme::font(Type::Caption));
    m_reason->setForegroundRole(QPalette::PlaceholderText);
    m_reason->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(spacing::s);
    for (QPushButton *button : {m_refund, m_cancel, m_pay, m_credit})
        row->addWidget(button);
    row->addStretch();
    auto *second = new QHBoxLayout;
    second->setSpacing(spacing::s);
    second->addWidget(m_again);
    second->addWidget(m_relink);
    second->addWidget(m_reveal);
    second->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    column->addLayout(row);
    column->addLayout(second);
    column->addWidget(m_reason);
}

void RecordActions::wire()
{
    connect(m_refund, &QPushButton::clicked, this, [this] { emit refundRequested(m_details->ref); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { emit cancelRequested(m_details->ref); });
    connect(m_pay, &QPushButton::clicked, this, [this] { emit payRequested(customer()); });
    connect(m_credit, &QPushButton::clicked, this, [this] { emit creditRequested(customer()); });
    connect(m_reveal, &QPushButton::clicked, this, [this] { emit revealRequested(person()); });
    connect(m_relink, &QPushButton::clicked, this, [this] { emit relinkRequested(person()); });
    connect(m_again, &QPushButton::clicked, this, [this] { emit payAgainRequested(m_details->ref); });
    connect(&m_workspace.outbox, &models::Outbox::entryChanged, this, &RecordActions::readRemainder);
}

models::RecordRef RecordActions::customer() const
{
    return {models::RecordKind::Customer, m_details->customerId.text()};
}

//! The one shown, of either family, or the customer of the payment shown.
models::RecordRef RecordActions::person() const
{
    return m_details->ref.kind == models::RecordKind::Customer ? m_details->ref : customer();
}

void RecordActions::setRecord(const std::optional<models::RecordDetails> &details)
{
    if (!details || !m_details || details->ref != m_details->ref)
        m_remainder.reset();
    m_details = details;
    showState();
    readRemainder();
}

void RecordActions::readRemainder()
{
    if (!m_details || m_details->ref.kind != models::RecordKind::Transaction)
        return;
    const api::TransactionId original(m_details->ref.id);
    m_read = m_workspace.ledger.read<models::Remainder>(
        [original](models::Database &database) { return models::remainderOf(database, original); }, this,
        [this](const models::DatabaseResult<models::Remainder> &remainder) {
            m_remainder = remainder ? std::optional(*remainder) : std::nullopt;
            showState();
        });
}

QString RecordActions::whyNoRefund() const
{
    if (!m_details || !m_remainder || !m_remainder->whyNot)
        return {};
    return models::intentRefusalText(
        {.problem = *m_remainder->whyNot, .remainderCents = m_remainder->left, .detail = m_details->status});
}

void RecordActions::showState()
{
    const bool payment = m_details && m_details->ref.kind == models::RecordKind::Transaction
        && m_details->type == "DEBIT"_L1;
    const bool customer = m_details && m_details->ref.kind == models::RecordKind::Customer;
    const bool linkedUser = customer && m_details->family == models::WebhookFamily::Aggregation;
    const bool customerPage = customer && !linkedUser;
    m_refund->setVisible(payment);
    m_refund->setEnabled(payment && m_remainder && !m_remainder->whyNot);
    m_cancel->setVisible(payment && m_details->canStillChange);
    m_pay->setVisible(customerPage);
    m_credit->setVisible(customerPage);
    m_reveal->setVisible(customer);
    m_relink->setVisible(linkedUser || ((customerPage || payment) && !m_details->customerId.isEmpty()));
    m_relink->setText(linkedUser ? tr("&Link a bank with FastLink…") : tr("Re-&link bank…"));
    m_relink->setToolTip(linkedUser ? tr("Repair a link of this person, or add one (L)")
                                    : tr("A link with which the customer links a bank account again (L)"));
    m_again->setVisible(payment);
    const QString why = payment ? whyNoRefund()
        : linkedUser ? tr("Linked through account aggregation: the accounts can be read here, but no money can "
                          "be taken from or sent to them.")
                     : QString();
    const bool partly = payment && m_remainder && why.isEmpty() && m_remainder->left < m_remainder->amount.cents;
    m_reason->setText(partly ? tr("%1 of it can still be refunded.")
                                   .arg(moneyText(m_remainder->left, m_remainder->amount.currency, locale()))
                             : why);
    m_reason->setVisible(!m_reason->text().isEmpty());
    m_refund->setAccessibleDescription(m_reason->text());
    setVisible(payment || customer);
}

} // namespace ui

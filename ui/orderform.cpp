// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orderform.h"

#include "ui/descriptorfield.h"
#include "ui/dialogpieces.h"
#include "ui/moneyfield.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

//! Longest reason and reference that are kept; the API states no limit for clientReferenceId.
constexpr int longestNote = 200;

} // namespace

OrderForm::OrderForm(const Words &words, QWidget *parent)
    : QWidget(parent)
    , m_top(new QVBoxLayout)
{
    build(words);
    wire();
}

void OrderForm::build(const Words &words)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::m);
    layout->addLayout(m_top);
    if (words.withAmount) {
        m_amount = new MoneyField(this);
        m_amount->edit()->setObjectName(u"amountEdit"_s);
        m_amountNote = captionLabel({}, this);
        m_amountNote->setObjectName(u"amountNote"_s);
        QVBoxLayout *amount = fieldLayout(layout);
        addField(amount, tr("&Amount"), m_amount, m_amount->edit());
        amount->addWidget(m_amountNote);
    }
    m_reason = new QComboBox(this); // after the amount, because Tab follows the order of creation
    m_reason->setObjectName(u"reasonCombo"_s);
    m_reason->setEditable(true);
    m_reason->setInsertPolicy(QComboBox::NoInsert);
    m_reason->addItems(words.reasons);
    m_reason->setCurrentIndex(-1);
    m_reason->lineEdit()->setMaxLength(longestNote);
    m_reason->lineEdit()->setPlaceholderText(tr("Choose one or type your own"));
    addField(fieldLayout(layout), tr("&Reason"), m_reason);
    if (words.withAmount) {
        m_reference = new QLineEdit(this);
        m_reference->setObjectName(u"referenceEdit"_s);
        m_reference->setMaxLength(longestNote);
        QVBoxLayout *reference = fieldLayout(layout);
        addField(reference, tr("Your re&ference (optional)"), m_reference);
        reference->addWidget(captionLabel(words.referenceHint, this));
        m_descriptor = new DescriptorField(this);
        addField(fieldLayout(layout), tr("&Text on the bank statement (optional)"), m_descriptor, m_descriptor->edit());
    }
}

void OrderForm::wire()
{
    connect(m_reason, &QComboBox::editTextChanged, this, &OrderForm::changed);
    if (!m_amount)
        return;
    connect(m_amount, &MoneyField::changed, this, &OrderForm::changed);
    connect(m_amount->edit(), &QLineEdit::textEdited, this, [this] { m_typed = true; });
    connect(m_reference, &QLineEdit::textChanged, this, &OrderForm::changed);
    connect(m_descriptor, &DescriptorField::changed, this, &OrderForm::changed);
}

MoneyField *OrderForm::amount() const
{
    return m_amount;
}

QString OrderForm::reason() const
{
    return m_reason->currentText().simplified();
}

QString OrderForm::reference() const
{
    return m_reference ? m_reference->text().trimmed() : QString();
}

QString OrderForm::descriptor() const
{
    return m_descriptor ? m_descriptor->text() : QString();
}

bool OrderForm::amountWasTyped() const
{
    return m_typed;
}

QString OrderForm::problem() const
{
    if (m_amount && !m_amount->cents())
        return m_amount->edit()->text().isEmpty() ? tr("Enter an amount.") : tr("Correct the amount.");
    if (reason().isEmpty())
        return tr("Choose or type a reason.");
    if (m_descriptor && !m_descriptor->problemText().isEmpty())
        return tr("Correct the text on the statement.");
    return {};
}

void OrderForm::setAmountNote(const QString &text)
{
    m_amountNote->setText(text);
    m_amountNote->setVisible(!text.isEmpty());
}

QVBoxLayout *OrderForm::top() const
{
    return m_top;
}

void OrderForm::focusFirst()
{
    if (!m_amount) {
        m_reason->setFocus();
        return;
    }
    m_amount->edit()->setFocus();
    m_amount->edit()->selectAll();
}

} // namespace ui

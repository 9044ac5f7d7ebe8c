// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/moneyfield.h"

#include "ui/announcement.h"
#include "ui/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

QString amountProblemText(api::AmountProblem problem)
{
    switch (problem) {
    case api::AmountProblem::Empty:
        return MoneyField::tr("Type an amount in dollars, for example 12.50.");
    case api::AmountProblem::NotANumber:
        return MoneyField::tr("Use digits and one point only, for example 12.50.");
    case api::AmountProblem::CommaAsDecimal:
        return MoneyField::tr("Use a point for cents: 1.50 and not 1,50.");
    case api::AmountProblem::TooManyDecimals:
        return MoneyField::tr("Cents have two digits: 1.00 or 1.01, nothing finer.");
    case api::AmountProblem::Negative:
        return MoneyField::tr("Type the amount without a minus sign.");
    case api::AmountProblem::Zero:
        return MoneyField::tr("The amount must be at least 0.01.");
    case api::AmountProblem::TooLarge:
        return MoneyField::tr("This is more than the console can send in one payment.");
    }
    Q_UNREACHABLE();
}

QString moneyText(qint64 cents, const QString &currency, const QLocale &locale)
{
    return models::cellText({.type = models::CellType::Money, .value = cents, .currency = currency, .sign = 0}, locale);
}

void dressForDollars(QLineEdit *edit)
{
    edit->setPlaceholderText(u"0.00"_s);
    edit->setAlignment(Qt::AlignRight);
    auto *sign = new QLabel(u"$"_s, edit);
    sign->setForegroundRole(QPalette::PlaceholderText);
    sign->move(spacing::s + 2, spacing::s);
    edit->setTextMargins(spacing::l, 0, 0, 0);
}

MoneyField::MoneyField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    m_edit->setObjectName(u"amountEdit"_s);
    dressForDollars(m_edit);
    m_edit->setAccessibleName(tr("Amount in US dollars"));
    m_problem->setObjectName(u"amountProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->setFont(Theme::font(Type::Caption));
    Theme::setInk(m_problem, Colour::DangerInk);
    m_problem->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(spacing::xs);
    column->addWidget(m_edit);
    column->addWidget(m_problem);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &MoneyField::check);
}

void MoneyField::setCents(qint64 cents)
{
    m_edit->setText(api::plainAmount(cents));
}

std::optional<qint64> MoneyField::cents() const
{
    const auto typed = api::parseTypedAmount(m_edit->text());
    return typed && *typed <= m_maximum ? std::optional(*typed) : std::nullopt;
}

void MoneyField::setMaximum(qint64 cents, const QString &sentence)
{
    m_maximum = cents;
    m_maximumSentence = sentence;
    check();
}

QLineEdit *MoneyField::edit() const
{
    return m_edit;
}

QString MoneyField::problemText() const
{
    const auto typed = api::parseTypedAmount(m_edit->text());
    if (!typed)
        return amountProblemText(typed.error());
    return *typed > m_maximum ? m_maximumSentence : QString();
}

void MoneyField::check()
{
    // An empty field is not scolded for; the button that needs it stays off.
    const QString problem = m_edit->text().isEmpty() ? QString() : problemText();
    const bool isNew = m_problem->text() != problem;
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_edit->setAccessibleDescription(problem);
    if (isNew)
        Announcement::say(m_problem, problem);
    emit changed();
}

} // namespace ui

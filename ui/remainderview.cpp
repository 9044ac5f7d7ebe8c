// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/remainderview.h"

#include "ui/dialogpieces.h"
#include "ui/moneyfield.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

RemainderView::RemainderView(QWidget *parent)
    : QWidget(parent)
    , m_rows(new QGridLayout)
    , m_scope(captionLabel(
          tr("Counts refunds made here or seen in this ledger; not ones made in Link Money's portal."), this))
{
    setObjectName(u"remainderView"_s);
    m_scope->setObjectName(u"guardScope"_s);
    m_rows->setHorizontalSpacing(spacing::l);
    m_rows->setVerticalSpacing(spacing::xs);
    m_rows->setColumnStretch(0, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::s);
    layout->addLayout(m_rows);
    layout->addWidget(m_scope);
}

void RemainderView::setRemainder(const models::Remainder &remainder)
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto text = [&](qint64 cents) { return moneyText(cents, remainder.amount.currency, QLocale()); };
    const auto spent = [&](const QString &label, qint64 cents) {
        if (cents != 0)
            addRow(label, u"\u2212"_s + text(cents), false);
    };
    addRow(tr("Paid"), text(remainder.amount.cents), false);
    spent(tr("Refunded"), remainder.accepted);
    spent(tr("Refunds on their way"), remainder.held);
    spent(tr("Refunds with unknown outcome, counted as spent"), remainder.unknown);
    spent(tr("Refunded elsewhere, seen in this ledger"), remainder.elsewhere);
    addRow(tr("Left to refund"), text(remainder.left), true);
}

void RemainderView::addRow(const QString &label, const QString &amount, bool strong)
{
    const int row = m_rows->count() / 2;
    auto *name = new QLabel(label, this);
    auto *value = new QLabel(amount, this);
    value->setAccessibleName(u"%1: %2"_s.arg(label, amount));
    for (QLabel *cell : {name, value})
        cell->setFont(Theme::font(strong ? Type::BodyStrong : Type::Body));
    m_rows->addWidget(name, row, 0);
    m_rows->addWidget(value, row, 1, Qt::AlignRight);
}

} // namespace ui

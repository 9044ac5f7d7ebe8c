// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/outboxwords.h"

#include "ui/moneyfield.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct OutboxPhrases
{
    Q_DECLARE_TR_FUNCTIONS(ui::OutboxInspector)
};

} // namespace

QString outboxKindText(models::OutboxKind kind)
{
    switch (kind) {
    case models::OutboxKind::Payment:
        return OutboxPhrases::tr("Payment");
    case models::OutboxKind::Credit:
        return OutboxPhrases::tr("Credit");
    case models::OutboxKind::Refund:
        return OutboxPhrases::tr("Refund");
    case models::OutboxKind::Cancel:
        return OutboxPhrases::tr("Cancellation");
    }
    Q_UNREACHABLE();
}

QString outboxSummary(const models::OutboxEntry &entry, const QLocale &locale)
{
    const QString amount = moneyText(entry.amount.cents, entry.amount.currency, locale);
    const QString who = entry.customerName.isEmpty() ? entry.customer.text() : entry.customerName;
    switch (entry.kind) {
    case models::OutboxKind::Payment:
        return OutboxPhrases::tr("Payment of %1 by %2").arg(amount, who);
    case models::OutboxKind::Credit:
        return OutboxPhrases::tr("Credit of %1 to %2").arg(amount, who);
    case models::OutboxKind::Refund:
        return OutboxPhrases::tr("Refund of %1 to %2").arg(amount, who);
    case models::OutboxKind::Cancel:
        return OutboxPhrases::tr("Cancellation of the payment by %1").arg(who);
    }
    Q_UNREACHABLE();
}

} // namespace ui

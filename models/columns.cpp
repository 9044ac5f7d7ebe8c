// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/columns.h"

#include <QCoreApplication>

#include <array>

namespace models {

namespace {

constexpr auto *bankSql = "CASE WHEN last_four = '' THEN institution ELSE institution || ' ··' || last_four END";

constexpr std::array transactionColumns{
    Column{"created", QT_TRANSLATE_NOOP("Column", "Created"), CellType::Time, "created_at", true, 130},
    Column{"customer", QT_TRANSLATE_NOOP("Column", "Customer"), CellType::Text, "customer_name", true, 160},
    Column{"bank", QT_TRANSLATE_NOOP("Column", "Bank"), CellType::Text, bankSql, true, 220},
    Column{"status", QT_TRANSLATE_NOOP("Column", "Status"), CellType::Status, "status", true, 140},
    Column{"amount", QT_TRANSLATE_NOOP("Column", "Amount"), CellType::Money, "amount_cents", true, 130},
    Column{"ref", QT_TRANSLATE_NOOP("Column", "Reference"), CellType::Text, "client_reference_id", true, 150},
    Column{"id", QT_TRANSLATE_NOOP("Column", "Transaction id"), CellType::Id, "id", true, 190},
    Column{"type", QT_TRANSLATE_NOOP("Column", "Type"), CellType::Text, "type", false, 80},
    Column{"refunded", QT_TRANSLATE_NOOP("Column", "Refunded"), CellType::Money, "refunded_cents", false, 110},
    Column{"settlement", QT_TRANSLATE_NOOP("Column", "Settlement"), CellType::Time, "settlement_at", false, 130},
    Column{"descriptor", QT_TRANSLATE_NOOP("Column", "Descriptor"), CellType::Text, "descriptor", false, 150},
    Column{"email", QT_TRANSLATE_NOOP("Column", "E-mail"), CellType::Text, "customer_email", false, 190},
    Column{"customerid", QT_TRANSLATE_NOOP("Column", "Customer id"), CellType::Id, "customer_id", false, 190},
    Column{"failure", QT_TRANSLATE_NOOP("Column", "Failure"), CellType::Text,
        "trim(failure_code || ' ' || failure_text)", false, 200},
    Column{"original", QT_TRANSLATE_NOOP("Column", "Refund of"), CellType::Id, "coalesce(original_id, '')", false, 190},
    Column{"read", QT_TRANSLATE_NOOP("Column", "Last read"), CellType::Time, "last_read_at", false, 130},
};

constexpr std::array customerColumns{
    Column{"created", QT_TRANSLATE_NOOP("Column", "Created"), CellType::Time, "created_at", true, 130},
    Column{"customer", QT_TRANSLATE_NOOP("Column", "Name"), CellType::Text, "name", true, 190},
    Column{"email", QT_TRANSLATE_NOOP("Column", "E-mail"), CellType::Text, "email", true, 220},
    Column{"bank", QT_TRANSLATE_NOOP("Column", "Bank"), CellType::Text, bankSql, true, 220},
    Column{"status", QT_TRANSLATE_NOOP("Column", "Status"), CellType::Status, "status", true, 120},
    Column{"id", QT_TRANSLATE_NOOP("Column", "Customer id"), CellType::Id, "id", true, 190},
    Column{"accounttype", QT_TRANSLATE_NOOP("Column", "Account type"), CellType::Text, "account_type", false, 110},
    Column{
        "accountstatus", QT_TRANSLATE_NOOP("Column", "Account status"), CellType::Status, "account_status", false, 120},
    Column{"read", QT_TRANSLATE_NOOP("Column", "Last read"), CellType::Time, "last_read_at", false, 130},
};

constexpr std::array payoutColumns{
    Column{"created", QT_TRANSLATE_NOOP("Column", "Created"), CellType::Time, "created_at", true, 130},
    Column{"status", QT_TRANSLATE_NOOP("Column", "Status"), CellType::Status, "status", true, 130},
    Column{"amount", QT_TRANSLATE_NOOP("Column", "Amount"), CellType::Money, "amount_cents", true, 130},
    Column{"descriptor", QT_TRANSLATE_NOOP("Column", "Descriptor"), CellType::Text, "descriptor", true, 200},
    Column{"ref", QT_TRANSLATE_NOOP("Column", "Reference"), CellType::Text, "client_reference_id", true, 160},
    Column{"id", QT_TRANSLATE_NOOP("Column", "Payout id"), CellType::Id, "id", true, 190},
    Column{"read", QT_TRANSLATE_NOOP("Column", "Last read"), CellType::Time, "last_read_at", false, 130},
};

constexpr std::array outboxColumns{
    Column{"created", QT_TRANSLATE_NOOP("Column", "Created"), CellType::Time, "created_at", true, 130},
    Column{"type", QT_TRANSLATE_NOOP("Column", "What"), CellType::Text, "kind", true, 90},
    Column{"customer", QT_TRANSLATE_NOOP("Column", "Customer"), CellType::Text, "customer_name", true, 180},
    Column{"status", QT_TRANSLATE_NOOP("Column", "State"), CellType::Status, "state", true, 120},
    Column{"amount", QT_TRANSLATE_NOOP("Column", "Amount"), CellType::Money, "amount_cents", true, 130},
    Column{"reason", QT_TRANSLATE_NOOP("Column", "Reason"), CellType::Text, "reason", true, 190},
    Column{"original", QT_TRANSLATE_NOOP("Column", "Payment"), CellType::Id, "coalesce(original_id, '')", true, 190},
    Column{"ref", QT_TRANSLATE_NOOP("Column", "Reference"), CellType::Text, "reference", false, 180},
    Column{"result", QT_TRANSLATE_NOOP("Column", "Result"), CellType::Id, "coalesce(result_id, '')", false, 190},
    Column{"answer", QT_TRANSLATE_NOOP("Column", "Answer"), CellType::Text, "answer", false, 220},
    Column{"attempts", QT_TRANSLATE_NOOP("Column", "Attempts"), CellType::Count, "attempts", false, 80},
    Column{"by", QT_TRANSLATE_NOOP("Column", "By"), CellType::Text, "by_user", false, 100},
    Column{"changed", QT_TRANSLATE_NOOP("Column", "Changed"), CellType::Time, "changed_at", false, 130},
};

} // namespace

std::span<const Column> columnsOf(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return transactionColumns;
    case RecordKind::Customer:
        return customerColumns;
    case RecordKind::Payout:
        return payoutColumns;
    case RecordKind::OutboxEntry:
        return outboxColumns;
    }
    Q_UNREACHABLE();
}

QString columnTitle(RecordKind kind, int column)
{
    const std::span<const Column> columns = columnsOf(kind);
    if (column < 0 || static_cast<size_t>(column) >= columns.size())
        return {};
    return QCoreApplication::translate("Column", columns[static_cast<size_t>(column)].title);
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/columns.h"

#include <QCoreApplication>

#include <array>

namespace models {

namespace {

constexpr auto *bankSql = "CASE WHEN last_four = '' THEN institution ELSE institution || ' ··' || last_four END";

constexpr std::array transactionColumns{
    Column{"created", QT_TRANSLATE_NOOP("Column", "Created"), CellType::Time, "created_at", true, 140},
    Column{"customer", QT_TRANSLATE_NOOP("Column", "Customer"), CellType::Text, "customer_name", true, 150},
    Column{"amount", QT_TRANSLATE_NOOP("Column", "Amount"), CellType::Money, "amount_cents", true, 130},
    Column{"status", QT_TRANSLATE_NOOP("Column", "Status"), CellType::Status, "status", true, 150},
    Column{"bank", QT_TRANSLATE_NOOP("Column", "Bank"), CellType::Text, bankSql, true, 200},
    Column{"ref", QT_TRANSLATE_NOOP("Column", "Reference"), CellType::Text, "client_reference_id", true, 160},
    Column{"id", QT_TRANSLATE_NOOP("Column", "Transaction id"), CellType::Id, "id", true, 190},
    Column{"type", QT_TRANSLATE_NOOP("Column", "Type"), CellType::Text, "type", false, 80},
    Column{"refunded", QT_TRANSLATE_NOOP("Column", "Refunded"), CellType::Money, "refunded_cents", false, 110},
    Column{"settlement", QT_TRANSLATE_NOOP("Column", "Settlement"), CellType::Time, "settlement_at", false, 140},
    Column{"descriptor", QT_TRANSLATE_NOOP("Column", "Descriptor"), CellType::Text, "descriptor", false, 150},
    Column{"email", QT_TRANSLATE_NOOP("Column", "E-mail"), CellType::Text, "customer_email", false, 190},
    Column{"customerid", QT_TRANSLATE_NOOP("Column", "Customer id"), CellType::Id, "customer_id", false, 190},
    Column{"failure", QT_TRANSLATE_NOOP("Column", "Failure"), CellType::Text,
        "trim(failure_code || ' ' || failure_text)", false, 200},
    Column{"original", QT_TRANSLATE_NOOP("Column", "Refund of"), CellType::Id, "coalesce(original_id, '')", false, 190},
    Column{"read", QT_TRANSLATE_NOOP("Column", "Last read"), CellType::Time, "last_read_at", false, 140},
};

constexpr std::array customerColumns{
    Column{"created", QT_TRANSLATE_NOOP("Column", "Created"), CellType::Time, "created_at", true, 140},
    Column{"customer", QT_TRANSLATE_NOOP("Column", "Name"), CellType::Text, "name", true, 160},
    Column{"email", QT_TRANSLATE_NOOP("Column", "E-mail"), CellType::Text, "email", true, 230},
    Column{"bank", QT_TRANSLATE_NOOP("Column", "Bank"), CellType::Text, bankSql, true, 200},
    Column{"status", QT_TRANSLATE_NOOP("Column", "Status"), CellType::Status, "status", true, 100},
    Column{"family", QT_TRANSLATE_NOOP("Column", "Family"), CellType::Word, "family", true, 110},
    Column{"tenant", QT_TRANSLATE_NOOP("Column", "Tenant"), CellType::Id, "tenant_id", false, 190},
    Column{"id", QT_TRANSLATE_NOOP("Column", "Customer id"), CellType::Id, "id", true, 190},
    Column{"accounttype", QT_TRANSLATE_NOOP("Column", "Account type"), CellType::Text, "account_type", false, 110},
    Column{
        "accountstatus", QT_TRANSLATE_NOOP("Column", "Account status"), CellType::Status, "account_status", false, 120},
    Column{"read", QT_TRANSLATE_NOOP("Column", "Last read"), CellType::Time, "last_read_at", false, 140},
};

constexpr std::array payoutColumns{
    Column{"created", QT_TRANSLATE_NOOP("Column", "Created"), CellType::Time, "created_at", true, 140},
    Column{"status", QT_TRANSLATE_NOOP("Column", "Status"), CellType::Status, "status", true, 130},
    Column{"amount", QT_TRANSLATE_NOOP("Column", "Amount"), CellType::Money, "amount_cents", true, 130},
    Column{"descriptor", QT_TRANSLATE_NOOP("Column", "Descriptor"), CellType::Text, "descriptor", true, 250},
    Column{"ref", QT_TRANSLATE_NOOP("Column", "Reference"), CellType::Text, "client_reference_id", true, 160},
    Column{"id", QT_TRANSLATE_NOOP("Column", "Payout id"), CellType::Id, "id", true, 190},
    Column{"read", QT_TRANSLATE_NOOP("Column", "Last read"), CellType::Time, "last_read_at", false, 140},
};

constexpr std::array outboxColumns{
    Column{"created", QT_TRANSLATE_NOOP("Column", "Created"), CellType::Time, "created_at", true, 140},
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
    Column{"changed", QT_TRANSLATE_NOOP("Column", "Changed"), CellType::Time, "changed_at", false, 140},
};

constexpr auto *delaySql = "CASE WHEN created_at = 0 THEN NULL ELSE received_at - created_at END";
constexpr auto *subscriptionSql = "coalesce((SELECT s.name FROM webhook_subscriptions s WHERE s.id = subscription_id), "
                                  "'')";

constexpr std::array eventColumns{
    Column{"received", QT_TRANSLATE_NOOP("Column", "Received"), CellType::Time, "received_at", true, 140},
    Column{"type", QT_TRANSLATE_NOOP("Column", "What happened"), CellType::Word, "type", true, 190},
    Column{"resource", QT_TRANSLATE_NOOP("Column", "About"), CellType::Id, "resource_id", true, 150},
    Column{"verdict", QT_TRANSLATE_NOOP("Column", "Signature"), CellType::Status, "verdict", true, 140},
    Column{"changed", QT_TRANSLATE_NOOP("Column", "What it changed"), CellType::Text, "changed", true, 220},
    Column{"status", QT_TRANSLATE_NOOP("Column", "State"), CellType::Status, "state", true, 130},
    Column{"delay", QT_TRANSLATE_NOOP("Column", "Delay"), CellType::Duration, delaySql, true, 96},
    Column{"created", QT_TRANSLATE_NOOP("Column", "Created"), CellType::Time, "created_at", false, 140},
    Column{"family", QT_TRANSLATE_NOOP("Column", "Family"), CellType::Word, "family", false, 110},
    Column{"subscription", QT_TRANSLATE_NOOP("Column", "Subscription"), CellType::Text, subscriptionSql, true, 150},
    Column{"id", QT_TRANSLATE_NOOP("Column", "Event id"), CellType::Id, "coalesce(event_id, '')", false, 190},
    Column{"ref", QT_TRANSLATE_NOOP("Column", "Reference"), CellType::Text, "client_reference_id", false, 150},
    Column{"returncode", QT_TRANSLATE_NOOP("Column", "Return code"), CellType::Text, "return_code", false, 100},
    Column{"user", QT_TRANSLATE_NOOP("Column", "User"), CellType::Text, "login_name", false, 130},
    Column{"why", QT_TRANSLATE_NOOP("Column", "Signature, in words"), CellType::Text, "verdict_reason", false, 220},
    Column{"problem", QT_TRANSLATE_NOOP("Column", "Problem"), CellType::Text, "problem", false, 220},
    Column{"repeats", QT_TRANSLATE_NOOP("Column", "Repeats"), CellType::Count, "repeats", false, 80},
    Column{"origin", QT_TRANSLATE_NOOP("Column", "Came by"), CellType::Word, "origin", false, 100},
};

constexpr std::array payLinkColumns{
    Column{"created", QT_TRANSLATE_NOOP("Column", "Created"), CellType::Time, "created_at", true, 140},
    Column{"customer", QT_TRANSLATE_NOOP("Column", "Customer"), CellType::Text, "name", true, 180},
    Column{"status", QT_TRANSLATE_NOOP("Column", "State"), CellType::Status,
        "CASE WHEN inferred THEN state || '?' ELSE state END", true, 150},
    Column{"amount", QT_TRANSLATE_NOOP("Column", "Amount"), CellType::Money, "amount_cents", true, 120},
    Column{"email", QT_TRANSLATE_NOOP("Column", "E-mail"), CellType::Text, "email", true, 220},
    Column{"known", QT_TRANSLATE_NOOP("Column", "How known"), CellType::Text,
        "CASE WHEN inferred THEN 'not confirmed' ELSE '' END", true, 110},
    Column{"ref", QT_TRANSLATE_NOOP("Column", "Reference"), CellType::Text, "reference", true, 170},
    Column{"product", QT_TRANSLATE_NOOP("Column", "Product"), CellType::Text, "product", false, 90},
    Column{"purpose", QT_TRANSLATE_NOOP("Column", "Made as"), CellType::Text, "purpose", false, 100},
    Column{"customerid", QT_TRANSLATE_NOOP("Column", "Customer id"), CellType::Id, "customer_id", false, 190},
    Column{"payment", QT_TRANSLATE_NOOP("Column", "Payment"), CellType::Id, "payment_id", false, 190},
    Column{"answer", QT_TRANSLATE_NOOP("Column", "Answer"), CellType::Text, "answer", false, 220},
    Column{"by", QT_TRANSLATE_NOOP("Column", "By"), CellType::Text, "by_user", false, 100},
    Column{"changed", QT_TRANSLATE_NOOP("Column", "Changed"), CellType::Time, "changed_at", false, 140},
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
    case RecordKind::Event:
        return eventColumns;
    case RecordKind::PayLink:
        return payLinkColumns;
    }
    Q_UNREACHABLE();
}

const char *timeColumnOf(RecordKind kind)
{
    return kind == RecordKind::Event ? "received" : "created";
}

QString columnTitle(RecordKind kind, int column)
{
    const std::span<const Column> columns = columnsOf(kind);
    if (column < 0 || static_cast<size_t>(column) >= columns.size())
        return {};
    return QCoreApplication::translate("Column", columns[static_cast<size_t>(column)].title);
}

} // namespace models

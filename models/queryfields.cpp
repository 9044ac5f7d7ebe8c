// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/queryfields.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr std::array transactionStatuses{
    QueryChoice{"created", "CREATED"},
    QueryChoice{"pending", "PENDING"},
    QueryChoice{"authorized", "AUTHORIZED"},
    QueryChoice{"scheduled", "SCHEDULED"},
    QueryChoice{"initiated", "INITIATED"},
    QueryChoice{"succeeded", "SUCCEEDED"},
    QueryChoice{"failed", "TERMINAL_FAILED,RETRYABLE_FAILED"},
    QueryChoice{"terminal_failed", "TERMINAL_FAILED"},
    QueryChoice{"retryable_failed", "RETRYABLE_FAILED"},
    QueryChoice{"canceled", "CANCELED,CANCELLED"},
    QueryChoice{"cancelled", "CANCELED,CANCELLED"},
    QueryChoice{"open", "CREATED,PENDING,AUTHORIZED,SCHEDULED,INITIATED,RETRYABLE_FAILED"},
};
constexpr std::array customerStatuses{
    QueryChoice{"active", "ACTIVE"},
    QueryChoice{"created", "CREATED"},
    QueryChoice{"inactive", "INACTIVE"},
    QueryChoice{"linked", "LINKED"},
    QueryChoice{"started", "STARTED"},
    QueryChoice{"linking", "IN_PROGRESS"},
    QueryChoice{"needsuser", "NEEDS_USER"},
};
constexpr std::array payoutStatuses{
    QueryChoice{"created", "CREATED"},
    QueryChoice{"authorized", "AUTHORIZED"},
    QueryChoice{"scheduled", "SCHEDULED"},
    QueryChoice{"initiated", "INITIATED"},
    QueryChoice{"disbursed", "DISBURSED"},
    QueryChoice{"open", "CREATED,AUTHORIZED,SCHEDULED,INITIATED"},
};
constexpr std::array outboxStates{
    QueryChoice{"held", "HELD"},
    QueryChoice{"sending", "SENDING"},
    QueryChoice{"accepted", "ACCEPTED"},
    QueryChoice{"refused", "REFUSED"},
    QueryChoice{"unknown", "UNKNOWN"},
    QueryChoice{"withdrawn", "WITHDRAWN"},
    QueryChoice{"open", "HELD,SENDING,UNKNOWN"},
};
constexpr std::array transactionTypes{
    QueryChoice{"debit", "DEBIT"},
    QueryChoice{"credit", "CREDIT"},
};
// What an entry waits for; the same rule as in countNeedingPerson.
constexpr auto *outboxNeedsSql = "CASE WHEN state = 'UNKNOWN' OR (state = 'HELD' AND hold_until = 0) OR (noted = 0 AND "
                                 "(state = 'REFUSED' OR released = 1)) "
                                 "THEN 'PERSON' WHEN state IN ('HELD', 'SENDING') THEN 'TIME' ELSE 'NOTHING' END";
constexpr std::array outboxNeeds{
    QueryChoice{"person", "PERSON"},
    QueryChoice{"time", "TIME"},
    QueryChoice{"nothing", "NOTHING"},
};
constexpr std::array outboxKinds{
    QueryChoice{"payment", "PAYMENT"},
    QueryChoice{"credit", "CREDIT"},
    QueryChoice{"refund", "REFUND"},
    QueryChoice{"cancel", "CANCEL"},
};

constexpr std::array familyWords{
    QueryChoice{"paybybank", "PAY_BY_BANK"},
    QueryChoice{"aggregation", "AGGREGATION"},
};
constexpr std::array eventVerdicts{
    QueryChoice{"verified", "VERIFIED"},
    QueryChoice{"failed", "NOT_VERIFIED"},
    QueryChoice{"notchecked", "NOT_CHECKED"},
};
constexpr std::array eventStates{
    QueryChoice{"arrived", "ARRIVED"},
    QueryChoice{"reading", "READING"},
    QueryChoice{"readback", "READ_BACK"},
    QueryChoice{"nothing", "NO_ACTION"},
    QueryChoice{"heldback", "HELD_BACK"},
    QueryChoice{"notread", "NOT_READ"},
    QueryChoice{"notours", "NOT_OURS"},
    QueryChoice{"unreadable", "UNREADABLE"},
    QueryChoice{"problem", "HELD_BACK,NOT_READ,UNREADABLE"},
};
constexpr std::array eventOrigins{
    QueryChoice{"webhook", "DELIVERED"},
    QueryChoice{"import", "IMPORTED"},
};
constexpr std::array eventOddities{
    QueryChoice{"repeat", "REPEAT"},
    QueryChoice{"conflict", "CONFLICT"},
    QueryChoice{"none", "NONE"},
};
constexpr auto *eventOdditySql = "CASE WHEN conflict_with IS NOT NULL THEN 'CONFLICT' WHEN repeats > 0 THEN 'REPEAT' "
                                 "ELSE 'NONE' END";
constexpr auto *eventSubscriptionSql = "coalesce((SELECT s.name FROM webhook_subscriptions s WHERE s.id = "
                                       "subscription_id), '') || ' ' || subscription_id";

using enum QueryFieldType;

constexpr std::array transactionFields{
    QueryField{"status", Choice, "status", nullptr, transactionStatuses},
    QueryField{"amount", Amount, "amount_cents", nullptr},
    QueryField{"created,date", Created, "created_at", nullptr},
    QueryField{"customer,name", Words, nullptr, "w_name,w_email"},
    QueryField{"email", Words, nullptr, "w_email"},
    QueryField{"customerid", Exact, "customer_id", nullptr},
    QueryField{"ref,reference", Words, nullptr, "w_reference"},
    QueryField{"bank,institution", Words, nullptr, "w_bank"},
    QueryField{"last4,account", Words, nullptr, "w_last4"},
    QueryField{"descriptor", Words, nullptr, "w_descriptor"},
    QueryField{"id", Words, nullptr, "w_id"},
    QueryField{"type", Choice, "type", nullptr, transactionTypes},
    QueryField{"settlement", Time, "settlement_at", nullptr},
    QueryField{"refunded", Amount, "refunded_cents", nullptr},
    QueryField{"original", Exact, "original_id", nullptr},
    QueryField{"failure", Contains, "failure_code || ' ' || failure_text", nullptr},
    QueryField{"read", Time, "last_read_at", nullptr},
};
constexpr std::array customerFields{
    QueryField{"status", Choice, "status", nullptr, customerStatuses},
    QueryField{"customer,name", Words, nullptr, "w_name,w_email"},
    QueryField{"email", Words, nullptr, "w_email"},
    QueryField{"bank,institution", Words, nullptr, "w_bank"},
    QueryField{"last4,account", Words, nullptr, "w_last4"},
    QueryField{"created,date", Created, "created_at", nullptr},
    QueryField{"id", Words, nullptr, "w_id"},
    QueryField{"family", Choice, "family", nullptr, familyWords},
    QueryField{"tenant", Exact, "tenant_id", nullptr},
    QueryField{"accounttype", Contains, "account_type", nullptr},
    QueryField{"read", Time, "last_read_at", nullptr},
};
constexpr std::array payoutFields{
    QueryField{"status", Choice, "status", nullptr, payoutStatuses},
    QueryField{"amount", Amount, "amount_cents", nullptr},
    QueryField{"created,date", Created, "created_at", nullptr},
    QueryField{"ref,reference", Words, nullptr, "w_reference"},
    QueryField{"descriptor", Words, nullptr, "w_descriptor"},
    QueryField{"id", Words, nullptr, "w_id"},
    QueryField{"read", Time, "last_read_at", nullptr},
};
constexpr std::array outboxFields{
    QueryField{"status,state", Choice, "state", nullptr, outboxStates},
    QueryField{"needs", Choice, outboxNeedsSql, nullptr, outboxNeeds},
    QueryField{"type,kind", Choice, "kind", nullptr, outboxKinds},
    QueryField{"amount", Amount, "amount_cents", nullptr},
    QueryField{"created,date", Time, "created_at", nullptr},
    QueryField{"changed", Time, "changed_at", nullptr},
    QueryField{"customer,name", Contains, "customer_name", nullptr},
    QueryField{"customerid", Exact, "customer_id", nullptr},
    QueryField{"original", Exact, "original_id", nullptr},
    QueryField{"result", Exact, "result_id", nullptr},
    QueryField{"ref,reference", Contains, "reference", nullptr},
    QueryField{"reason", Contains, "reason", nullptr},
    QueryField{"by", Contains, "by_user", nullptr},
    QueryField{"id,key", Exact, "CAST(key AS TEXT)", nullptr},
};

constexpr std::array eventFields{
    QueryField{"type", Contains, "type", nullptr},
    QueryField{"status,state", Choice, "state", nullptr, eventStates},
    QueryField{"verdict,signature", Choice, "verdict", nullptr, eventVerdicts},
    QueryField{"family", Choice, "family", nullptr, familyWords},
    QueryField{"received,date", Created, "received_at", nullptr},
    QueryField{"created", Time, "created_at", nullptr},
    QueryField{"resource,about", Exact, "resource_id", nullptr},
    QueryField{"ref,reference", Contains, "client_reference_id", nullptr},
    QueryField{"subscription", Contains, eventSubscriptionSql, nullptr},
    QueryField{"user", Contains, "login_name", nullptr},
    QueryField{"code", Contains, "return_code", nullptr},
    QueryField{"changed", Contains, "changed", nullptr},
    QueryField{"problem", Contains, "problem || ' ' || verdict_reason", nullptr},
    QueryField{"origin", Choice, "origin", nullptr, eventOrigins},
    QueryField{"again", Choice, eventOdditySql, nullptr, eventOddities},
    QueryField{"id", Exact, "event_id", nullptr},
};

constexpr std::array payLinkStates{
    QueryChoice{"unsent", "PLANNED"},
    QueryChoice{"making", "MAKING"},
    QueryChoice{"unknown", "UNKNOWN"},
    QueryChoice{"refused", "REFUSED"},
    QueryChoice{"lost", "LOST"},
    QueryChoice{"withdrawn", "WITHDRAWN"},
    QueryChoice{"ready", "READY"},
    QueryChoice{"shared", "SHARED"},
    QueryChoice{"opened", "OPENED"},
    QueryChoice{"expired", "EXPIRED"},
    QueryChoice{"abandoned", "ABANDONED,PAGE_ERROR"},
    QueryChoice{"customer", "CUSTOMER"},
    QueryChoice{"linked", "LINKED"},
    QueryChoice{"decided", "DECIDED"},
    QueryChoice{"finished", "FINISHED"},
    QueryChoice{"open", "READY,SHARED,OPENED,CUSTOMER,LINKED,DECIDED"},
};
// The same rule as in countLinksNeedingPerson.
constexpr auto *payLinkNeedsSql
    = "CASE WHEN state IN ('UNKNOWN', 'LOST') OR (state = 'PLANNED' AND batch IS NULL) THEN 'PERSON' "
      "WHEN state IN ('PLANNED', 'MAKING', 'READY', 'SHARED', 'OPENED', 'CUSTOMER', 'LINKED', 'DECIDED') THEN 'TIME' "
      "ELSE 'NOTHING' END";
constexpr std::array payLinkProducts{
    QueryChoice{"pay", "PAY"},
    QueryChoice{"verify", "VERIFY"},
};
constexpr std::array payLinkFields{
    QueryField{"status,state", Choice, "state", nullptr, payLinkStates},
    QueryField{"needs", Choice, payLinkNeedsSql, nullptr, outboxNeeds},
    QueryField{"product", Choice, "product", nullptr, payLinkProducts},
    QueryField{"amount", Amount, "amount_cents", nullptr},
    QueryField{"created,date", Time, "created_at", nullptr},
    QueryField{"changed", Time, "changed_at", nullptr},
    QueryField{"customer,name", Contains, "name", nullptr},
    QueryField{"email", Contains, "email", nullptr},
    QueryField{"customerid", Exact, "customer_id", nullptr},
    QueryField{"payment", Exact, "payment_id", nullptr},
    QueryField{"ref,reference", Contains, "reference", nullptr},
    QueryField{"batch,file", Exact, "CAST(batch AS TEXT)", nullptr},
    QueryField{"by", Contains, "by_user", nullptr},
    QueryField{"id,key", Exact, "CAST(key AS TEXT)", nullptr},
};

qsizetype editDistance(QStringView left, QStringView right)
{
    std::vector<qsizetype> row(static_cast<size_t>(right.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= left.size(); ++i) {
        qsizetype diagonal = std::exchange(row[0], i);
        for (size_t j = 1; j < row.size(); ++j) {
            const qsizetype swapped = diagonal + (left[i - 1] == right[static_cast<qsizetype>(j) - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({swapped, row[j] + 1, row[j - 1] + 1}));
        }
    }
    return row.back();
}

} // namespace

std::span<const QueryField> queryFieldsOf(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return transactionFields;
    case RecordKind::Customer:
        return customerFields;
    case RecordKind::Payout:
        return payoutFields;
    case RecordKind::OutboxEntry:
        return outboxFields;
    case RecordKind::Event:
        return eventFields;
    case RecordKind::PayLink:
        return payLinkFields;
    }
    Q_UNREACHABLE();
}

const QueryField *findQueryField(RecordKind kind, QStringView name)
{
    for (const QueryField &field : queryFieldsOf(kind)) {
        if (QString::fromLatin1(field.names).split(u',').contains(name))
            return &field;
    }
    return nullptr;
}

QString firstName(const QueryField &field)
{
    return QString::fromLatin1(field.names).section(u',', 0, 0);
}

QString nearestFieldName(RecordKind kind, QStringView typed)
{
    QString nearest;
    qsizetype best = std::max<qsizetype>(2, typed.size() / 2) + 1;
    for (const QueryField &field : queryFieldsOf(kind)) {
        for (const QString &name : QString::fromLatin1(field.names).split(u',')) {
            const qsizetype distance = editDistance(typed, name);
            if (distance < best) {
                best = distance;
                nearest = name;
            }
        }
    }
    return nearest;
}

const char *queryHaystackOf(RecordKind kind)
{
    if (kind == RecordKind::Event)
        return "type || ' ' || resource_id || ' ' || coalesce(event_id, '') || ' ' || client_reference_id || ' ' || "
               "return_code || ' ' || login_name || ' ' || changed || ' ' || problem";
    if (kind == RecordKind::PayLink)
        return "name || ' ' || email || ' ' || reference || ' ' || customer_id || ' ' || payment_id || ' ' || answer "
               "|| ' ' || by_user || ' ' || printf('%d.%02d', amount_cents / 100, amount_cents % 100)";
    if (kind != RecordKind::OutboxEntry)
        return nullptr;
    return "customer_name || ' ' || customer_id || ' ' || coalesce(original_id, '') || ' ' || coalesce(result_id, '') "
           "|| ' ' || reference "
           "|| ' ' || own_reference || ' ' || reason || ' ' || soft_descriptor || ' ' || answer || ' ' || by_user || ' "
           "' || "
           "printf('%d.%02d', amount_cents / 100, amount_cents % 100)";
}

} // namespace models

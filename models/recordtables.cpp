// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordtables.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int keyCounterBits = 20;
constexpr qint64 lastKeyTime = (qint64(1) << 43) - 1;

constexpr std::array sourceWords{"lookup"_L1, "poll"_L1, "import"_L1, "own"_L1, "event"_L1};

} // namespace

const char *tableOf(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return "transactions";
    case RecordKind::Customer:
        return "customers";
    case RecordKind::Payout:
        return "payouts";
    case RecordKind::OutboxEntry:
        return "outbox";
    case RecordKind::Event:
        return "events";
    case RecordKind::PayLink:
        return "pay_links";
    }
    Q_UNREACHABLE();
}

bool isNamedByKey(RecordKind kind)
{
    return kind == RecordKind::OutboxEntry || kind == RecordKind::Event || kind == RecordKind::PayLink;
}

const char *idColumnOf(RecordKind kind)
{
    return isNamedByKey(kind) ? "CAST(key AS TEXT)" : "id";
}

const char *textTableOf(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return "transactions_text";
    case RecordKind::Customer:
        return "customers_text";
    case RecordKind::Payout:
        return "payouts_text";
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
    case RecordKind::PayLink:
        return nullptr;
    }
    Q_UNREACHABLE();
}

bool isIndexed(RecordKind kind, QByteArrayView column)
{
    return kind == RecordKind::Transaction && column == "amount_cents";
}

QString observationKind(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return u"transaction"_s;
    case RecordKind::Customer:
        return u"customer"_s;
    case RecordKind::Payout:
        return u"payout"_s;
    case RecordKind::OutboxEntry:
        return u"outbox"_s;
    case RecordKind::Event:
        return u"event"_s;
    case RecordKind::PayLink:
        return u"paylink"_s;
    }
    Q_UNREACHABLE();
}

QString sourceWord(Source source)
{
    return sourceWords[static_cast<size_t>(source)];
}

Source sourceOfWord(QStringView word)
{
    const auto found = std::ranges::find_if(sourceWords, [word](QLatin1String each) { return word == each; });
    return found == sourceWords.end() ? Source::LookUp : static_cast<Source>(found - sourceWords.begin());
}

qint64 firstKeyOf(qint64 utcMs)
{
    return std::clamp<qint64>(utcMs, 0, lastKeyTime) << keyCounterBits;
}

void ChangeSet::merge(const ChangeSet &other)
{
    for (size_t kind = 0; kind < m_keys.size(); ++kind)
        m_keys[kind].unite(other.m_keys[kind]);
}

bool ChangeSet::isEmpty() const
{
    return std::ranges::all_of(m_keys, [](const QSet<qint64> &keys) { return keys.isEmpty(); });
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recorddetails.h"

#include "models/detailreader.h"
#include "models/recordtables.h"
#include "models/timeline.h"

namespace models {

namespace {

DatabaseResult<void> describe(Database &database, const DetailRow &row, RecordDetails &details)
{
    switch (details.ref.kind) {
    case RecordKind::Transaction:
        return describeTransaction(row, details);
    case RecordKind::Customer:
        return describeCustomer(database, row, details);
    case RecordKind::Payout:
        return describePayout(row, details);
    case RecordKind::OutboxEntry:
        return describeOutboxEntry(row, details);
    case RecordKind::Event:
        return describeEvent(database, row, details);
    case RecordKind::PayLink:
        return describePayLink(row, details);
    }
    Q_UNREACHABLE();
}

template<typename T> std::optional<DatabaseError> assign(T &target, DatabaseResult<T> value)
{
    if (!value)
        return value.error();
    target = std::move(*value);
    return {};
}

} // namespace

DatabaseResult<std::optional<RecordDetails>> readDetails(Database &database, const RecordRef &ref)
{
    const auto row = DetailRow::read(database, ref);
    if (!row)
        return std::unexpected(row.error());
    if (!*row)
        return std::nullopt;
    RecordDetails details{.ref = ref,
        .key = (*row)->number("key"),
        .title = {},
        .status = {},
        .rawAnswer = {},
        .customerName = {},
        .bankText = {},
        .type = {}};
    if (const auto described = describe(database, **row, details); !described)
        return std::unexpected(described.error());
    details.lastReadAt = (*row)->number("last_read_at");
    details.lastSource = sourceOfWord((*row)->text("last_source"));
    auto problem = assign(details.timeline, readTimeline(database, ref, (*row)->number("created_at")));
    if (!problem)
        problem = assign(details.related, readRelated(database, ref));
    if (!problem && ref.kind != RecordKind::Event) // an event's is its body
        problem = assign(details.rawAnswer, readRawAnswer(database, ref));
    if (problem)
        return std::unexpected(*problem);
    return details;
}

RecordDetailsModel::RecordDetailsModel(Ledger &ledger, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
{
    // Any change may touch what is shown beside the record (its refunds, its customer), and reading it again is one
    // quick look-up.
    connect(&ledger, &Ledger::recordsChanged, this, &RecordDetailsModel::load);
    connect(&ledger, &Ledger::changedElsewhere, this, &RecordDetailsModel::load);
}

void RecordDetailsModel::setRecord(const RecordRef &ref)
{
    if (ref == m_ref && (m_details || m_read.isActive()))
        return;
    m_ref = ref;
    m_details.reset();
    m_error.reset();
    load();
    emit changed();
}

void RecordDetailsModel::clear()
{
    m_read = {};
    m_ref = {};
    m_details.reset();
    m_error.reset();
    emit changed();
}

const RecordRef &RecordDetailsModel::ref() const
{
    return m_ref;
}

const std::optional<RecordDetails> &RecordDetailsModel::details() const
{
    return m_details;
}

bool RecordDetailsModel::isLoading() const
{
    return m_read.isActive();
}

const std::optional<DatabaseError> &RecordDetailsModel::error() const
{
    return m_error;
}

void RecordDetailsModel::load()
{
    if (m_ref.id.isEmpty())
        return;
    using Details = std::optional<RecordDetails>;
    m_read = m_ledger.read<Details>([ref = m_ref](Database &database) { return readDetails(database, ref); }, this,
        [this](DatabaseResult<Details> details) {
            if (details && *details && *details == m_details && !m_error)
                return;
            m_error = details ? std::nullopt : std::optional(details.error());
            if (details)
                m_details = std::move(*details);
            emit changed();
        });
}

} // namespace models

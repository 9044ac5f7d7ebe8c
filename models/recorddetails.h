// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"
#include "models/eventtypes.h"
#include "models/ledger.h"

#include <QObject>

#include <optional>

namespace models {

struct DetailField
{
    QString label;
    Cell cell = {};
    std::optional<RecordRef> link = {}; //!< opens another record

    friend bool operator==(const DetailField &, const DetailField &) = default;
};

struct DetailSection
{
    QString title;
    QList<DetailField> fields = {};

    friend bool operator==(const DetailSection &, const DetailSection &) = default;
};

//! One step in a record's life. Known from an observation, or inferred from the documented life cycle.
struct TimelineEntry
{
    qint64 at = 0; //!< UTC ms; when inferred, the earliest moment it is known to be true
    QString status;
    Source source = Source::LookUp;
    bool inferred = false;
    bool told = false; //!< the server itself names the moment, as it does for the creation

    friend bool operator==(const TimelineEntry &, const TimelineEntry &) = default;
};

//! A refund, credit or payment related to the record.
struct RelatedRecord
{
    RecordRef ref = {};
    QString title; //!< "Refund, partial"
    Cell amount = {};
    QString status;
    qint64 at = 0; //!< UTC ms

    friend bool operator==(const RelatedRecord &, const RelatedRecord &) = default;
};

//! Everything the inspector shows about one record, read from the ledger.
struct RecordDetails
{
    RecordRef ref = {};
    qint64 key = 0;
    QString title;      //!< customer's name, bank, or id
    Cell headline = {}; //!< amount where there is one
    QString status;
    QList<DetailSection> sections = {};
    QList<TimelineEntry> timeline = {};
    QList<RelatedRecord> related = {};
    QString rawAnswer;     //!< pretty, redacted, of an event with its headers; empty when none is stored
    qint64 lastReadAt = 0; //!< UTC ms
    Source lastSource = Source::LookUp;
    api::CustomerId customerId = {};
    QString customerName;
    QString bankText; //!< "First Bank ··42"
    api::Money amount = {};
    QString type; //!< transactions: DEBIT, CREDIT
    bool canStillChange = false;
    WebhookFamily family = WebhookFamily::PayByBank; //!< people of the other family can be neither paid nor debited

    friend bool operator==(const RecordDetails &, const RecordDetails &) = default;
};

//! Keeps the details of one record up to date. Empty until found.
class RecordDetailsModel : public QObject
{
    Q_OBJECT
public:
    RecordDetailsModel(Ledger &ledger, QObject *parent = nullptr);

    void setRecord(const RecordRef &ref);
    void clear();
    const RecordRef &ref() const;
    const std::optional<RecordDetails> &details() const;
    bool isLoading() const;
    const std::optional<DatabaseError> &error() const;

signals:
    void changed(); //!< only when something differs from what was known

private:
    void load();
    Ledger &m_ledger;
    RecordRef m_ref;
    std::optional<RecordDetails> m_details;
    std::optional<DatabaseError> m_error;
    LedgerRead m_read;
};

//! Reads it in one go, on the calling thread's connection.
DatabaseResult<std::optional<RecordDetails>> readDetails(Database &database, const RecordRef &ref);

} // namespace models

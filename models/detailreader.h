// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recorddetails.h"

#include <QHash>

namespace models {

//! One row of the ledger by column name.
class DetailRow
{
public:
    static DatabaseResult<std::optional<DetailRow>> read(Database &database, const RecordRef &ref);

    QString text(const char *column) const;
    qint64 number(const char *column) const;

private:
    QHash<QByteArray, QVariant> m_values;
};

//! Fills in what belongs to the kind: title, headline, sections.
DatabaseResult<void> describeTransaction(const DetailRow &row, RecordDetails &details);
DatabaseResult<void> describeCustomer(Database &database, const DetailRow &row, RecordDetails &details);
DatabaseResult<void> describeLinkedUser(Database &database, const DetailRow &row, RecordDetails &details);
DatabaseResult<void> describePayout(const DetailRow &row, RecordDetails &details);
DatabaseResult<void> describeOutboxEntry(const DetailRow &row, RecordDetails &details);
DatabaseResult<void> describePayLink(const DetailRow &row, RecordDetails &details);
DatabaseResult<void> describeEvent(Database &database, const DetailRow &row, RecordDetails &details);
//! What arrived, byte by byte but for the layout of its JSON, and where it was passed on to.
DatabaseResult<void> describeDelivery(Database &database, RecordDetails &details);

//! Refunds, credits and payments that have to do with the record, newest first.
DatabaseResult<QList<RelatedRecord>> readRelated(Database &database, const RecordRef &ref);
//! The latest answer that is stored, pretty; empty when there is none.
DatabaseResult<QString> readRawAnswer(Database &database, const RecordRef &ref);

//! "First Bank ··0042": never more of the number than the server's last four.
QString bankText(const QString &institution, const QString &lastFour);

} // namespace models

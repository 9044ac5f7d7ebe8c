// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordkind.h"

#include <QLocale>
#include <QMetaType>
#include <QVariant>

namespace models {

//! What a value is; decides alignment, display, sort and export in one place.
enum class CellType {
    Text,
    Id,     //!< monospace, middle-elided
    Money,  //!< value: cents (qint64)
    Time,   //!< value: UTC milliseconds (qint64), 0 when unknown
    Status, //!< value: the server's word or the outbox state's word, shown as a chip
    Count,
    Word,     //!< value: a word as stored ("payment.succeeded", "AGGREGATION"), shown as plain text in words
    Duration, //!< value: milliseconds (qint64), invalid when unknown
};

struct Cell
{
    CellType type = CellType::Text;
    QVariant value;
    QString currency; //!< for Money
    int sign = 0;     //!< for Money: +1 shows a plus and the word credit (money to the customer), 0 plain

    friend bool operator==(const Cell &, const Cell &) = default;
};

//! Text as shown in tables: localised, short dates in local time. Empty for unknown.
QString cellText(const Cell &cell, const QLocale &locale);
//! Text as shown in the inspector: full dates with zone.
QString cellLongText(const Cell &cell, const QLocale &locale);
//! Text as exported: plain decimals, ISO-8601 UTC, never localised.
QString cellExportText(const Cell &cell);

//! What a status means, for chip shape and colour (looks: done, in progress, waiting, failed, unknown, idle).
enum class StatusTone { Done, InProgress, Waiting, Failed, Unknown, Idle };

struct StatusLook
{
    QString word; //!< "Succeeded"; for a word of the server that we do not know, that word itself
    StatusTone tone = StatusTone::Unknown;
};

//! A question mark after the status says that it is inferred: it never looks like something confirmed.
StatusLook statusLook(RecordKind kind, const QString &status);

} // namespace models

Q_DECLARE_METATYPE(models::Cell)

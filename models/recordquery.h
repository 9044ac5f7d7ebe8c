// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordkind.h"

#include <QList>
#include <QString>
#include <QVariant>

#include <expected>
#include <optional>

namespace models {

//! A mistake in what was typed, answered in place.
struct QueryProblem
{
    qsizetype position = 0; //!< in the text, from 0
    qsizetype length = 0;
    QString expected; //!< "an amount such as 12.50", "a closing bracket"
};

//! A WHERE clause with its values.
struct RecordQuery
{
    QByteArray where;    //!< empty: everything
    QVariantList values; //!< qint64 or QString

    //! The same question taken apart, for lists in order of time: `match` for the kind's full-text table and `rest` for
    //! what it leaves. An empty `match` means that `rest` is all of it.
    QString match = {};
    QByteArray rest = {};
    QVariantList restValues = {};

    //! Every row lies in this range of a column that has an index. Where few do, `whereInRange` (with the same values
    //! as `where`) finds them from there; where many do, that would be slower by far.
    struct Range
    {
        QByteArray column;
        qint64 first = 0; //!< both included
        qint64 last = 0;
    };
    std::optional<Range> range = {};
    QByteArray whereInRange = {};
};

//! The filter language shared by the search box, saved views and export: free words plus status:failed amount:>100
//! created:2026-11 customer:... ref:... bank:... last4:... id:... -word, "a phrase", AND, OR and brackets. `now` (UTC
//! ms) gives today, yesterday, 7d.
std::expected<RecordQuery, QueryProblem> parseQuery(RecordKind kind, const QString &text, qint64 now);

//! Words the filter bar offers while typing: field names, then values of a field.
QStringList queryCompletions(RecordKind kind, const QString &text, qsizetype cursor);

} // namespace models

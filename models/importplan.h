// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordkind.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <expected>

namespace models {

//! What one column of an imported file is taken for.
enum class ImportColumn { Ignored, Kind, Id, TransactionId, CustomerId, PayoutId };

struct ImportBadLine
{
    qint64 line = 0; //!< from 1, as an editor counts
    QString text;    //!< at most 200 characters of it
    QString why;     //!< a sentence
};

//! A CSV or a pasted list, read and understood but not yet looked up. Made off the UI thread for large files.
struct ImportPlan
{
    QString name;     //!< file name, or "pasted list"
    QString encoding; //!< "UTF-8", "UTF-8 with BOM", "UTF-16 LE", ...
    QChar separator = u',';
    bool hasHeader = false;
    QStringList headers; //!< or "column 1", ...
    QList<ImportColumn> columns;
    QList<QStringList> preview;    //!< the first 20 data lines
    QList<RecordRef> records;      //!< what will be looked up, without repeats, in file order
    QList<ImportBadLine> badLines; //!< at most 1,000 are kept; badLineCount counts all
    qint64 badLineCount = 0;
    qint64 lines = 0;
    qint64 repeats = 0;
    bool cutShort = false; //!< the last line ends inside a quoted value
    int formulaCells = 0;  //!< cells that a spreadsheet would run; never taken for an id
};

//! Reads bytes as a merchant's own system would export them: UTF-8 with or without BOM, UTF-16, Latin-1; comma,
//! semicolon or tab. `columns` overrules what was guessed (empty: guess). The error is a sentence.
std::expected<ImportPlan, QString> planImport(
    const QByteArray &bytes, const QString &name, const QList<ImportColumn> &columns = {});
//! One id a line or separated by spaces or commas.
std::expected<ImportPlan, QString> planPastedImport(const QString &text, const QList<ImportColumn> &columns = {});

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/inbox.h"

#include <QUrl>

#include <expected>

namespace models {

//! A command line that sends the same bytes again; headers that are not stored are left out.
QString curlCommand(const api::WebhookDelivery &delivery, const QUrl &url);

//! One event as a line of JSON, ended by a line feed: what a person may keep, send on, or import elsewhere. A body that
//! is not UTF-8 is written in base64.
QByteArray exportLine(const InboxEvent &event, const api::WebhookDelivery &delivery);

//! A line of exportLine(), or the body of an event alone. Imported events are never "verified": nobody can tell any
//! more. An error is a sentence.
std::expected<NewEvent, QString> readExportLine(const QByteArray &line, WebhookFamily family, qint64 now);

struct EventImport
{
    qint64 stored = 0;
    qint64 repeats = 0;
    qint64 conflicts = 0;
    struct Refused
    {
        qint64 line = 0; //!< from 1
        QString sentence;
    };
    QList<Refused> refused = {};
    QList<qint64> keys = {}; //!< rows that were not there before
};

//! Stores every line of a file's content; empty lines are skipped. In a WriteJob.
DatabaseResult<EventImport> importEvents(Database &database, const QByteArray &lines, WebhookFamily family, qint64 now);

//! The lines of the given rows, in that order. On a reader's connection.
DatabaseResult<QByteArray> exportEvents(Database &database, const QList<qint64> &keys);

} // namespace models

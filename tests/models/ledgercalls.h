// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ledger.h"

#include <QDateTime>
#include <QTest>

#include <memory>
#include <optional>

// What the test desks ask of a ledger. Every call waits for its answer.

inline constexpr int patienceMs = 10'000;

//! Starts what answers through a context and a handler, and waits for the answer.
template<typename Value, typename Start> Value awaited(Start start)
{
    QObject context;
    auto value = std::make_shared<std::optional<Value>>();
    start(&context, [value](Value result) { value->emplace(std::move(result)); });
    if (!QTest::qWaitFor([value] { return value->has_value(); }, patienceMs))
        qFatal("no answer came");
    return **value;
}

inline std::unique_ptr<models::Ledger> openedLedger(const QString &file)
{
    auto opened = models::Ledger::open(file);
    if (!opened)
        qFatal("no ledger: %s", qUtf8Printable(opened.error().message));
    return *std::move(opened);
}

template<typename Record> bool lookedUp(models::Ledger &ledger, const Record &record)
{
    return awaited<models::DatabaseResult<void>>([&](QObject *context, auto handler) {
        ledger.observe({{.record = record,
                           .raw = {},
                           .observedAt = QDateTime::currentMSecsSinceEpoch(),
                           .source = models::Source::LookUp}},
            context, handler);
    }).has_value();
}

//! On the writer's connection.
inline bool runSql(models::Ledger &ledger, const QByteArray &sql)
{
    return awaited<models::DatabaseResult<void>>([&](QObject *context, auto handler) {
        ledger.write([sql](models::Database &database) { return database.execute(sql.constData()); },
            models::Ledger::Durability::Normal, context, handler);
    }).has_value();
}

//! The first column of the first row; nothing when there is no row.
inline std::optional<QString> sqlValue(const models::Ledger &ledger, const QByteArray &sql)
{
    auto database = models::Database::open(ledger.file(), models::Database::Mode::ReadOnly);
    auto statement = database ? (*database)->prepareOnce(sql) : std::unexpected(database.error());
    const auto row = statement ? statement->step() : std::unexpected(statement.error());
    if (!row)
        qFatal("no value: %s", qUtf8Printable(row.error().message));
    return *row ? std::optional(statement->text(0)) : std::nullopt;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/aggregation.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/waiting.h"

#include <QTemporaryDir>

//! The aggregation family of a profile over a scripted network, with a ledger file of its own. Tokens are those of
//! FakeNetwork::expectTenantToken().
struct AggregationDesk
{
    AggregationDesk()
        : ledger(std::move(*models::Ledger::open(directory.filePath(QStringLiteral("ledger.sqlite")))))
        , aggregation(*ledger, {.baseUrl = {}, .makeManager = network.factory()})
    {
        aggregation.configure(settings(), "test-secret");
    }

    static models::AggregationSettings settings()
    {
        return {.baseUrl = QUrl(QStringLiteral("https://api.example.com/api")),
            .clientId = QStringLiteral("test-client"),
            .tenants = {QStringLiteral("TNT-1"), QStringLiteral("TNT-2")}};
    }

    void expectGet(const QString &path, const QByteArray &body, int status = 200)
    {
        network.expect({.verb = "GET", .path = QStringLiteral("/api") + path}, {.status = status, .body = body});
    }

    //! First column of every row, joined with blanks.
    QString ask(const QByteArray &sql)
    {
        std::optional<QString> all;
        QObject context;
        const models::LedgerRead read = ledger->read<QString>(
            [sql](models::Database &database) -> models::DatabaseResult<QString> {
                auto statement = database.prepareOnce(sql);
                if (!statement)
                    return std::unexpected(statement.error());
                QStringList texts;
                auto row = statement->step();
                for (; row && *row; row = statement->step())
                    texts.append(statement->text(0));
                if (!row)
                    return std::unexpected(row.error());
                return texts.join(QLatin1Char(' '));
            },
            &context, [&all](models::DatabaseResult<QString> text) { all = text ? *text : text.error().message; });
        return QTest::qWaitFor([&all] { return all.has_value(); }) ? *all : QStringLiteral("no answer");
    }

    //! Waits for the reading; what came instead of a record, or "".
    QString readUser(const models::LinkedUserId &user)
    {
        std::optional<QString> outcome;
        QObject context;
        const api::Call call = aggregation.readUser(
            user, models::Source::LookUp, &context, [&outcome](const api::Result<models::RecordRef> &result) {
                outcome = result ? QString() : api::kindName(result.error().kind);
            });
        return QTest::qWaitFor([&outcome] { return outcome.has_value(); }) ? *outcome : QStringLiteral("no answer");
    }

    QTemporaryDir directory;
    FakeNetwork network;
    std::unique_ptr<models::Ledger> ledger;
    models::Aggregation aggregation;
};

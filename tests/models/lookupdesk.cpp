// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/lookupdesk.h"

#include <QTcpSocket>
#include <QTest>

#include <optional>

using namespace Qt::Literals::StringLiterals;
using models::Database;
using models::DatabaseResult;

RecordServer::RecordServer()
    : m_server([this](QTcpSocket *socket, const ScriptedServer::Received &request) { answer(socket, request); })
{
}

void RecordServer::answer(QTcpSocket *socket, const ScriptedServer::Received &request)
{
    if (mood == Mood::Silent)
        return;
    if (ScriptedServer::isTokenCall(request)) {
        const bool refused = mood == Mood::RefusingTokens;
        socket->write(refused ? ScriptedServer::http(401, "{}") : ScriptedServer::tokenAnswer());
        return;
    }
    const QByteArray path = request.head.split(' ').at(1);
    if (mood == Mood::Faulty)
        socket->write(ScriptedServer::http(500, "{}"));
    else if (records.contains(path))
        socket->write(ScriptedServer::http(200, records.value(path)));
    else
        socket->write(ScriptedServer::http(404, R"({"errorCode":"NOT_FOUND"})"));
}

QByteArrayList RecordServer::asked() const
{
    QByteArrayList paths;
    for (const ScriptedServer::Received &request : m_server.received()) {
        if (!ScriptedServer::isTokenCall(request))
            paths.append(request.head.split(' ').at(1));
    }
    return paths;
}

void RecordServer::addTransaction(const QString &id, const QString &status)
{
    records["/v1/transactions/" + id.toUtf8()] = R"({"transactionId":")" + id.toUtf8()
        + R"(","transactionType":"DEBIT","transactionStatus":")" + status.toUtf8()
        + R"(","customerId":"cust-1","amount":{"value":128.40,"currency":"USD"},"creationDate":"2026-11-03T10:00:00Z"})";
}

void RecordServer::addPayout(const QString &id, const QString &status)
{
    records["/v1/payouts/" + id.toUtf8()] = R"({"payoutId":")" + id.toUtf8() + R"(","payoutStatus":")" + status.toUtf8()
        + R"(","amount":{"value":987.65,"currency":"USD"},"creationDate":"2026-11-03T10:00:00Z"})";
}

void RecordServer::addCustomer(const QString &id)
{
    const QByteArray path = "/v1/customers/" + id.toUtf8();
    records[path] = R"({"id":")" + id.toUtf8()
        + R"(","firstName":"Ada","lastName":"Lovelace","email":"ada@example.com","customerStatus":"ACTIVE"})";
    records[path + "/accounts"] = R"({"customerId":")" + id.toUtf8()
        + R"(","accountDetails":[{"accountId":"acc-1","financialInstitutionName":"Chase","accountLastFourDigits":"0412"}]})";
}

LookUpDesk::LookUpDesk(int maximumInFlight)
    : ledger(std::move(*models::Ledger::open(directory.filePath(u"ledger.sqlite"_s))))
    , client({.baseUrl = server.url(), .timeoutMs = 20'000, .maximumInFlight = maximumInFlight},
          {.clientId = u"test-client"_s, .clientSecret = "test-secret"})
    , lookUps(std::make_unique<models::LookUps>(client, *ledger))
{
}

bool LookUpDesk::observe(QList<models::Observation> observations)
{
    QObject context;
    std::optional<bool> stored;
    ledger->observe(
        std::move(observations), &context, [&](const DatabaseResult<void> &result) { stored = result.has_value(); });
    return QTest::qWaitFor([&] { return stored.has_value(); }) && *stored;
}

QString LookUpDesk::ask(const QByteArray &sql)
{
    QObject context;
    std::optional<QString> answer;
    const models::LedgerRead read = ledger->read<QString>(
        [sql](Database &database) -> DatabaseResult<QString> {
            const auto statement = database.prepare(sql);
            if (!statement)
                return std::unexpected(statement.error());
            QStringList cells;
            auto row = (*statement)->step();
            for (; row && *row; row = (*statement)->step())
                cells.append((*statement)->text(0));
            return row ? DatabaseResult<QString>(cells.join(u' ')) : std::unexpected(row.error());
        },
        &context, [&](const DatabaseResult<QString> &result) { answer = result ? *result : result.error().message; });
    return QTest::qWaitFor([&] { return answer.has_value(); }) ? *answer : u"no answer"_s;
}

QString LookUpDesk::lookUp(const models::RecordRef &ref)
{
    QObject context;
    std::optional<api::Result<models::RecordRef>> answer;
    const api::Call call = lookUps->lookUp(
        ref, models::Source::LookUp, &context, [&](const api::Result<models::RecordRef> &result) { answer = result; });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }))
        return u"no answer"_s;
    return *answer ? QString() : api::kindName(answer->error().kind);
}

namespace sample {

api::Transaction transaction(const QString &id, const QString &status, qint64 cents)
{
    return {.id = api::TransactionId(id),
        .type = u"DEBIT"_s,
        .status = status,
        .customerId = api::CustomerId(u"cust-1"_s),
        .amount = {.cents = cents, .currency = u"USD"_s},
        .clientReferenceId = u"ORDER-"_s + id,
        .account = {.institution = u"First Bank"_s,
            .lastFour = u"0042"_s,
            .type = u"checking"_s,
            .status = {},
            .preferred = true},
        .createdAt = 1'763'600'000'000};
}

api::Customer customer(const QString &id, const QString &first, const QString &last, const QString &email)
{
    return {.id = api::CustomerId(id),
        .firstName = first,
        .lastName = last,
        .email = email,
        .status = u"ACTIVE"_s,
        .account = {.institution = u"Chase"_s, .lastFour = u"9876"_s, .type = u"checking"_s, .status = {}},
        .createdAt = 1'763'500'000'000};
}

api::Payout payout(const QString &id, const QString &status, const QString &reference)
{
    return {.id = api::PayoutId(id),
        .clientReferenceId = reference,
        .amount = {.cents = 98'765, .currency = u"USD"_s},
        .status = status,
        .createdAt = 1'763'600'000'000};
}

models::Observation seen(decltype(models::Observation::record) record, qint64 at)
{
    return {.record = std::move(record),
        .raw = *api::Json::parse("{}"),
        .observedAt = at,
        .source = models::Source::Import};
}

} // namespace sample

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/linkdesk.h"

#include "tests/models/ledgercalls.h"

#include <QTcpSocket>

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray problemBody(const char *code)
{
    return QByteArray(R"({"errorId":10001,"errorCode":")") + code + R"(","errorMessage":"no","errorSeverity":"ERROR"})";
}

} // namespace

SessionServer::SessionServer()
    : m_server([this](QTcpSocket *socket, const ScriptedServer::Received &request) { answer(socket, request); })
{
}

QList<ScriptedServer::Received> SessionServer::sessions() const
{
    QList<ScriptedServer::Received> found;
    for (const auto &request : m_server.received()) {
        if (request.head.startsWith("POST /v2/sessions "))
            found += request;
    }
    return found;
}

QByteArray SessionServer::address() const
{
    return m_server.url().toEncoded() + "/?redirect=x&sessionKey=sk-" + QByteArray::number(sessions().size());
}

void SessionServer::answer(QTcpSocket *socket, const ScriptedServer::Received &request)
{
    const auto reply = [socket](
                           int status, const QByteArray &body) { socket->write(ScriptedServer::http(status, body)); };
    if (ScriptedServer::isTokenCall(request))
        return void(socket->write(ScriptedServer::tokenAnswer()));
    if (!request.isWrite()) {
        const QByteArray path = request.head.split(' ').value(1);
        return reads.contains(path) ? reply(200, reads.value(path)) : reply(404, problemBody("NOT_FOUND"));
    }
    const Reply now = plan.empty() ? Reply::Make : plan.front();
    if (!plan.empty())
        plan.pop_front();
    switch (now) {
    case Reply::Make:
        return reply(200, R"({"sessionKey":"sk","sessionUrl":")" + address() + "\"}");
    case Reply::OlderName:
        return reply(200, R"({"sessionKey":"sk","payByLinkUrl":")" + address() + "\"}");
    case Reply::NoAddress:
        return reply(200, R"({"sessionKey":"sk"})");
    case Reply::Foreign:
        return reply(200, R"({"sessionKey":"sk","sessionUrl":"https://evil.example/?sessionKey=sk"})");
    case Reply::Reject:
        return reply(400, problemBody("BAD_REQUEST"));
    case Reply::Duplicate:
        return reply(400, problemBody("DUPLICATE_REQUEST_KEY"));
    case Reply::Fault:
        return reply(500, problemBody("INTERNAL_SERVER_ERROR"));
    case Reply::Cut:
        return socket->abort();
    case Reply::Silent:
        return;
    }
}

LinkDesk::LinkDesk(const QString &file, const QUrl &server, const QList<int> &askAgainAfterSeconds)
{
    ledger = openedLedger(file);
    client = std::make_unique<api::Client>(
        api::ClientOptions{.baseUrl = server}, api::Credentials{.clientId = u"id"_s, .clientSecret = "secret"});
    lookUps = std::make_unique<models::LookUps>(*client, *ledger);
    links = std::make_unique<models::PayLinks>(*ledger, *client, *lookUps,
        models::PayLinks::Options{.askAgainAfterSeconds = askAgainAfterSeconds, .readBackAfterSeconds = {}});
}

std::expected<qint64, QString> LinkDesk::create(const models::NewPayLink &wanted)
{
    return awaited<std::expected<qint64, QString>>(
        [&](QObject *context, auto handler) { links->create(wanted, context, handler); });
}

std::expected<void, QString> LinkDesk::send(qint64 key)
{
    return awaited<std::expected<void, QString>>(
        [&](QObject *context, auto handler) { links->send(key, context, handler); });
}

models::PayLink LinkDesk::link(qint64 key)
{
    auto database = models::Database::open(ledger->file(), models::Database::Mode::ReadOnly);
    auto found = database ? models::readPayLink(**database, key) : std::unexpected(database.error());
    if (!found || !*found)
        qFatal("no such link");
    return **found;
}

models::PayLinkState LinkDesk::reached(qint64 key, models::PayLinkState wanted)
{
    [[maybe_unused]] const bool there = QTest::qWaitFor([&] { return link(key).state == wanted; }, patienceMs);
    return link(key).state;
}

bool LinkDesk::observe(const api::Transaction &transaction)
{
    return lookedUp(*ledger, transaction);
}

bool LinkDesk::observe(const api::Customer &customer)
{
    return lookedUp(*ledger, customer);
}

bool LinkDesk::observe(const api::LinkedAccounts &accounts)
{
    return lookedUp(*ledger, accounts);
}

bool LinkDesk::run(const QByteArray &sql)
{
    return runSql(*ledger, sql);
}

QString LinkDesk::value(const QByteArray &sql)
{
    return sqlValue(*ledger, sql).value_or(QString());
}

models::NewPayLink plainLink()
{
    using F = models::SessionField;
    models::NewPayLink wanted;
    wanted.draft.set(F::FirstName, u"Ada"_s);
    wanted.draft.set(F::LastName, u"Lovelace"_s);
    wanted.draft.set(F::Email, u"ada@example.com"_s);
    wanted.draft.set(F::RedirectUrl, u"https://shop.example/done"_s);
    wanted.draft.set(F::Experience, u"ONBOARD_WITH_DONE"_s);
    return wanted;
}

models::NewPayLink payingLink(qint64 cents)
{
    models::NewPayLink wanted = plainLink();
    wanted.draft.set(models::SessionField::Experience, u"LINK_MANAGED_PAYMENT"_s);
    wanted.draft.set(models::SessionField::PaymentAmount, api::plainAmount(cents));
    return wanted;
}

// SPDX-License-Identifier: GPL-3.0-or-later
//! A console without a window, for tests that kill it: opens a ledger, connects to a service and moves money as it is
//! told. The client secret comes from the environment variable DRIVER_SECRET. Prints one JSON object a line.
#include "api/paybybank/customers.h"
#include "models/ledger.h"
#include "models/outbox.h"
#include "tests/app/commitstop.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <set>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace {

void say(const QJsonObject &line)
{
    const QByteArray text = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(text.constData(), 1, size_t(text.size()), stdout);
    std::fflush(stdout);
}

class Driver : public QObject
{
public:
    Driver(models::Ledger &theLedger, api::Client &theClient, const QString &merchant)
        : ledger(theLedger)
        , client(theClient)
        , outbox(theLedger, theClient,
              {.merchant = api::MerchantId(merchant),
                  .refundRoute = models::OutboxOptions::RefundRoute::ReversedPayment,
                  .askAgainAfterSeconds = {}})
    {
        connect(&outbox, &models::Outbox::entryChanged, this, &Driver::look);
        timer.setInterval(50);
        connect(&timer, &QTimer::timeout, this, &Driver::look);
    }

    void observe(const QStringList &ids);
    void refund(const QString &payment, qint64 cents, int holdSeconds);
    void settleAll();

private:
    void observed();
    void look();
    void push(const models::OutboxEntry &entry);
    bool isSettled(const models::OutboxEntry &entry) const;

    models::Ledger &ledger;
    api::Client &client;
    models::Outbox outbox;
    models::LedgerRead reading;
    QTimer timer;
    std::vector<api::Call> calls;
    qsizetype left = 0;
    bool pushes = false; //!< asks again and sends what waits
    std::set<qint64> pushed;
    qint64 only = 0; //!< the entry to wait for; 0: all
};

void Driver::observe(const QStringList &ids)
{
    left = ids.size();
    for (const QString &id : ids) {
        calls.push_back(client.send(
            api::getTransaction(api::TransactionId(id)), this, [this](const api::Result<api::Transaction> &found) {
                if (!found)
                    return say({{u"failed"_s, api::errorDetails(found.error())}}), observed();
                ledger.observe({{.record = *found,
                                   .raw = {},
                                   .observedAt = QDateTime::currentMSecsSinceEpoch(),
                                   .source = models::Source::LookUp}},
                    this, [this](const models::DatabaseResult<void> &) { observed(); });
            }));
    }
}

void Driver::observed()
{
    if (--left == 0)
        QCoreApplication::quit();
}

void Driver::refund(const QString &payment, qint64 cents, int holdSeconds)
{
    const models::Intent intent{.kind = models::OutboxKind::Refund,
        .original = api::TransactionId(payment),
        .amount = {.cents = cents},
        .reason = u"test"_s,
        .holdSeconds = holdSeconds};
    outbox.submit(intent, this, [this](const std::expected<qint64, models::IntentRefusal> &submitted) {
        if (!submitted) {
            say({{u"refused"_s, int(submitted.error().problem)},
                {u"why"_s, models::intentRefusalText(submitted.error())}});
            return QCoreApplication::quit();
        }
        say({{u"submitted"_s, QString::number(*submitted)}});
        only = *submitted;
        timer.start();
        look();
    });
}

// Waits a moment first: the outbox recovers what dead processes left, in its own time.
void Driver::settleAll()
{
    pushes = true;
    timer.start();
}

bool Driver::isSettled(const models::OutboxEntry &entry) const
{
    const bool waiting = entry.state == models::OutboxState::Held && entry.holdUntil == 0;
    const bool unknown = entry.state == models::OutboxState::Unknown;
    if (waiting || unknown)
        return !pushes;
    return entry.state != models::OutboxState::Held && entry.state != models::OutboxState::Sending;
}

void Driver::push(const models::OutboxEntry &entry)
{
    const auto again = [this, key = entry.key](const std::expected<void, QString> &) { pushed.erase(key); };
    if (entry.state == models::OutboxState::Unknown && pushed.insert(entry.key).second)
        outbox.askAgain(entry.key, this, again);
    else if (entry.state == models::OutboxState::Held && entry.holdUntil == 0 && pushed.insert(entry.key).second)
        outbox.sendNow(entry.key, this, again);
}

void Driver::look()
{
    if (!timer.isActive())
        return;
    using Entries = QList<models::OutboxEntry>;
    const auto job = [](models::Database &database) -> models::DatabaseResult<Entries> {
        auto keys = database.prepare("SELECT key FROM outbox");
        if (!keys)
            return std::unexpected(keys.error());
        Entries entries;
        for (;;) {
            const auto row = (*keys)->step();
            if (!row)
                return std::unexpected(row.error());
            if (!*row)
                return entries;
            const auto entry = models::readOutboxEntry(database, (*keys)->integer(0));
            if (entry && *entry)
                entries += **entry;
        }
    };
    if (reading.isActive())
        return;
    reading = ledger.read<Entries>(job, this, [this](const models::DatabaseResult<Entries> &entries) {
        bool settled = entries.has_value();
        for (const models::OutboxEntry &entry : entries.value_or(Entries())) {
            if (only != 0 && entry.key != only)
                continue;
            settled = settled && isSettled(entry);
            if (pushes)
                push(entry);
        }
        if (!settled)
            return;
        timer.stop();
        say({{u"settled"_s, true}});
        QCoreApplication::quit();
    });
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    for (const char *name : {"ledger", "url", "client-id", "merchant", "stop-at"})
        parser.addOption({QString::fromLatin1(name), QString(), u"value"_s});
    parser.addOption({u"wait"_s, u"Wait for a line on standard input before the command."_s});
    parser.process(application);
    const QStringList command = parser.positionalArguments();
    CommitStop stop;
    stop.ledger = parser.value(u"ledger"_s);
    if (parser.isSet(u"stop-at"_s)) {
        if (!stop.read(parser.value(u"stop-at"_s)))
            return 2;
        stop.arm();
    }
    auto ledger = models::Ledger::open(stop.ledger);
    if (!ledger) {
        say({{u"failed"_s, ledger.error().message}});
        return 1;
    }
    api::Client client({.baseUrl = QUrl(parser.value(u"url"_s))},
        {.clientId = parser.value(u"client-id"_s), .clientSecret = qgetenv("DRIVER_SECRET")});
    Driver driver(**ledger, client, parser.value(u"merchant"_s));
    const auto begin = [&] {
        if (command.value(0) == "observe"_L1)
            driver.observe(command.sliced(1));
        else if (command.value(0) == "refund"_L1)
            driver.refund(command.value(1), command.value(2).toLongLong(), command.value(3).toInt());
        else
            driver.settleAll();
    };
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    input.setEnabled(parser.isSet(u"wait"_s));
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&] {
        input.setEnabled(false);
        begin();
    });
    if (!parser.isSet(u"wait"_s))
        QTimer::singleShot(0, &application, begin);
    say({{u"ready"_s, true}});
    return application.exec();
}

// SPDX-License-Identifier: GPL-3.0-or-later
//! A console without a window, for tests that kill it: makes one pay link, or asks again about those whose outcome is
//! unknown. The client secret comes from the environment variable DRIVER_SECRET.
#include "models/ledger.h"
#include "models/lookups.h"
#include "models/paylinks.h"
#include "tests/app/commitstop.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTimer>

#include <set>

using namespace Qt::Literals::StringLiterals;

namespace {

class LinkDriver : public QObject
{
public:
    LinkDriver(models::Ledger &theLedger, api::Client &client)
        : ledger(theLedger)
        , lookUps(client, theLedger)
        , links(theLedger, client, lookUps, {.askAgainAfterSeconds = {}, .readBackAfterSeconds = {}})
    {
        timer.setInterval(50);
        connect(&timer, &QTimer::timeout, this, &LinkDriver::look);
    }

    void create(const QString &reference)
    {
        using F = models::SessionField;
        models::NewPayLink wanted;
        wanted.draft.set(F::FirstName, u"Ada"_s);
        wanted.draft.set(F::LastName, u"Lovelace"_s);
        wanted.draft.set(F::Email, u"ada@example.com"_s);
        wanted.draft.set(F::RedirectUrl, u"https://shop.example/done"_s);
        wanted.draft.set(F::Experience, u"LINK_MANAGED_PAYMENT"_s);
        wanted.draft.set(F::PaymentAmount, u"5"_s);
        wanted.draft.set(F::PaymentReference, reference);
        links.create(wanted, this, [this](const std::expected<qint64, QString> &) { timer.start(); });
    }

    void settle()
    {
        asks = true;
        timer.start();
    }

private:
    void look()
    {
        const auto job = [](models::Database &database) {
            return models::payLinksIn(database, {models::PayLinkState::Sending, models::PayLinkState::Unknown});
        };
        reading = ledger.read<QList<qint64>>(job, this, [this](const models::DatabaseResult<QList<qint64>> &open) {
            if (!open || (open->isEmpty() && ++quiet > 3))
                return QCoreApplication::quit();
            for (const qint64 key : *open) {
                quiet = 0;
                if (asks && asked.insert(key).second)
                    links.send(key, this, [this, key](const std::expected<void, QString> &sent) {
                        if (!sent)
                            asked.erase(key);
                    });
                else if (!asks)
                    QCoreApplication::quit();
            }
        });
    }

    models::Ledger &ledger;
    models::LookUps lookUps;
    models::PayLinks links;
    models::LedgerRead reading;
    QTimer timer;
    std::set<qint64> asked;
    bool asks = false;
    int quiet = 0; //!< looks in a row that found nothing open: what dead processes left is recovered in its own time
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    for (const char *name : {"ledger", "url", "client-id", "merchant", "stop-at"})
        parser.addOption({QString::fromLatin1(name), QString(), u"value"_s});
    parser.process(application);
    CommitStop stop;
    stop.ledger = parser.value(u"ledger"_s);
    stop.table = "pay_links";
    if (parser.isSet(u"stop-at"_s)) {
        if (!stop.read(parser.value(u"stop-at"_s)))
            return 2;
        stop.arm();
    }
    auto ledger = models::Ledger::open(stop.ledger);
    if (!ledger)
        return 1;
    api::Client client({.baseUrl = QUrl(parser.value(u"url"_s))},
        {.clientId = parser.value(u"client-id"_s), .clientSecret = qgetenv("DRIVER_SECRET")});
    LinkDriver driver(**ledger, client);
    const QStringList command = parser.positionalArguments();
    QTimer::singleShot(0, &application, [&] {
        if (command.value(0) == "create"_L1)
            driver.create(command.value(1));
        else
            driver.settle();
    });
    return application.exec();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/ledgergenerator.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace {

qint64 numberOption(const QCommandLineParser &options, const QString &name, qint64 fallback)
{
    bool isNumber = false;
    const qint64 number = options.value(name).toLongLong(&isNumber);
    return isNumber && number >= 0 ? number : fallback;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser options;
    options.setApplicationDescription(u"Writes a new ledger file of any size, the same for the same numbers."_s);
    options.addHelpOption();
    options.addPositionalArgument(u"FILE"_s, u"the ledger to write"_s);
    options.addOptions(
        {{u"transactions"_s, u"default 5000"_s, u"N"_s}, {u"customers"_s, u"default one per 25 transactions"_s, u"N"_s},
            {u"payouts"_s, u"default one per 80 transactions"_s, u"N"_s}, {u"seed"_s, u"default 1"_s, u"S"_s}});
    options.process(application);
    if (options.positionalArguments().size() != 1)
        options.showHelp(2);

    benchmarks::LedgerPlan plan;
    plan.transactions = numberOption(options, u"transactions"_s, 5'000);
    plan.customers = numberOption(options, u"customers"_s, plan.transactions / 25 + 1);
    plan.payouts = numberOption(options, u"payouts"_s, plan.transactions / 80);
    plan.seed = static_cast<quint64>(numberOption(options, u"seed"_s, 1));

    QElapsedTimer elapsed;
    elapsed.start();
    const auto report = [&](qint64 done) { std::fprintf(stderr, "\r%lld of %lld", done, plan.transactions); };
    const auto made = benchmarks::generateLedger(options.positionalArguments().front(), plan, report);
    if (!made) {
        std::fprintf(stderr, "\n%s (%s)\n", qPrintable(models::databaseErrorText(made.error())),
            qPrintable(made.error().message));
        return 1;
    }
    std::fprintf(stderr, "\r%lld transactions in %.1f s\n", plan.transactions, double(elapsed.elapsed()) / 1000.0);
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/database.h"
#include "models/profiles.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int startMs = 30'000;
constexpr int endMs = 15'000;

QList<pid_t> processesNaming(const QByteArray &argument)
{
    QList<pid_t> found;
    for (const QString &process : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile line(u"/proc/"_s + process + u"/cmdline"_s);
        if (line.open(QIODevice::ReadOnly) && line.readAll().split('\0').contains(argument))
            found.append(process.toInt());
    }
    return found;
}

} // namespace

//! The real program and a signal: it ends at once and in order, with the ledger closed and its sandbox gone.
class tst_QuitSignals : public QObject
{
    Q_OBJECT
private slots:
    void aSignalEndsTheProgramInOrder_data();
    void aSignalEndsTheProgramInOrder();
};

void tst_QuitSignals::aSignalEndsTheProgramInOrder_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGHUP, as at a logout") << SIGHUP;
}

void tst_QuitSignals::aSignalEndsTheProgramInOrder()
{
    QFETCH(int, number);
    QTemporaryDir data;
    models::ProfileStore profiles(data.path());
    const QString profile = profiles.current().id;
    const QByteArray state = QFile::encodeName(QDir(profiles.folder(profile)).filePath(u"sandbox.state"_s));
    QProcess program;
    program.start(QStringLiteral(MERCHANT_CONSOLE),
        {u"--data"_s, data.path(), u"--sandbox-arguments"_s, u"--customers 3 --transactions 10 --payouts 1"_s});
    QVERIFY(program.waitForStarted());
    QTRY_COMPARE_WITH_TIMEOUT(processesNaming(state).size(), 1, startMs);
    QVERIFY(QFile::exists(profiles.ledgerFile(profile) + u"-wal"_s));

    QCOMPARE(::kill(static_cast<pid_t>(program.processId()), number), 0);
    QVERIFY(program.waitForFinished(endMs));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(processesNaming(state).isEmpty(), endMs);
    QVERIFY(!QFile::exists(profiles.ledgerFile(profile) + u"-wal"_s)); // the last connection folds it in
    QVERIFY(models::Database::open(profiles.ledgerFile(profile), models::Database::Mode::ReadOnly));
}

QTEST_GUILESS_MAIN(tst_QuitSignals)
#include "tst_quitsignals.moc"

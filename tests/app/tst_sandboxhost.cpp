// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/sandboxhost.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int startTimeMs = 20'000;

const QStringList small{u"--customers"_s, u"3"_s, u"--transactions"_s, u"10"_s, u"--payouts"_s, u"1"_s};

//! The sandbox processes that keep their state in `folder`.
QList<pid_t> sandboxesOn(const QString &folder)
{
    QList<pid_t> found;
    const QByteArray state = QFile::encodeName(QDir(folder).filePath(u"sandbox.state"_s));
    for (const QString &process : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile line(u"/proc/"_s + process + u"/cmdline"_s);
        if (line.open(QIODevice::ReadOnly) && line.readAll().split('\0').contains(state))
            found.append(process.toInt());
    }
    return found;
}

QUrl lastUrl(const QSignalSpy &ready)
{
    return ready.isEmpty() ? QUrl() : ready.last().first().value<console::SandboxAddress>().url;
}

} // namespace

//! One sandbox for every window on the same folder, whatever happens to it or to the window that started it.
class tst_SandboxHost : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void theSecondWindowUsesTheFirstOnesSandbox();
    void theSecondWindowTakesOver();
    void aKilledSandboxComesBackForBoth();
    void tryingAgainDoesNotStartASecond();
    void whatAKilledWindowLeftBehindIsNoHindrance();
    void theNextRunIsFoundWhereTheLastOneWas();
    void aTakenPortIsNoHindrance();
    void aFolderThatCannotBeWrittenIsSaid();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_SandboxHost::theSecondWindowUsesTheFirstOnesSandbox()
{
    console::SandboxHost first(m_folder->path(), small);
    QSignalSpy firstReady(&first, &console::SandboxHost::ready);
    console::SandboxHost second(m_folder->filePath(u"."_s), small);
    QSignalSpy secondReady(&second, &console::SandboxHost::ready);
    QSignalSpy failed(&second, &console::SandboxHost::failed);
    first.start();
    second.start();
    QTRY_COMPARE_WITH_TIMEOUT(secondReady.size(), 1, startTimeMs);
    QCOMPARE(lastUrl(secondReady), lastUrl(firstReady));
    QVERIFY(first.ownsProcess());
    QVERIFY(!second.ownsProcess());
    QCOMPARE(sandboxesOn(m_folder->path()).size(), 1);
    QVERIFY(failed.isEmpty());
}

void tst_SandboxHost::theNextRunIsFoundWhereTheLastOneWas()
{
    QUrl before;
    {
        console::SandboxHost host(m_folder->path(), small);
        QSignalSpy ready(&host, &console::SandboxHost::ready);
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, startTimeMs);
        before = lastUrl(ready);
    }
    console::SandboxHost host(m_folder->path(), small);
    QSignalSpy ready(&host, &console::SandboxHost::ready);
    host.start();
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, startTimeMs);
    QCOMPARE(lastUrl(ready), before);
}

void tst_SandboxHost::aTakenPortIsNoHindrance()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    QFile remembered(m_folder->filePath(u"sandbox.port"_s));
    QVERIFY(remembered.open(QIODevice::WriteOnly));
    remembered.write(QByteArray::number(other.serverPort()));
    remembered.close();
    console::SandboxHost host(m_folder->path(), small);
    QSignalSpy ready(&host, &console::SandboxHost::ready);
    QSignalSpy failed(&host, &console::SandboxHost::failed);
    host.start();
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, startTimeMs);
    QVERIFY(lastUrl(ready).port() != other.serverPort());
    QVERIFY(failed.isEmpty());
}

void tst_SandboxHost::theSecondWindowTakesOver()
{
    auto first = std::make_unique<console::SandboxHost>(m_folder->path(), small);
    console::SandboxHost second(m_folder->path(), small);
    QSignalSpy ready(&second, &console::SandboxHost::ready);
    QSignalSpy failed(&second, &console::SandboxHost::failed);
    first->start();
    second.start();
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, startTimeMs);
    first.reset();
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 2, startTimeMs);
    QVERIFY(second.ownsProcess());
    QCOMPARE(sandboxesOn(m_folder->path()).size(), 1);
    QVERIFY(failed.isEmpty());
}

void tst_SandboxHost::aKilledSandboxComesBackForBoth()
{
    console::SandboxHost first(m_folder->path(), small);
    console::SandboxHost second(m_folder->path(), small);
    QSignalSpy firstReady(&first, &console::SandboxHost::ready);
    QSignalSpy secondReady(&second, &console::SandboxHost::ready);
    first.start();
    second.start();
    QTRY_COMPARE_WITH_TIMEOUT(secondReady.size(), 1, startTimeMs);
    const QList<pid_t> running = sandboxesOn(m_folder->path());
    QCOMPARE(running.size(), 1);
    QCOMPARE(::kill(running.first(), SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(secondReady.size(), 2, startTimeMs);
    QCOMPARE(lastUrl(secondReady), lastUrl(firstReady));
}

void tst_SandboxHost::tryingAgainDoesNotStartASecond()
{
    console::SandboxHost host(m_folder->path(), small);
    QSignalSpy ready(&host, &console::SandboxHost::ready);
    host.start();
    host.start();
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, startTimeMs);
    host.start();
    QCOMPARE(sandboxesOn(m_folder->path()).size(), 1);
    QVERIFY(host.ownsProcess());
}

void tst_SandboxHost::whatAKilledWindowLeftBehindIsNoHindrance()
{
    QProcess gone; // a process id that nobody has any more
    gone.start(u"true"_s);
    const qint64 deadId = gone.processId();
    QVERIFY(gone.waitForFinished());
    QFile lock(m_folder->filePath(u"sandbox.lock"_s));
    QVERIFY(lock.open(QIODevice::WriteOnly));
    lock.write(QByteArray::number(deadId) + "\nmerchant-console\n" + QSysInfo::machineHostName().toUtf8() + "\n\n\n");
    lock.close();
    console::SandboxHost host(m_folder->path(), small);
    QSignalSpy ready(&host, &console::SandboxHost::ready);
    host.start();
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, startTimeMs);
    QVERIFY(host.ownsProcess());
}

void tst_SandboxHost::aFolderThatCannotBeWrittenIsSaid()
{
    QFile file(m_folder->filePath(u"file"_s)); // where a folder should be: nobody can write in there, not even root
    QVERIFY(file.open(QIODevice::WriteOnly));
    console::SandboxHost host(file.fileName() + u"/sandbox"_s, small);
    QSignalSpy failed(&host, &console::SandboxHost::failed);
    host.start();
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.first().first().toString().contains(u"cannot write to"_s));
}

QTEST_GUILESS_MAIN(tst_SandboxHost)
#include "tst_sandboxhost.moc"

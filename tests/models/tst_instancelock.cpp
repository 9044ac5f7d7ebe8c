// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/instancelock.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <csignal>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

class tst_InstanceLock : public QObject
{
    Q_OBJECT
private slots:
    void livesWhileItIsHeld();
    void diesWithItsProcess();
    void deadFilesAreRemoved();
    void aMissingFolderIsSaid();
    void aRemovedFileIsMadeAnew();
};

void tst_InstanceLock::livesWhileItIsHeld()
{
    const QTemporaryDir folder;
    const QString ledger = folder.filePath(u"ledger [1].db"_s);
    std::optional<models::InstanceLock> lock(ledger);
    const QString instance = lock->instance();
    QVERIFY(lock->hold());
    QVERIFY(models::instanceLives(ledger, instance));
    QVERIFY(!models::instanceLives(ledger, u"someone-else"_s));
    lock.reset();
    QVERIFY(!models::instanceLives(ledger, instance));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList());
}

void tst_InstanceLock::diesWithItsProcess()
{
    const QTemporaryDir folder;
    const QString ledger = folder.filePath(u"ledger.db"_s);
    int ready[2];
    QCOMPARE(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const models::InstanceLock lock(ledger);
        const QByteArray name = lock.instance().toLatin1();
        std::ignore = ::write(ready[1], name.constData(), size_t(name.size()));
        for (;;)
            ::pause();
    }
    char name[36];
    QCOMPARE(::read(ready[0], name, sizeof name), ssize_t(sizeof name));
    const QString instance = QString::fromLatin1(name, sizeof name);
    QVERIFY(models::instanceLives(ledger, instance));
    ::kill(child, SIGKILL);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    QVERIFY(!models::instanceLives(ledger, instance));
    ::close(ready[0]);
    ::close(ready[1]);
}

void tst_InstanceLock::deadFilesAreRemoved()
{
    const QTemporaryDir folder;
    const QString ledger = folder.filePath(u"ledger.db"_s);
    const models::InstanceLock alive(ledger);
    const QString dead = ledger + u'.' + QUuid::createUuid().toString(QUuid::WithoutBraces) + u".lock"_s;
    const QString foreign = ledger + u".mine.lock"_s;
    for (const QString &name : {dead, foreign})
        QVERIFY(QFile(name).open(QIODevice::WriteOnly));
    models::removeDeadLocks(ledger);
    QVERIFY(!QFile::exists(dead));
    QVERIFY(QFile::exists(foreign));
    QVERIFY(models::instanceLives(ledger, alive.instance()));
}

void tst_InstanceLock::aMissingFolderIsSaid()
{
    const QTemporaryDir folder;
    models::InstanceLock lock(folder.filePath(u"no/such/ledger.db"_s));
    QVERIFY(!lock.hold());
    QVERIFY(!lock.instance().isEmpty());
    QVERIFY(QDir(folder.path()).mkpath(u"no/such"_s));
    QVERIFY(lock.hold());
}

void tst_InstanceLock::aRemovedFileIsMadeAnew()
{
    const QTemporaryDir folder;
    const QString ledger = folder.filePath(u"ledger.db"_s);
    models::InstanceLock lock(ledger);
    const QStringList made = QDir(folder.path()).entryList(QDir::Files);
    QCOMPARE(made.size(), 1);
    QVERIFY(QFile::remove(folder.filePath(made.first())));
    QVERIFY(!models::instanceLives(ledger, lock.instance()));
    QVERIFY(lock.hold());
    QVERIFY(models::instanceLives(ledger, lock.instance()));
}

QTEST_GUILESS_MAIN(tst_InstanceLock)
#include "tst_instancelock.moc"

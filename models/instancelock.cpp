// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/instancelock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QUuid>

#include <cerrno>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

QString lockFileOf(const QString &ledgerFile, const QString &instance)
{
    return u"%1.%2.lock"_s.arg(ledgerFile, instance);
}

bool lockAtOnce(const QFile &file)
{
    return ::flock(file.handle(), LOCK_EX | LOCK_NB) == 0;
}

// While the lock is still held: QFile::remove() would let go of it first.
void removeLocked(const QFile &file)
{
    ::unlink(QFile::encodeName(file.fileName()).constData());
}

// Another process may have taken a fresh file for a dead one's and removed it before it was locked.
bool isStillThere(const QFile &file)
{
    struct stat status = {};
    return ::fstat(file.handle(), &status) == 0 && status.st_nlink > 0;
}

} // namespace

InstanceLock::InstanceLock(const QString &ledgerFile)
    : m_ledgerFile(ledgerFile)
    , m_instance(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    hold();
}

InstanceLock::~InstanceLock()
{
    if (m_file)
        removeLocked(*m_file);
}

bool InstanceLock::hold()
{
    if (m_file && !isStillThere(*m_file))
        m_file.reset();
    for (int attempt = 0; attempt < 3 && !m_file; ++attempt) {
        auto file = std::make_unique<QFile>(lockFileOf(m_ledgerFile, m_instance));
        if (!file->open(QIODevice::ReadWrite))
            return false;
        if (lockAtOnce(*file) && isStillThere(*file))
            m_file = std::move(file);
    }
    return m_file != nullptr;
}

const QString &InstanceLock::instance() const
{
    return m_instance;
}

bool instanceLives(const QString &ledgerFile, const QString &instance)
{
    QFile file(lockFileOf(ledgerFile, instance));
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        return file.exists();
    if (!lockAtOnce(file))
        return errno == EWOULDBLOCK || errno == EINTR;
    removeLocked(file);
    return false;
}

void removeDeadLocks(const QString &ledgerFile)
{
    const QFileInfo ledger(ledgerFile);
    const QString before = ledger.fileName() + u'.';
    const QStringList names = ledger.dir().entryList({u"*.lock"_s}, QDir::Files);
    for (const QString &name : names) {
        const QString instance = name.startsWith(before) ? name.sliced(before.size()).chopped(5) : QString();
        if (!QUuid(instance).isNull())
            instanceLives(ledgerFile, instance);
    }
}

QString lockProblemText()
{
    return QCoreApplication::translate(
        "InstanceLock", "A lock file could not be made beside the ledger. Check the disk's free space and its rights.");
}

} // namespace models

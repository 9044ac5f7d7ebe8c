// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/ledgers.h"

#include "models/profiles.h"
#include "tests/benchmarks/childprocess.h"
#include "tests/benchmarks/figures.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

using namespace Qt::Literals::StringLiterals;

namespace benchmarks {

namespace {

QString dataRoot()
{
    return QDir(QCoreApplication::applicationDirPath()).filePath(u"../benchmark-data"_s);
}

//! Which generator wrote the ledger: a newer one may write another schema.
QByteArray stampOf(const QString &generator)
{
    return QFileInfo(generator).lastModified().toUTC().toString(Qt::ISODateWithMs).toLatin1();
}

bool isStamped(const QDir &directory, const QByteArray &stamp)
{
    QFile file(directory.filePath(u"written-by"_s));
    return file.open(QIODevice::ReadOnly) && file.readAll() == stamp;
}

void writeStamp(const QDir &directory, const QByteArray &stamp)
{
    QFile file(directory.filePath(u"written-by"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(stamp) != stamp.size())
        cannotRun(u"%1 could not be written: %2"_s.arg(file.fileName(), file.errorString()));
}

void generate(const QString &generator, const QString &file, qint64 transactions)
{
    say(u"Writing a ledger with %L1 transactions"_s.arg(transactions));
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(generator, {file, u"--transactions"_s, QString::number(transactions)});
    if (!process.waitForFinished(-1) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        cannotRun(u"ledger-generator failed: %1"_s.arg(process.errorString()));
}

} // namespace

QString preparedData(qint64 transactions)
{
    const QDir directory(QDir::cleanPath(dataRoot() + u'/' + QString::number(transactions)));
    const QString generator = programPath(u"ledger-generator"_s);
    const QByteArray stamp = stampOf(generator);
    if (isStamped(directory, stamp))
        return directory.path();
    QDir(directory).removeRecursively();
    QDir().mkpath(directory.path());
    if (transactions > 0) {
        const QString partial = directory.filePath(u"being-written.sqlite"_s);
        generate(generator, partial, transactions);
        const QFileInfo place(ledgerFileIn(directory.path()));
        if (!place.dir().mkpath(u"."_s) || !QFile::rename(partial, place.filePath()))
            cannotRun(u"the new ledger could not be moved to its place"_s);
    }
    writeStamp(directory, stamp);
    return directory.path();
}

QString ledgerFileIn(const QString &dataDirectory)
{
    const models::ProfileStore store(dataDirectory);
    return store.ledgerFile(store.profiles().first().id);
}

QString copiedLedger(const QString &file, const QString &directory)
{
    const QString copy = QDir(directory).filePath(u"ledger.sqlite"_s);
    if (QFileInfo(file + u"-wal"_s).size() > 0)
        cannotRun(u"%1 is in use"_s.arg(file));
    if (!QFile::copy(file, copy))
        cannotRun(u"%1 could not be copied"_s.arg(file));
    return copy;
}

QString offlineProfileIn(const QString &dataDirectory)
{
    models::ProfileStore store(dataDirectory);
    models::Profile profile{.id = u"offline"_s,
        .name = u"Offline"_s,
        .environment = models::Environment::Custom,
        .baseUrl = QUrl(u"http://127.0.0.1:9"_s),
        .clientId = u"client"_s,
        .merchantId = u"merchant"_s,
        .redirectUrl = QUrl(u"http://127.0.0.1:9/done"_s)};
    if (const auto saved = store.save(profile); !saved)
        cannotRun(saved.error());
    const QString real = ledgerFileIn(dataDirectory);
    const QString linked = store.ledgerFile(profile.id);
    // SQLite follows the link before it names its journal, so both names mean one file.
    if (QFileInfo::exists(real) && !QFileInfo::exists(linked)
        && !(QFileInfo(linked).dir().mkpath(u"."_s) && QFile::link(real, linked)))
        cannotRun(u"%1 could not be linked"_s.arg(real));
    return profile.id;
}

} // namespace benchmarks

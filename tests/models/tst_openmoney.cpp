// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/database.h"
#include "models/ledger.h"
#include "models/openmoney.h"
#include "models/profileuse.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

//! What is said before a ledger is put aside, and how a console knows that it is not alone.
class tst_OpenMoney : public QObject
{
    Q_OBJECT
private slots:
    void whatIsOpenIsCounted_data();
    void whatIsOpenIsCounted();
    void anUnreadableFileIsSaidToBeUnknown();
    void aShareIsSeenBothWaysAndEnds();
};

void tst_OpenMoney::whatIsOpenIsCounted_data()
{
    QTest::addColumn<QStringList>("states");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QStringList{} << u"no payment or refund in it waits"_s;
    QTest::newRow("all ended") << QStringList{u"ACCEPTED"_s, u"REFUSED"_s, u"WITHDRAWN"_s}
                               << u"no payment or refund in it waits"_s;
    QTest::newRow("one held") << QStringList{u"HELD"_s, u"ACCEPTED"_s}
                              << u"holds 1 payment or refund that was not sent."_s;
    QTest::newRow("some of both") << QStringList{u"HELD"_s, u"SENDING"_s, u"HELD"_s,
        u"UNKNOWN"_s} << u"holds 2 payments and refunds that were not sent and 2 whose outcome is unknown."_s;
}

void tst_OpenMoney::whatIsOpenIsCounted()
{
    QFETCH(QStringList, states);
    QFETCH(QString, said);
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"ledger.sqlite"_s);
    QVERIFY(models::Ledger::open(file));
    {
        const auto ledger = models::Database::open(file, models::Database::Mode::ReadWrite);
        QVERIFY(ledger);
        for (qsizetype i = 0; i < states.size(); ++i)
            QVERIFY((*ledger)->execute(
                u"INSERT INTO outbox(key, kind, state, customer_id, customer_name, amount_cents, currency, reason, "
                "reference, reference_is_ours, own_reference, soft_descriptor, request_key, verb, path, auth, "
                "content_type, request_body, created_at, hold_until, changed_at, service, by_user, owner) "
                "VALUES(%1, 'PAYMENT', '%2', 'c', '', 100, 'USD', '', '', 0, '', '', 'k%1', 'POST', '/', 'CORE', '', "
                "x'', 1, 1, 1, '', '', '')"_s.arg(i + 1)
                    .arg(states.at(i))
                    .toUtf8()
                    .constData()));
    }
    const QString warning = models::openMoneyWarning(models::readOpenMoney(file));
    QVERIFY2(warning.contains(said), qPrintable(warning));
    QCOMPARE(warning.contains(u"could go out twice"_s), said.contains(u"holds"_s));
}

void tst_OpenMoney::anUnreadableFileIsSaidToBeUnknown()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"ledger.sqlite"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("this was a ledger once");
    file.close();
    const QString warning = models::openMoneyWarning(models::readOpenMoney(file.fileName()));
    QVERIFY(warning.contains(u"nobody can say"_s));
    QVERIFY(warning.contains(u"could go out twice"_s));
}

void tst_OpenMoney::aShareIsSeenBothWaysAndEnds()
{
    const QTemporaryDir folder;
    models::ProfileUse first(folder.path());
    QVERIFY(!first.isShared());
    {
        models::ProfileUse second(folder.path());
        QVERIFY(first.isShared());
        QVERIFY(second.isShared());
        QVERIFY(first.isShared()); // asking gives nothing away
    }
    QVERIFY(!first.isShared());
}

QTEST_GUILESS_MAIN(tst_OpenMoney)
#include "tst_openmoney.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/database.h"
#include "tests/app/killbench.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

//! A console is killed at every step of making a pay link with a payment, and the sandbox's sessions are counted: never
//! two under one intent, never one that is not on disk.
class tst_LinkKill : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(m_sandbox.start()); }
    void killedAtACommit_data();
    void killedAtACommit();
    void anAnswerIsLost_data();
    void anAnswerIsLost();

private:
    QString stateOf(const QString &reference);
    QString keyOf(const QString &reference)
    {
        return value("SELECT request_key FROM pay_links WHERE reference = ?1", reference);
    }
    QString value(const QByteArray &sql, const QString &reference);
    void settle();

    QTemporaryDir m_folder;
    SandboxUnderTest m_sandbox;
    QString ledger() const { return m_folder.filePath(u"ledger.db"_s); }
};

QString tst_LinkKill::value(const QByteArray &sql, const QString &reference)
{
    auto database = models::Database::open(ledger(), models::Database::Mode::ReadOnly);
    auto found = database ? (*database)->prepareOnce(sql) : std::unexpected(database.error());
    if (!found)
        return {};
    const auto row = found->bind(0, reference).step();
    return row && *row ? found->text(0) : QString();
}

QString tst_LinkKill::stateOf(const QString &reference)
{
    return value("SELECT state FROM pay_links WHERE reference = ?1", reference);
}

void tst_LinkKill::settle()
{
    QVERIFY(m_sandbox.clearFaults());
    DriverUnderTest settler(m_sandbox, ledger(), {u"settle"_s});
    QVERIFY(settler.finished());
}

void tst_LinkKill::killedAtACommit_data()
{
    QTest::addColumn<QString>("moment");
    QTest::addColumn<QString>("left"); //!< on disk when the process was dead; empty: no link
    QTest::addColumn<int>("made");     //!< by the sandbox when the process was dead
    QTest::addColumn<QString>("settled");
    QTest::newRow("before it is on disk") << u"before:1"_s << QString() << 0 << QString();
    QTest::newRow("while it goes to disk") << u"during:1"_s << QString() << 0 << QString();
    QTest::newRow("on disk, before the request") << u"after:1"_s << u"MAKING"_s << 0 << u"READY"_s;
    QTest::newRow("after the answer, before it is on disk") << u"before:2"_s << u"MAKING"_s << 1 << u"LOST"_s;
    QTest::newRow("while the answer goes to disk") << u"during:2"_s << u"MAKING"_s << 1 << u"LOST"_s;
    QTest::newRow("when the answer is on disk") << u"after:2"_s << u"READY"_s << 1 << u"READY"_s;
}

void tst_LinkKill::killedAtACommit()
{
    QFETCH(const QString, moment);
    QFETCH(const QString, left);
    QFETCH(const int, made);
    QFETCH(const QString, settled);
    const QString reference = u"kill-"_s + moment;
    const qsizetype before = m_sandbox.sessionKeys().size();
    DriverUnderTest driver(m_sandbox, ledger(), {u"create"_s, reference}, {u"--stop-at"_s, moment});
    QVERIFY(driver.diedBySignal());
    QCOMPARE(stateOf(reference), left);
    QCOMPARE(m_sandbox.sessionKeys().size() - before, made);
    settle();
    QCOMPARE(stateOf(reference), settled);
    QCOMPARE(m_sandbox.sessionKeys().size() - before, left.isEmpty() ? 0 : 1);
    QCOMPARE(m_sandbox.sessionKeys().count(keyOf(reference)), left.isEmpty() ? 0 : 1);
}

void tst_LinkKill::anAnswerIsLost_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<int>("made");
    QTest::addColumn<QString>("settled");
    for (const char *kind : {"cutAfter", "cutMidBody", "errorAfter", "garbage"})
        QTest::newRow(kind) << QByteArray(kind) << 1 << u"LOST"_s;
    for (const char *kind : {"cutBefore", "error"})
        QTest::newRow(kind) << QByteArray(kind) << 0 << u"READY"_s;
}

void tst_LinkKill::anAnswerIsLost()
{
    QFETCH(const QByteArray, kind);
    QFETCH(const int, made);
    QFETCH(const QString, settled);
    const QString reference = u"lost-"_s + QString::fromLatin1(kind);
    QVERIFY(
        m_sandbox.addFault("{\"kind\":\"" + kind + "\",\"method\":\"POST\",\"path\":\"/v2/sessions\",\"count\":1}"));
    DriverUnderTest driver(m_sandbox, ledger(), {u"create"_s, reference});
    QVERIFY(driver.finished());
    QCOMPARE(stateOf(reference), u"UNKNOWN"_s);
    const QString key = keyOf(reference);
    QCOMPARE(m_sandbox.sessionKeys().count(key), made);
    settle();
    QCOMPARE(stateOf(reference), settled);
    QCOMPARE(m_sandbox.sessionKeys().count(key), 1);
    QCOMPARE(keyOf(reference), key);
}

QTEST_GUILESS_MAIN(tst_LinkKill)
#include "tst_linkkill.moc"

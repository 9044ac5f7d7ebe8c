// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/options.h"

#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

// What the programs say to somebody who only asks, on a machine without a display.
class tst_CommandLine : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void helpNamesTheProgram_data();
    void helpNamesTheProgram();
    void whatIsNotUnderstoodIsNamed_data();
    void whatIsNotUnderstoodIsNamed();
    void aWalkLeavesTheOwnDataAlone();

private:
    void ask(const QString &program, const QString &argument);

    QProcess m_program;
};

void tst_CommandLine::init()
{
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, u"/nonexistent"_s);
    m_program.setProcessEnvironment(environment);
}

void tst_CommandLine::ask(const QString &program, const QString &argument)
{
    m_program.start(program, {argument});
    QVERIFY(m_program.waitForFinished());
    QCOMPARE(m_program.exitStatus(), QProcess::NormalExit);
}

void tst_CommandLine::helpNamesTheProgram_data()
{
    QTest::addColumn<QString>("program");
    for (const char *program : {CONSOLE_PROGRAM, RECEIVER_PROGRAM, SANDBOX_PROGRAM})
        QTest::newRow(qPrintable(QFileInfo(QString::fromUtf8(program)).fileName())) << QString::fromUtf8(program);
}

void tst_CommandLine::helpNamesTheProgram()
{
    QFETCH(QString, program);
    ask(program, u"--help"_s);
    QCOMPARE(m_program.exitCode(), 0);
    const QString said = QString::fromUtf8(m_program.readAllStandardOutput());
    const QString usage = said.section(u'\n', 0, 0);
    QVERIFY2(usage.startsWith(u"Usage: "_s) && usage.endsWith(QFileInfo(program).fileName() + u" [options]"_s),
        qPrintable(usage));
    QVERIFY2(m_program.readAllStandardError().isEmpty(), "help is no error");
}

void tst_CommandLine::whatIsNotUnderstoodIsNamed_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("argument");
    for (const char *program : {CONSOLE_PROGRAM, RECEIVER_PROGRAM, SANDBOX_PROGRAM}) {
        for (const char *argument : {"--help-all", "--nonsense"}) {
            const QString path = QString::fromUtf8(program);
            QTest::newRow(qPrintable(QFileInfo(path).fileName() + u' ' + QString::fromUtf8(argument)))
                << path << QString::fromUtf8(argument);
        }
    }
}

void tst_CommandLine::whatIsNotUnderstoodIsNamed()
{
    QFETCH(QString, program);
    QFETCH(QString, argument);
    ask(program, argument);
    QCOMPARE(m_program.exitCode(), 2);
    const QString said = QString::fromUtf8(m_program.readAllStandardError());
    QVERIFY2(said.contains(argument.mid(2)), qPrintable(said));
}

void tst_CommandLine::aWalkLeavesTheOwnDataAlone()
{
    const auto folderFor = [](const QStringList &arguments) {
        const console::OptionsOrExit read = console::readOptions(QStringList{u"merchant-console"_s} + arguments);
        return read.options ? read.options->dataDirectory : u"refused"_s;
    };
    QVERIFY(!folderFor({}).isEmpty());
    QVERIFY(folderFor({u"--tour"_s, u"out"_s}).isEmpty());
    QCOMPARE(folderFor({u"--tour"_s, u"out"_s, u"--data"_s, u"/data"_s}), u"/data"_s);
}

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_commandline.moc"

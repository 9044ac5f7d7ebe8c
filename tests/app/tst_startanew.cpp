// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console.h"
#include "app/console/session.h"
#include "tests/app/onscreen.h"
#include "tests/ui/answeringasker.h"
#include "ui/banner.h"
#include "ui/mainwindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int importTimeMs = 30'000;

console::Options optionsFor(const QString &folder)
{
    console::Options options;
    options.dataDirectory = folder;
    options.sandboxArguments = {u"--transactions"_s, u"20"_s, u"--customers"_s, u"4"_s, u"--payouts"_s, u"2"_s};
    return options;
}

//! A console whose questions are answered by the test.
struct Desk
{
    explicit Desk(const QString &folder)
        : asker(new AnsweringAsker)
        , console(optionsFor(folder), std::unique_ptr<ui::Asker>(asker))
    {
        asker->yes = false;
        console.open();
    }

    bool isFilled()
    {
        if (!console.session())
            return false;
        const models::JobsModel &jobs = workspace().jobs;
        return jobs.rowCount() == 1 && jobs.jobAt(0)->state() == models::Job::State::Done;
    }
    ui::Workspace workspace() { return console.session()->workspace(*asker); }

    //! Leaves a mark in the ledger that a new one does not have.
    bool mark()
    {
        std::optional<bool> done;
        workspace().ledger.write(
            [](models::Database &database) { return database.execute("CREATE TABLE mark(one INTEGER)"); },
            models::Ledger::Durability::Normal, &context,
            [&done](const models::DatabaseResult<void> &written) { done = written.has_value(); });
        return QTest::qWaitFor([&done] { return done.has_value(); }) && *done;
    }
    bool isMarked()
    {
        std::optional<bool> found;
        const auto read = workspace().ledger.read<bool>(
            [](models::Database &database) -> models::DatabaseResult<bool> {
                return database.prepare("SELECT one FROM mark").has_value();
            },
            &context, [&found](const models::DatabaseResult<bool> &result) { found = result.value_or(false); });
        return QTest::qWaitFor([&found] { return found.has_value(); }) && *found;
    }
    //! Chooses it in the window; the header's menu is tested on its own.
    void reset() { emit console.window()->sandboxResetRequested(); }

    QObject context;
    AnsweringAsker *asker;
    console::Console console;
};

QByteArray contentOf(const QString &file)
{
    QFile source(file);
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

} // namespace

//! What is asked, in the real window, before a ledger is given up, and what is left of it afterwards.
class tst_StartAnew : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aResetIsAskedFor();
    void nothingIsResetUnderAnotherConsole();
    void aDamagedLedgerIsKeptAside();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_StartAnew::aResetIsAskedFor()
{
    Desk desk(m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(desk.isFilled(), importTimeMs);
    QVERIFY(desk.mark());
    const QPointer<ui::MainWindow> window = desk.console.window();

    desk.reset();
    QCOMPARE(desk.asker->questions.size(), 1);
    const ui::Asker::Question &question = desk.asker->questions.constFirst();
    QVERIFY(question.destructive && !question.production);
    QVERIFY2(question.text.contains(u"audit trail"_s), qPrintable(question.text));
    QVERIFY(desk.isMarked() && window); // the answer was no

    desk.asker->yes = true;
    desk.reset();
    QTRY_VERIFY(!window);
    QTRY_VERIFY_WITH_TIMEOUT(desk.isFilled(), importTimeMs);
    QVERIFY(desk.console.window()->isVisible());
    QVERIFY(!desk.isMarked());
}

void tst_StartAnew::nothingIsResetUnderAnotherConsole()
{
    Desk first(m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(first.isFilled(), importTimeMs);
    QVERIFY(first.mark());
    {
        Desk second(m_folder->path());
        second.asker->yes = true;
        first.asker->yes = true;
        for (Desk *desk : {&first, &second}) {
            desk->reset();
            QVERIFY(desk->asker->questions.isEmpty());
            const auto *banner = desk->console.window()->findChild<ui::Banner *>();
            QVERIFY2(banner->isVisible() && banner->text().contains(u"another console window"_s),
                qPrintable(banner->text()));
        }
        QVERIFY(second.isMarked());
    }
    first.reset();
    QTRY_VERIFY_WITH_TIMEOUT(first.isFilled() && !first.isMarked(), importTimeMs);
}

void tst_StartAnew::aDamagedLedgerIsKeptAside()
{
    const QByteArray damaged("this was a ledger once");
    const models::ProfileStore profiles(m_folder->path());
    const QString ledger = profiles.ledgerFile(profiles.current().id);
    QVERIFY(QDir().mkpath(QFileInfo(ledger).path()));
    QFile file(ledger);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(damaged) == damaged.size());
    file.close();

    Desk desk(m_folder->path());
    QVERIFY(!desk.console.window());
    auto *button = onScreen<QAbstractButton>("setAsideButton");
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(desk.asker->questions.size(), 1);
    QVERIFY(desk.asker->questions.constFirst().destructive);
    QVERIFY(!desk.asker->questions.constFirst().text.isEmpty());
    QCOMPARE(contentOf(ledger), damaged); // the answer was no

    desk.asker->yes = true;
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(desk.isFilled(), importTimeMs);
    const QFileInfo info(ledger);
    const QStringList aside = info.dir().entryList({info.fileName() + u".aside-*"_s});
    QCOMPARE(aside.size(), 1);
    QCOMPARE(contentOf(info.dir().filePath(aside.constFirst())), damaged);
}

QTEST_MAIN(tst_StartAnew)
#include "tst_startanew.moc"

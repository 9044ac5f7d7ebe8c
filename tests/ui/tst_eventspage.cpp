// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inbox.h"
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/eventspage.h"
#include "ui/recordtable.h"

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace {

//! A file in the bench's folder; its name.
QString eventFile(const DialogBench &bench, const QByteArray &content)
{
    QFile file(bench.directory.filePath(u"events.jsonl"_s));
    const bool written = file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    return written ? file.fileName() : QString();
}

//! What the menu of the event in the first row offers under this text.
QAction *eventAction(ui::EventsPage &page, const QString &text)
{
    auto *table = page.findChild<ui::RecordTable *>(u"eventsTable"_s);
    const auto *model = static_cast<models::RecordTableModel *>(table->model());
    table->setCurrentIndex(model->index(0, 0));
    emit table->menuRequested(model->refAt(0), page.mapToGlobal(QPoint(10, 10)));
    QAction *found = nullptr;
    for (QAction *action : page.findChildren<QAction *>())
        found = action->text() == text ? action : found;
    return found;
}

//! Imports one event and waits until it is in the list.
void importOne(DialogBench &bench, ui::EventsPage &page)
{
    bench.asker.file = eventFile(bench, R"({"id":"e-1","eventType":"payment.failed"})");
    page.resize(1200, 700);
    page.show();
    page.findChild<QPushButton *>(u"importButton"_s)->click();
    const auto *model = static_cast<models::RecordTableModel *>(
        page.findChild<ui::RecordTable *>(u"eventsTable"_s)->model());
    QTRY_VERIFY(model->rowCount() == 1 && !model->refAt(0).id.isEmpty());
}

} // namespace

class tst_EventsPage : public QObject
{
    Q_OBJECT

private slots:
    void badLinesAreNamedByTheirNumber_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QStringList>("says");
        const QByteArray good = R"({"id":"e-1","eventType":"payment.failed"})"
                                "\n";
        const QByteArray other = R"({"id":"e-1","eventType":"payment.succeeded"})"
                                 "\n";
        QTest::newRow("good") << good << QStringList{u"1 event imported."_s};
        QTest::newRow("twice the same") << good + good << QStringList{u"1 event imported"_s, u"1 was here already"_s};
        QTest::newRow("one id, two contents")
            << good + other << QStringList{u"imported"_s, u"1 differs from the one with the same id"_s};
        QTest::newRow("no JSON") << good + "\nnot json\n" << QStringList{u"1 event imported"_s, u"Line 3"_s};
        QTest::newRow("not UTF-8") << "{\"id\":\"\xff\"}\n" + good << QStringList{u"1 event imported"_s, u"Line 1"_s};
        QTest::newRow("nested too deeply")
            << good + QByteArray(5000, '[') + "\n" + QByteArray("x\n") << QStringList{u"Line 2"_s, u"And 1 more"_s};
    }
    void badLinesAreNamedByTheirNumber()
    {
        QFETCH(QByteArray, lines);
        QFETCH(QStringList, says);
        DialogBench bench;
        bench.asker.file = eventFile(bench, lines);
        QVERIFY(!bench.asker.file.isEmpty());
        ui::EventsPage page(bench.workspace, nullptr);
        page.resize(1200, 700);
        page.show();
        page.findChild<QPushButton *>(u"importButton"_s)->click();
        auto *banner = page.findChild<ui::Banner *>(u"pageNotice"_s);
        QVERIFY(banner);
        QTRY_VERIFY2(banner->text().contains(says.first()), qPrintable(banner->text()));
        for (const QString &part : says)
            QVERIFY2(banner->text().contains(part), qPrintable(banner->text()));
    }

    void aFileThatCannotBeReadIsNamed()
    {
        DialogBench bench;
        bench.asker.file = bench.directory.filePath(u"not-there.jsonl"_s);
        ui::EventsPage page(bench.workspace, nullptr);
        page.findChild<QPushButton *>(u"importButton"_s)->click();
        const auto *banner = page.findChild<ui::Banner *>(u"pageNotice"_s);
        QTRY_VERIFY2(banner->text().contains(u"not-there.jsonl cannot be read"_s), qPrintable(banner->text()));
    }

    void aMessageStaysUntilItIsClosed()
    {
        DialogBench bench;
        ui::EventsPage page(bench.workspace, nullptr);
        page.resize(1200, 700);
        page.show();
        page.findChild<QPushButton *>(u"exportEventsButton"_s)->click();
        auto *banner = page.findChild<ui::Banner *>(u"pageNotice"_s);
        QVERIFY(banner && banner->isVisible());
        const auto *model = static_cast<const models::RecordTableModel *>(
            page.findChild<ui::RecordTable *>(u"eventsTable"_s)->model());
        QSignalSpy changed(model, &models::RecordTableModel::stateChanged);
        page.setFilter(u"type:payment"_s);
        QTRY_VERIFY(!changed.isEmpty() && model->state() == models::RecordTableModel::State::Ready);
        QVERIFY(banner->isVisible());
        QTest::mouseClick(banner->findChild<QToolButton *>(u"bannerClose"_s), Qt::LeftButton);
        QVERIFY(banner->isHidden());
    }

    void anEventCanBeSentAgain()
    {
        DialogBench bench;
        ui::EventsPage page(bench.workspace, nullptr);
        importOne(bench, page);
        QAction *again = eventAction(page, u"&Send it again…"_s);
        QVERIFY(again);
        again->trigger();
        QTRY_VERIFY(page.findChild<QDialog *>(u"replayDialog"_s));
        QVERIFY(page.findChild<QDialog *>(u"replayDialog"_s)->isVisible());
    }

    void copyingOneDoesNotStopAnExport()
    {
        DialogBench bench;
        ui::EventsPage page(bench.workspace, nullptr);
        importOne(bench, page);
        QAction *copy = eventAction(page, u"Copy as c&url"_s);
        QVERIFY(copy);
        bench.asker.file = bench.directory.filePath(u"exported.jsonl"_s);
        page.findChild<QPushButton *>(u"exportEventsButton"_s)->click();
        copy->trigger();
        QTRY_VERIFY(QFile::exists(bench.asker.file));
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u"curl"_s));
    }

    void anExportSaysWhatItLeavesOut()
    {
        DialogBench bench;
        bench.run("WITH RECURSIVE row(key) AS (SELECT 1 UNION ALL SELECT key + 1 FROM row WHERE key < 100002) "
                  "INSERT INTO events(key, family, digest, received_at, verdict, state) "
                  "SELECT key, 'PAY_BY_BANK', CAST(key AS BLOB), key, 'NOT_CHECKED', 'NO_ACTION' FROM row");
        bench.run("INSERT INTO deliveries(key, path, headers, body) SELECT key, '/', x'', x'7b7d' FROM events");
        ui::EventsPage page(bench.workspace, nullptr);
        page.show();
        const auto *model = static_cast<models::RecordTableModel *>(
            page.findChild<ui::RecordTable *>(u"eventsTable"_s)->model());
        QTRY_VERIFY_WITH_TIMEOUT(model->totals().complete, 60'000);
        QCOMPARE(model->rowCount(), 100'002);
        bench.asker.file = bench.directory.filePath(u"exported.jsonl"_s);
        page.findChild<QPushButton *>(u"exportEventsButton"_s)->click();
        const auto *banner = page.findChild<ui::Banner *>(u"pageNotice"_s);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(bench.asker.file), 60'000);
        QTRY_VERIFY2(banner->text().startsWith(u"The first 100,000 events"_s), qPrintable(banner->text()));
        QVERIFY2(banner->text().contains(u"2 more are shown"_s), qPrintable(banner->text()));
    }

    void whatIsGoneIsSaid_data()
    {
        QTest::addColumn<QString>("action");
        QTest::newRow("to copy") << u"Copy as c&url"_s;
        QTest::newRow("to send") << u"&Send it again…"_s;
    }

    void whatIsGoneIsSaid()
    {
        QFETCH(QString, action);
        DialogBench bench;
        ui::EventsPage page(bench.workspace, nullptr);
        importOne(bench, page);
        QAction *use = eventAction(page, action);
        QVERIFY(use);
        bench.run("DELETE FROM deliveries");
        bench.run("DELETE FROM events");
        use->trigger();
        QTRY_VERIFY(page.findChild<ui::Banner *>(u"pageNotice"_s)->text().contains(u"not in the ledger"_s));
        QVERIFY(!page.findChild<QDialog *>(u"replayDialog"_s));
    }
};

QTEST_MAIN(tst_EventsPage)
#include "tst_eventspage.moc"

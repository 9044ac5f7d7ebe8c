// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordtablemodel.h"
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/elidedlabel.h"
#include "ui/emptystate.h"
#include "ui/footer.h"
#include "ui/importfailuresmodel.h"
#include "ui/importpreviewmodel.h"
#include "ui/jobrow.h"
#include "ui/listtable.h"
#include "ui/omnipopup.h"
#include "ui/recorddelegate.h"
#include "ui/relatedrow.h"
#include "ui/timelinerow.h"

#include <QAbstractItemDelegate>
#include <QDialog>
#include <QHelpEvent>
#include <QLabel>
#include <QStandardItemModel>
#include <QTextDocumentFragment>
#include <QToolTip>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

//! What a server, a web page or a file may say; the end of it would swallow what follows.
const QString foreign = u"<b>x</b><!--"_s;

//! That every label that holds the text shows it letter by letter, and that there is one.
bool showsLetterByLetter(const QWidget &widget)
{
    QList<QLabel *> labels = widget.findChildren<QLabel *>();
    labels.removeIf([](const QLabel *label) { return !label->text().contains(foreign); });
    return !labels.isEmpty()
        && std::ranges::all_of(labels, [](const QLabel *label) { return label->textFormat() == Qt::PlainText; });
}

//! What a tooltip with this text says.
QString said(const QString &tip)
{
    return Qt::mightBeRichText(tip) ? QTextDocumentFragment::fromHtml(tip).toPlainText() : tip;
}

class ForeignJob : public models::Job
{
    Q_OBJECT
public:
    QString title() const override { return foreign; }
    State state() const override { return State::Failed; }
    qint64 done() const override { return 0; }
    qint64 total() const override { return 0; }
    int perSecond() const override { return 0; }
    QString summary() const override { return foreign; }
    void pause() override { }
    void resume() override { }
    void cancel() override { }
};

} // namespace

//! Text of others is shown as it is, wherever it turns up, and never read as markup.
class tst_ForeignText : public QObject
{
    Q_OBJECT

private slots:
    void inABanner()
    {
        ui::Banner banner;
        banner.showMessage(ui::Banner::Kind::Error, foreign);
        QVERIFY(showsLetterByLetter(banner));
    }

    void inAnEmptyState()
    {
        ui::EmptyState empty;
        empty.setContent(u"window-close"_s, foreign, foreign);
        QVERIFY(showsLetterByLetter(empty));
    }

    void inATimeline()
    {
        const ui::TimelineRow row({foreign, models::StatusTone::Idle}, foreign, false, {}, nullptr);
        QVERIFY(showsLetterByLetter(row));
    }

    void inAJob()
    {
        ForeignJob job;
        const ui::JobRow row(&job, nullptr);
        QVERIFY(showsLetterByLetter(row));
    }

    void inTheFooter()
    {
        const DialogBench bench;
        ui::Footer footer(bench.workspace, nullptr);
        footer.setConnection(foreign, true);
        QVERIFY(showsLetterByLetter(footer));
    }

    void underTheOmnibox()
    {
        DialogBench bench;
        QWidget window;
        ui::OmniPopup popup(bench.finder, &window);
        auto *message = popup.findChild<QLabel *>(u"omniMessage"_s);
        message->setText(foreign);
        QVERIFY(showsLetterByLetter(popup));
    }

    void inAQuestion_data()
    {
        QTest::addColumn<bool>("production");
        QTest::newRow("yes or no") << false;
        QTest::newRow("a word to type") << true;
    }

    void inAQuestion()
    {
        QFETCH(bool, production);
        QWidget window;
        ui::Asker asker;
        asker.ask(
            &window, {.title = foreign, .text = foreign, .yes = u"Go on"_s, .production = production}, [](bool) { });
        const auto *question = window.findChild<QDialog *>();
        QVERIFY(question);
        QVERIFY(showsLetterByLetter(*question));
    }

    void overAShortenedText()
    {
        QCOMPARE(said(ui::ElidedLabel(foreign, {}, nullptr).toolTip()), foreign);
        QCOMPARE(said(ui::ElidedLabel(u"&lt;b"_s, {}, nullptr).toolTip()), u"&lt;b"_s);
        QCOMPARE(ui::ElidedLabel(u"Shop & Sons"_s, {}, nullptr).toolTip(), u"Shop & Sons"_s);
    }

    void overARelatedRecord()
    {
        models::RelatedRecord record;
        record.ref = {models::RecordKind::Transaction, foreign};
        const ui::RelatedRow row(record, nullptr);
        QCOMPARE(said(row.toolTip()), foreign);
    }

    void overTheCellOfATable_data()
    {
        QTest::addColumn<bool>("records");
        QTest::newRow("of records") << true;
        QTest::newRow("of a list") << false;
    }

    void overTheCellOfATable()
    {
        QFETCH(bool, records);
        QStandardItemModel model(1, 1);
        const QModelIndex index = model.index(0, 0);
        model.setData(index, foreign, Qt::ToolTipRole);
        model.setData(index, QVariant::fromValue(models::Cell{.value = foreign, .currency = {}}),
            models::RecordTableModel::CellRole);
        ui::ListTable table(model, -1, nullptr);
        if (records)
            table.setItemDelegate(new ui::RecordDelegate(&table));
        table.show();
        QHelpEvent event(QEvent::ToolTip, {}, table.mapToGlobal(QPoint()));
        table.itemDelegateForIndex(index)->helpEvent(&event, &table, {}, index);
        QCOMPARE(said(QToolTip::text()), foreign);
    }

    void overWhatIsImported()
    {
        ui::ImportFailuresModel failures(nullptr);
        failures.setFailures({{.ref = {models::RecordKind::Transaction, foreign}, .why = foreign}});
        for (const int column : {ui::ImportFailuresModel::IdColumn, ui::ImportFailuresModel::WhyColumn})
            QCOMPARE(said(failures.index(0, column).data(Qt::ToolTipRole).toString()), foreign);
        ui::ImportPreviewModel preview(nullptr);
        models::ImportPlan plan;
        plan.columns = {models::ImportColumn::Ignored};
        plan.preview = {{foreign}};
        preview.setPlan(plan);
        QCOMPARE(said(preview.index(1, 0).data(Qt::ToolTipRole).toString()), foreign);
    }
};

QTEST_MAIN(tst_ForeignText)
#include "tst_foreigntext.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/emptystate.h"
#include "ui/footer.h"
#include "ui/jobrow.h"
#include "ui/omnipopup.h"
#include "ui/timelinerow.h"

#include <QDialog>
#include <QLabel>

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
};

QTEST_MAIN(tst_ForeignText)
#include "tst_foreigntext.moc"

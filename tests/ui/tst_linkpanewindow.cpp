// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"
#include "ui/linkpane.h"
#include "ui/linkpanewindow.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::Literals::StringLiterals;
using State = ui::LinkPane::State;

namespace {

//! An engine that shows nothing and does what the test says.
class PlayedEngine : public ui::PaneEngine
{
public:
    explicit PlayedEngine(bool &alive)
        : m_alive(alive)
    {
        m_alive = true;
    }
    ~PlayedEngine() override { m_alive = false; }
    QWidget *widget() override { return &m_widget; }
    void open(const QUrl &) override { }
    void openHtml(const QString &, const QUrl &) override { }
    void openForm(const QUrl &, const QByteArray &) override { }
    void closeWindow() override { window.reset(); }
    void setGround(const QColor &) override { }

    std::unique_ptr<QWidget> window = std::make_unique<QWidget>();

private:
    bool &m_alive;
    QWidget m_widget;
};

class PlayedEngines : public ui::PaneEngines
{
public:
    ui::PaneEngine *create(ui::PaneListener &told, const ui::PaneOptions &) override
    {
        listener = &told;
        engine = new PlayedEngine(alive);
        return engine;
    }
    PlayedEngine *engine = nullptr; // the pane's
    ui::PaneListener *listener = nullptr;
    bool alive = false;
};

models::PaneRequest payLink()
{
    return {.address = QUrl(u"https://client.link.money/?sessionKey=secret"_s),
        .redirect = QUrl(u"https://shop.example/back"_s),
        .hosts = {u"client.link.money"_s}};
}

} // namespace

//! The window and the pane's states, without any engine.
class tst_LinkPaneWindow : public QObject
{
    Q_OBJECT

private slots:
    void withoutThePluginTheSystemBrowserIsOffered()
    {
        AnsweringAsker asker;
        ui::PaneLoader loader(u"/nowhere/webpane.so"_s);
        auto window = std::make_unique<ui::LinkPaneWindow>(loader, asker, models::Profile{.id = u"p"_s}, nullptr);
        window->setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy wanted(window.get(), &ui::LinkPaneWindow::systemBrowserRequested);
        QSignalSpy missing(window.get(), &ui::LinkPaneWindow::unavailable);
        window->open(payLink(), u"Pay link for Ada"_s);
        QCOMPARE(missing.size(), 1);
        QVERIFY(!window->pane());
        auto *offer = window->findChild<QWidget *>(u"paneUnavailable"_s)->findChild<QPushButton *>();
        QVERIFY(offer->isVisible());
        QTest::mouseClick(offer, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.constFirst().constFirst().toUrl(), payLink().address);
        window->close();
        QVERIFY(asker.questions.isEmpty());
    }

    void leavingMidwayAsks()
    {
        PlayedEngines engines;
        ui::LinkPane pane(engines);
        pane.open(payLink());
        QVERIFY(!pane.isUnderway());
        QVERIFY(engines.listener->mayGo(payLink().address, ui::PaneListener::Place::Page));
        engines.listener->loadShown();
        QVERIFY(pane.isUnderway());
        pane.leave();
        QCOMPARE(pane.state(), State::Abandoned);
        QVERIFY(!engines.alive);
        QVERIFY(!pane.isUnderway());
    }

    void aBrokenWindowIsClosedAndThePageGoesOn()
    {
        PlayedEngines engines;
        ui::LinkPane pane(engines);
        QSignalSpy refused(&pane, &ui::LinkPane::refused);
        pane.open(payLink());
        QVERIFY(engines.listener->mayGo(payLink().address, ui::PaneListener::Place::Page));
        engines.listener->loadShown();
        QVERIFY(engines.listener->mayOpenWindow());
        engines.listener->windowOpened(engines.engine->window.get());
        QVERIFY(pane.popup());
        engines.listener->crashed(ui::PaneListener::Place::Window);
        QTRY_VERIFY(!pane.popup());
        QVERIFY(!engines.engine->window);
        QCOMPARE(pane.state(), State::Shown);
        QCOMPARE(refused.size(), 1);
        QVERIFY(refused.constFirst().at(1).toString().contains("Open it again"_L1));
        QVERIFY(engines.listener->mayOpenWindow());
    }

    void theSecretIsNotInTheAddressLine()
    {
        PlayedEngines engines;
        ui::LinkPane pane(engines);
        pane.open(payLink());
        const QWidget *line = pane.findChild<QWidget *>(u"addressLine"_s);
        QCOMPARE(line->findChild<QLabel *>(u"addressHost"_s)->text(), u"client.link.money"_s);
        QVERIFY(line->accessibleName().contains("Encrypted"_L1));
        QVERIFY(!(line->accessibleName() + line->toolTip()).contains("secret"_L1));
    }

    void theFirstReturnCounts()
    {
        PlayedEngines engines;
        ui::LinkPane pane(engines);
        QSignalSpy caught(&pane, &ui::LinkPane::redirectCaught);
        pane.open(payLink());
        const auto page = ui::PaneListener::Place::Page;
        QVERIFY(!engines.listener->mayGo(QUrl(u"https://shop.example/back?status=204#a"_s), page));
        QVERIFY(!engines.listener->mayGo(QUrl(u"https://shop.example/back?status=200"_s), page));
        QVERIFY(!engines.listener->mayGo(payLink().address, page));
        QVERIFY(engines.alive);
        QTRY_COMPARE(caught.size(), 1);
        QCOMPARE(caught.constFirst().constFirst().toUrl(), QUrl(u"https://shop.example/back?status=204#a"_s));
        QCOMPARE(pane.state(), State::Finished);
        QVERIFY(!engines.alive);
    }

    void aWrongRequestLoadsNothing()
    {
        PlayedEngines engines;
        ui::LinkPane pane(engines);
        models::PaneRequest request = payLink();
        request.address = QUrl(u"https://link.money.evil.example/"_s);
        pane.open(request);
        QCOMPARE(pane.state(), State::Refused);
        QVERIFY(pane.explanation().contains("does not belong"_L1));
        QVERIFY(!engines.listener);
    }

    void circlesOfScriptsAreStopped()
    {
        PlayedEngines engines;
        ui::LinkPane pane(engines);
        pane.open(payLink());
        int moves = 0;
        while (moves < 1'000 && engines.listener->mayGo(payLink().address, ui::PaneListener::Place::Page))
            ++moves;
        QCOMPARE(moves, 30);
        QTRY_COMPARE(pane.state(), State::Refused);
        QVERIFY(pane.explanation().contains("round in circles"_L1));
    }
};

QTEST_MAIN(tst_LinkPaneWindow)
#include "tst_linkpanewindow.moc"

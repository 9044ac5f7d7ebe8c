// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inbox.h"
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/replaydialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>

using namespace Qt::Literals::StringLiterals;

namespace {

template<typename Widget> Widget *replayPart(const QWidget &dialog, const QString &name)
{
    return dialog.findChild<Widget *>(name);
}

QPushButton *replayButton(const QWidget &dialog, const QString &text)
{
    for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

//! The key of an event that was just stored; 0 when it could not be.
qint64 storeReplayed(DialogBench &bench)
{
    auto key = std::make_shared<qint64>(0);
    bool done = false;
    QObject context;
    bench.ledger->write(
        [key](models::Database &database) -> models::DatabaseResult<void> {
            const auto stored = models::storeEvent(database,
                models::prepareEvent(
                    {.path = "/webhooks/first-path", .body = "{\"id\":\"e-1\"}", .receivedAt = 1}, {}));
            if (!stored)
                return std::unexpected(stored.error());
            *key = stored->key;
            return {};
        },
        models::Ledger::Durability::Full, &context, [&done](const auto &) { done = true; });
    return QTest::qWaitFor([&done] { return done; }) ? *key : 0;
}

} // namespace

class tst_ReplayDialog : public QObject
{
    Q_OBJECT

private slots:
    void itSaysWhatIsWrongWithTheAddress()
    {
        DialogBench bench;
        ui::ReplayDialog dialog(bench.workspace, storeReplayed(bench), u"Payment failed"_s, nullptr);
        openOnStack(dialog);
        // The receiver is off, so that only another address is left.
        QVERIFY(!replayPart<QRadioButton>(dialog, u"ownReceiverButton"_s)->isEnabled());
        QVERIFY(replayPart<QRadioButton>(dialog, u"otherAddressButton"_s)->isChecked());
        QPushButton *send = replayButton(dialog, u"&Send"_s);
        QVERIFY(send && !send->isEnabled());
        auto *address = replayPart<QLineEdit>(dialog, u"replayAddressEdit"_s);
        QTest::keyClicks(address, u"http://shop.example/h"_s);
        QVERIFY(!send->isEnabled());
        QVERIFY(replayPart<QLabel>(dialog, u"replayAddressProblem"_s)->text().contains(u"https"_s));
        address->clear();
        QTest::keyClicks(address, u"https://shop.example/h"_s);
        QVERIFY(send->isEnabled());
        QVERIFY(replayPart<QLabel>(dialog, u"replayAddressProblem"_s)->text().isEmpty());
    }

    void theAnswerIsShown()
    {
        DialogBench bench;
        QList<QByteArray> bodies;
        ScriptedServer endpoint([&bodies](QTcpSocket *socket, const ScriptedServer::Received &request) {
            bodies.append(request.body);
            socket->write(ScriptedServer::http(503, "try later"));
        });
        ui::ReplayDialog dialog(bench.workspace, storeReplayed(bench), u"Payment failed"_s, nullptr);
        openOnStack(dialog);
        QTest::keyClicks(replayPart<QLineEdit>(dialog, u"replayAddressEdit"_s), endpoint.url().toString());
        QTest::mouseClick(replayButton(dialog, u"&Send"_s), Qt::LeftButton);
        QTRY_COMPARE(bodies, QList<QByteArray>{"{\"id\":\"e-1\"}"});
        auto *banner = replayPart<ui::Banner>(dialog, u"dialogBanner"_s);
        QTRY_VERIFY2(banner->text().contains(u"503"_s), qPrintable(banner->text()));
        auto *answer = replayPart<QPlainTextEdit>(dialog, u"replayAnswer"_s);
        QVERIFY(answer->isVisible());
        QCOMPARE(answer->toPlainText(), u"try later"_s);
        QVERIFY(replayButton(dialog, u"&Send"_s)->isEnabled());
    }

    void itCanBeStopped()
    {
        DialogBench bench;
        int asked = 0;
        ScriptedServer endpoint([&asked](QTcpSocket *, const ScriptedServer::Received &) { ++asked; });
        ui::ReplayDialog dialog(bench.workspace, storeReplayed(bench), u"Payment failed"_s, nullptr);
        openOnStack(dialog);
        QTest::keyClicks(replayPart<QLineEdit>(dialog, u"replayAddressEdit"_s), endpoint.url().toString());
        QTest::mouseClick(replayButton(dialog, u"&Send"_s), Qt::LeftButton);
        QTRY_COMPARE(asked, 1);
        QPushButton *stop = replayButton(dialog, u"&Stop"_s);
        QVERIFY(stop && stop->isEnabled());
        QTest::mouseClick(stop, Qt::LeftButton);
        QVERIFY(replayPart<ui::Banner>(dialog, u"dialogBanner"_s)->text().contains(u"not known"_s));
        QVERIFY(replayButton(dialog, u"&Send"_s)->isEnabled());
    }

    void theOwnReceiverTakesIt()
    {
        DialogBench bench;
        bench.receiver.apply({.enabled = true, .port = 0});
        QTRY_COMPARE(bench.receiver.state(), models::Receiver::State::Listening);
        ui::ReplayDialog dialog(bench.workspace, storeReplayed(bench), u"Payment failed"_s, nullptr);
        openOnStack(dialog);
        QVERIFY(replayPart<QRadioButton>(dialog, u"ownReceiverButton"_s)->isChecked());
        QTest::mouseClick(replayButton(dialog, u"&Send"_s), Qt::LeftButton);
        // Nobody is subscribed under this path: the receiver says so.
        auto *banner = replayPart<ui::Banner>(dialog, u"dialogBanner"_s);
        QTRY_VERIFY2(banner->text().contains(u"404"_s), qPrintable(banner->text()));
    }
};

QTEST_MAIN(tst_ReplayDialog)
#include "tst_replaydialog.moc"

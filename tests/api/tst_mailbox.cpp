// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/mailbox.h"

#include <QEventLoop>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

using api::Mailbox;

class TestMailbox : public QObject
{
    Q_OBJECT
private slots:
    void neverRunsATaskAtOnce();
    void keepsTheOrder();
    void runsInItsThread();
    void wakesTheThreadOnceForMany();
    void leavesRoomForOtherEvents();
    void goesOnInATasksOwnEventLoop();
    void takesFromManyThreads();
    void dropsWhatWaitsWhenTheThreadEnds();
    void mayDieInATask();
};

void TestMailbox::neverRunsATaskAtOnce()
{
    const Mailbox mailbox(thread());
    bool ran = false;
    mailbox.post([&ran] { ran = true; });
    QVERIFY(!ran);
    QTRY_VERIFY(ran);
}

void TestMailbox::keepsTheOrder()
{
    const Mailbox mailbox(thread());
    const Mailbox copy = mailbox; // NOLINT(performance-unnecessary-copy-initialization): a copy is what is tested
    QList<int> order;
    for (int i = 0; i < 10; ++i)
        (i % 2 == 0 ? mailbox : copy).post([&order, i] { order.append(i); });
    QTRY_COMPARE(order, (QList<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

void TestMailbox::runsInItsThread()
{
    QThread elsewhere;
    elsewhere.start();
    const Mailbox mailbox(&elsewhere);
    std::atomic<QThread *> ranIn = nullptr;
    mailbox.post([&ranIn] { ranIn = QThread::currentThread(); });
    QTRY_COMPARE(ranIn.load(), &elsewhere);
    elsewhere.quit();
    QVERIFY(elsewhere.wait());
}

void TestMailbox::wakesTheThreadOnceForMany()
{
    const Mailbox mailbox(thread());
    int ran = 0;
    int ranBefore = -1;
    mailbox.post([&ran] { ++ran; });
    QMetaObject::invokeMethod(this, [&] { ranBefore = ran; }, Qt::QueuedConnection);
    mailbox.post([&ran] { ++ran; });
    QTRY_VERIFY(ranBefore >= 0);
    QCOMPARE(ranBefore, 2); // the second came with the first one's event, before what was queued between them
}

void TestMailbox::leavesRoomForOtherEvents()
{
    const Mailbox mailbox(thread());
    bool otherRan = false;
    int rounds = 0;
    std::function<void()> again = [&] {
        if (++rounds < 1'000 && !otherRan)
            mailbox.post(again);
    };
    mailbox.post(again);
    QMetaObject::invokeMethod(this, [&] { otherRan = true; }, Qt::QueuedConnection);
    QTRY_VERIFY(otherRan);
    QVERIFY2(rounds < 10, qPrintable(QString::number(rounds)));
}

void TestMailbox::goesOnInATasksOwnEventLoop()
{
    const Mailbox mailbox(thread());
    QEventLoop inner;
    QList<int> order;
    mailbox.post([&] {
        order.append(1);
        QTimer::singleShot(10'000, &inner, &QEventLoop::quit); // only so that a failure ends
        mailbox.post([] { });
        inner.exec();
        order.append(3);
    });
    mailbox.post([&] {
        order.append(2);
        inner.quit();
    });
    QTRY_COMPARE(order, (QList<int>{1, 2, 3}));
}

void TestMailbox::takesFromManyThreads()
{
    constexpr int threads = 4;
    constexpr int each = 2'000;
    const Mailbox mailbox(thread());
    std::vector<QList<int>> order(threads);
    std::vector<std::thread> senders;
    for (std::size_t sender = 0; sender < threads; ++sender) {
        senders.emplace_back([&, sender] {
            for (int i = 0; i < each; ++i)
                mailbox.post([&order, sender, i] { order[sender].append(i); });
        });
    }
    for (std::thread &sender : senders)
        sender.join();
    for (const QList<int> &ofOne : order) {
        QTRY_COMPARE(ofOne.size(), each);
        QVERIFY(std::is_sorted(ofOne.begin(), ofOne.end()));
    }
}

void TestMailbox::dropsWhatWaitsWhenTheThreadEnds()
{
    std::atomic<bool> mayEnd = false;
    const std::unique_ptr<QThread> withoutEventLoop(QThread::create([&mayEnd] { mayEnd.wait(false); }));
    withoutEventLoop->start();
    const Mailbox mailbox(withoutEventLoop.get());
    auto held = std::make_shared<int>(0);
    const std::weak_ptr<int> watched = held;
    mailbox.post([held = std::move(held)] { QFAIL("nobody runs it"); });
    QVERIFY(mailbox.isOpen());
    QVERIFY(!watched.expired());
    mayEnd = true;
    mayEnd.notify_one();
    QVERIFY(withoutEventLoop->wait());
    QVERIFY(!mailbox.isOpen());
    QVERIFY(watched.expired());
    mailbox.post([] { QFAIL("its thread has ended"); });
}

void TestMailbox::mayDieInATask()
{
    auto mailbox = std::make_unique<Mailbox>(thread());
    bool ran = false;
    mailbox->post([&] { mailbox.reset(); });
    mailbox->post([&ran] { ran = true; });
    QTRY_VERIFY(ran);
    QVERIFY(!mailbox);
}

QTEST_GUILESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"

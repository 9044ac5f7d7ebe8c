// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/listenercheck.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using api::ListenerCheck;
using api::ListenerProblem;
using api::ListenerSettings;

namespace {

constexpr qint64 hourMs = 3'600'000;

//! A listener, and a check of it on a computer whose clock and addresses are the test's.
struct Watched
{
    explicit Watched(const ListenerSettings &wanted = {.checkInterval = 24h})
        : server({.knows = [](const QByteArray &) { return true; },
              .deliver = [](const api::WebhookDelivery &, const api::ListenerReply &reply) { reply(200, {}); }})
        , check(server, nullptr, {.now = [this] { return now; }, .addresses = [this] { return addresses; }})
        , settings(wanted)
    {
        QSignalSpy listening(&server, &api::ListenerServer::listening);
        server.listen({.checkInterval = settings.checkInterval});
        if (QTest::qWaitFor([&listening] { return !listening.isEmpty(); }))
            check.watch(settings, listening.first().first().value<quint16>());
    }

    qint64 now = 1'763'650'000'000;
    QList<QHostAddress> addresses = {};
    api::ListenerServer server;
    ListenerCheck check;
    ListenerSettings settings;
};

ListenerProblem problemOf(const QSignalSpy &foundDead)
{
    return foundDead.isEmpty() ? ListenerProblem::Failed
                               : foundDead.first().first().value<api::ListenerError>().problem;
}

} // namespace

// A listener must not look alive when it is not: after a sleep, and when the address of the computer changed.
class tst_ListenerCheck : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qRegisterMetaType<api::ListenerError>(); }

    void itIsCheckedWhenTheClockJumps_data()
    {
        QTest::addColumn<qint64>("jump");
        QTest::newRow("the computer slept") << 3 * hourMs;
        QTest::newRow("a short sleep") << qint64(11'000);
        QTest::newRow("the clock was set back") << -5 * hourMs;
    }
    void itIsCheckedWhenTheClockJumps()
    {
        QFETCH(qint64, jump);
        Watched watched;
        QSignalSpy checked(&watched.check, &ListenerCheck::checked);
        QSignalSpy foundDead(&watched.check, &ListenerCheck::foundDead);
        watched.now += jump;
        QTRY_COMPARE(checked.size(), 1);
        QVERIFY(checked.first().first().toBool());
        QVERIFY(foundDead.isEmpty());
    }

    void whatDiedInASleepIsFound()
    {
        Watched watched;
        QSignalSpy foundDead(&watched.check, &ListenerCheck::foundDead);
        watched.server.close();
        watched.now += hourMs;
        QTRY_COMPARE(foundDead.size(), 1);
        QCOMPARE(problemOf(foundDead), ListenerProblem::Unresponsive);
    }

    void anAddressThatIsGoneIsFound()
    {
        const QHostAddress office(u"192.0.2.7"_s);
        Watched watched({.address = office, .checkInterval = 24h});
        watched.addresses = {QHostAddress(u"198.51.100.3"_s), QHostAddress::LocalHost};
        QSignalSpy foundDead(&watched.check, &ListenerCheck::foundDead);
        watched.check.checkNow();
        QCOMPARE(foundDead.size(), 1);
        QCOMPARE(problemOf(foundDead), ListenerProblem::AddressNotHere);
        // It is not found twice: whoever heard it builds the listener anew.
        watched.check.checkNow();
        QCOMPARE(foundDead.size(), 1);
    }

    void anyAddressOutlivesAChangeOfNetworks()
    {
        Watched watched({.address = QHostAddress::AnyIPv4, .checkInterval = 24h});
        QSignalSpy checked(&watched.check, &ListenerCheck::checked);
        watched.addresses = {QHostAddress(u"198.51.100.3"_s)};
        watched.check.checkNow();
        QTRY_COMPARE(checked.size(), 1);
        QVERIFY(checked.first().first().toBool());
    }

    void itIsCheckedNowAndThen()
    {
        Watched watched({.checkInterval = 15s});
        QSignalSpy checked(&watched.check, &ListenerCheck::checked);
        QTRY_VERIFY_WITH_TIMEOUT((watched.now += 150, !checked.isEmpty()), 20'000);
        QVERIFY(checked.first().first().toBool());
    }
};

QTEST_GUILESS_MAIN(tst_ListenerCheck)
#include "tst_listenercheck.moc"

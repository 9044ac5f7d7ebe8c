// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/database.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray path = "/webhooks/killtest-path";

//! The real program, on a port of its own choice.
class ReceiverProcess
{
public:
    explicit ReceiverProcess(const QString &ledger, const QStringList &more = {})
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(WEBHOOK_RECEIVER),
            QStringList{u"--quiet"_s, u"--ledger"_s, ledger, u"--port"_s, u"0"_s, u"--path"_s, u"killtest-path"_s}
                + more);
        QByteArray line;
        [&] { QTRY_VERIFY_WITH_TIMEOUT((line += m_process.readAllStandardOutput()).endsWith('\n'), 20'000); }();
        m_port = static_cast<quint16>(QUrl(QJsonDocument::fromJson(line).object()[u"url"_s].toString()).port(0));
    }

    quint16 port() const { return m_port; }
    void kill()
    {
        ::kill(static_cast<pid_t>(m_process.processId()), SIGKILL);
        m_process.waitForFinished();
    }
    //! Its exit code.
    int end()
    {
        m_process.terminate();
        return m_process.waitForFinished(20'000) ? m_process.exitCode() : -1;
    }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace

//! Sends one event after the other and remembers which were acknowledged.
class LoadSender : public QObject
{
    Q_OBJECT
public:
    LoadSender(quint16 port, int number)
        : m_name("s" + QByteArray::number(number) + '-')
    {
        connect(&m_socket, &QTcpSocket::connected, this, &LoadSender::sendNext);
        connect(&m_socket, &QTcpSocket::readyRead, this, &LoadSender::hear);
        m_socket.connectToHost(QHostAddress::LocalHost, port);
    }

    const QSet<QByteArray> &acknowledged() const { return m_acknowledged; }
    bool isOver() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }

private:
    void sendNext()
    {
        m_id = m_name + QByteArray::number(m_sent++);
        const QByteArray body = "{\"id\":\"" + m_id
            + "\",\"eventType\":\"payment.created\",\"metadata\":{\"resourceId\":\"pay-1\",\"resourceType\":"
              "\"payment\"}}";
        m_socket.write("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(body.size())
            + "\r\n\r\n" + body);
    }

    void hear()
    {
        m_heard += m_socket.readAll();
        if (!m_heard.endsWith("Stored.\n"))
            return;
        if (m_heard.startsWith("HTTP/1.1 200 "))
            m_acknowledged.insert(m_id);
        m_heard.clear();
        sendNext();
    }

    QTcpSocket m_socket;
    QByteArray m_name;
    QByteArray m_id;
    QByteArray m_heard;
    int m_sent = 0;
    QSet<QByteArray> m_acknowledged;
};

QSet<QByteArray> storedIds(const QString &ledger)
{
    QSet<QByteArray> ids;
    const auto database = models::Database::open(ledger, models::Database::Mode::ReadOnly);
    const auto statement = (*database)->prepare("SELECT e.event_id FROM events e JOIN deliveries d ON d.key = e.key");
    auto row = (*statement)->step();
    for (; row && *row; row = (*statement)->step())
        ids.insert((*statement)->text(0).toUtf8());
    return ids;
}

//! Nothing that was acknowledged may be missing, however the receiver ends.
class tst_ReceiverKill : public QObject
{
    Q_OBJECT

private slots:
    void nothingAcknowledgedIsLost_data()
    {
        QTest::addColumn<int>("killAfter");
        for (const int acknowledged : {1, 40, 400, 1500})
            QTest::addRow("killed after %d", acknowledged) << acknowledged;
    }

    void nothingAcknowledgedIsLost()
    {
        QFETCH(int, killAfter);
        const QTemporaryDir folder;
        const QString ledger = folder.filePath(u"ledger.sqlite"_s);
        QSet<QByteArray> acknowledged;
        // Twice on the same file: what the first kill left behind must not harm the second run.
        for (int run = 0; run < 2; ++run) {
            ReceiverProcess receiver(ledger);
            QVERIFY(receiver.port() != 0);
            std::vector<std::unique_ptr<LoadSender>> senders;
            for (int number = 0; number < 24; ++number)
                senders.push_back(std::make_unique<LoadSender>(receiver.port(), run * 100 + number));
            const auto count = [&senders] {
                qsizetype sum = 0;
                for (const auto &sender : senders)
                    sum += sender->acknowledged().size();
                return sum;
            };
            QTRY_VERIFY_WITH_TIMEOUT(count() >= killAfter, 60'000);
            receiver.kill();
            for (const auto &sender : senders) {
                QTRY_VERIFY(sender->isOver());
                acknowledged.unite(sender->acknowledged());
            }
        }
        const QSet<QByteArray> lost = acknowledged - storedIds(ledger);
        QVERIFY2(lost.isEmpty(), lost.isEmpty() ? "" : lost.begin()->constData());
        QVERIFY(acknowledged.size() >= 2 * killAfter);
    }

    void aPoliteEndLosesNothingEither()
    {
        const QTemporaryDir folder;
        const QString ledger = folder.filePath(u"ledger.sqlite"_s);
        ReceiverProcess receiver(ledger);
        QVERIFY(receiver.port() != 0);
        LoadSender sender(receiver.port(), 1);
        QTRY_VERIFY(sender.acknowledged().size() > 50);
        QCOMPARE(receiver.end(), 0);
        QTRY_VERIFY(sender.isOver());
        QVERIFY((sender.acknowledged() - storedIds(ledger)).isEmpty());
    }

    void mistakesInTheOptionsAreAnswered_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("says");
        const QStringList ledger{u"--ledger"_s, u"x.sqlite"_s};
        QTest::newRow("no ledger") << QStringList() << u"--ledger"_s;
        QTest::newRow("port") << ledger + QStringList{u"--port"_s, u"70000"_s} << u"65535"_s;
        QTest::newRow("address") << ledger + QStringList{u"--address"_s, u"here"_s} << u"address"_s;
        QTest::newRow("path") << ledger + QStringList{u"--path"_s, u"a/b"_s} << u"letters"_s;
        QTest::newRow("forward") << ledger + QStringList{u"--forward"_s, u"ftp://x"_s} << u"http"_s;
        QTest::newRow("scheme") << ledger + QStringList{u"--scheme"_s, u"rot13"_s} << u"rot13"_s;
        QTest::newRow("secret file") << ledger + QStringList{u"--secret-file"_s, u"/nowhere"_s} << u"/nowhere"_s;
        QTest::newRow("secret variable") << ledger + QStringList{u"--secret-env"_s, u"NOT_SET_HERE"_s}
                                         << u"NOT_SET_HERE"_s;
        QTest::newRow("certificate without key") << ledger + QStringList{u"--certificate"_s, u"c.pem"_s} << u"key"_s;
        QTest::newRow("unknown") << QStringList{u"--surprise"_s} << u"surprise"_s;
    }

    void mistakesInTheOptionsAreAnswered()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, says);
        QProcess process;
        process.start(QStringLiteral(WEBHOOK_RECEIVER), options);
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitCode(), 2);
        const QString words = QString::fromUtf8(process.readAllStandardError());
        QVERIFY2(words.contains(says), qPrintable(words));
    }
};

QTEST_GUILESS_MAIN(tst_ReceiverKill)
#include "tst_receiverkill.moc"

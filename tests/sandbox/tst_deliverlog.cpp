// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/deliverlog.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using sandbox::DeliverLog;
using sandbox::Delivery;

// The file of undelivered events: what it keeps, what it forgets, and how it stays small.
class tst_DeliverLog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void whatWaitsComesBack();
    void whatIsOverDoesNot();
    void whatWasToldIsRemembered();
    void theSaltStaysUntilItIsCleared();
    void aFreshHistoryIgnoresAnOldFile();
    void aCutLastLineIsDropped();
    void aDamagedFileIsNotUsed();
    void itIsHeldAlone();
    void aLongHistoryIsRewrittenWithoutLoss();

private:
    Delivery delivery(std::uint64_t number, const std::string &body = "{\"a\":\"\\n\"}") const;
    std::optional<DeliverLog::Loaded> openOnce(const std::unique_ptr<DeliverLog> &log, bool fresh = false) const;
    QByteArray content() const;
    void write(const QByteArray &bytes) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_file;
};

void tst_DeliverLog::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_file = m_directory->filePath(u"state.webhooks"_s);
}

Delivery tst_DeliverLog::delivery(std::uint64_t number, const std::string &body) const
{
    return {.number = number,
        .id = "id-" + std::to_string(number),
        .target = "key",
        .eventType = "payment.created",
        .resource = "payment-1",
        .body = body,
        .queuedAt = 1'700'000'000'000};
}

std::optional<DeliverLog::Loaded> tst_DeliverLog::openOnce(const std::unique_ptr<DeliverLog> &log, bool fresh) const
{
    auto loaded = log->open(m_file, fresh);
    return loaded ? std::optional(*std::move(loaded)) : std::nullopt;
}

QByteArray tst_DeliverLog::content() const
{
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void tst_DeliverLog::write(const QByteArray &bytes) const
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void tst_DeliverLog::whatWaitsComesBack()
{
    auto log = std::make_unique<DeliverLog>();
    QVERIFY(openOnce(log)->waiting.empty());
    log->queued(delivery(7));
    log->noteHealth("key", {.lastAttempt = 11, .lastStatus = 503, .lastSuccess = 10, .failuresInARow = 2});
    log = std::make_unique<DeliverLog>();
    const auto loaded = openOnce(log);
    QCOMPARE(loaded->waiting.size(), std::size_t{1});
    const Delivery &back = loaded->waiting.at(7);
    const Delivery expected = delivery(7);
    QCOMPARE(back.id, expected.id);
    QCOMPARE(back.target, expected.target);
    QCOMPARE(back.eventType, expected.eventType);
    QCOMPARE(back.resource, expected.resource);
    QCOMPARE(back.body, expected.body);
    QCOMPARE(back.queuedAt, expected.queuedAt);
    QCOMPARE(back.attempts, 0);
    QCOMPARE(loaded->lastNumber, std::uint64_t{7});
    const sandbox::Health &health = loaded->health.at("key");
    QCOMPARE(health.lastAttempt, 11);
    QCOMPARE(health.lastStatus, 503);
    QCOMPARE(health.lastSuccess, 10);
    QCOMPARE(health.failuresInARow, 2);
}

void tst_DeliverLog::whatIsOverDoesNot()
{
    auto log = std::make_unique<DeliverLog>();
    QVERIFY(openOnce(log).has_value());
    for (std::uint64_t number = 1; number <= 3; ++number)
        log->queued(delivery(number));
    log->ended(2);
    log = std::make_unique<DeliverLog>();
    const auto loaded = openOnce(log);
    QCOMPARE(loaded->waiting.size(), std::size_t{2});
    QVERIFY(loaded->waiting.contains(1) && loaded->waiting.contains(3));
}

void tst_DeliverLog::whatWasToldIsRemembered()
{
    auto log = std::make_unique<DeliverLog>();
    QVERIFY(openOnce(log).has_value());
    QVERIFY(!log->wasTold("a"));
    log->told("a");
    QVERIFY(log->wasTold("a"));
    log = std::make_unique<DeliverLog>();
    QVERIFY(openOnce(log).has_value());
    QVERIFY(log->wasTold("a"));
    QVERIFY(!log->wasTold("b"));
}

void tst_DeliverLog::theSaltStaysUntilItIsCleared()
{
    auto log = std::make_unique<DeliverLog>();
    QVERIFY(openOnce(log).has_value());
    const std::string salt = log->salt();
    QVERIFY(!salt.empty());
    log = std::make_unique<DeliverLog>();
    QVERIFY(openOnce(log).has_value());
    QCOMPARE(log->salt(), salt);
    log->told("a");
    QVERIFY(log->clear());
    QVERIFY(log->salt() != salt && !log->wasTold("a"));
}

void tst_DeliverLog::aFreshHistoryIgnoresAnOldFile()
{
    auto log = std::make_unique<DeliverLog>();
    QVERIFY(openOnce(log).has_value());
    log->queued(delivery(1));
    log = std::make_unique<DeliverLog>();
    QVERIFY(openOnce(log, true)->waiting.empty());
    QVERIFY(!content().contains("id-1"));
}

void tst_DeliverLog::aCutLastLineIsDropped()
{
    auto log = std::make_unique<DeliverLog>();
    QVERIFY(openOnce(log).has_value());
    log->queued(delivery(1));
    log->queued(delivery(2));
    log = nullptr;
    write(content().chopped(5));
    log = std::make_unique<DeliverLog>();
    const auto loaded = openOnce(log);
    QCOMPARE(loaded->waiting.size(), std::size_t{1});
    QVERIFY(loaded->waiting.contains(1));
}

void tst_DeliverLog::aDamagedFileIsNotUsed()
{
    for (const QByteArray &bytes : {QByteArray("nonsense\n"), QByteArray("{\"type\":\"unheard\"}\n")}) {
        write(bytes);
        DeliverLog log;
        const auto loaded = log.open(m_file, false);
        QVERIFY(!loaded.has_value());
        QVERIFY(QString::fromStdString(loaded.error()).contains(u"damaged"_s));
        QCOMPARE(content(), bytes);
    }
}

void tst_DeliverLog::itIsHeldAlone()
{
    const auto log = std::make_unique<DeliverLog>();
    QVERIFY(openOnce(log).has_value());
    QVERIFY(!openOnce(std::make_unique<DeliverLog>()).has_value());
}

void tst_DeliverLog::aLongHistoryIsRewrittenWithoutLoss()
{
    auto log = std::make_unique<DeliverLog>();
    auto live = *openOnce(log);
    log->told("kept");
    const std::string body(4000, 'x');
    std::uint64_t number = 0;
    while (!log->isBloated()) {
        log->queued(delivery(++number, body));
        if (number % 100 == 0)
            live.waiting.insert_or_assign(number, delivery(number, body));
        else
            log->ended(number);
    }
    QVERIFY(log->rewrite(live));
    QVERIFY(!log->isBloated());
    QVERIFY2(content().size() < 1024 * 1024, "only what waits is left");
    log->queued(delivery(number + 1));
    log = std::make_unique<DeliverLog>();
    const auto loaded = openOnce(log);
    QCOMPARE(loaded->waiting.size(), live.waiting.size() + 1);
    QVERIFY(loaded->waiting.contains(100));
    QVERIFY(log->wasTold("kept"));
    QVERIFY(!QFile::exists(m_file + u".new"_s));
}

QTEST_GUILESS_MAIN(tst_DeliverLog)
#include "tst_deliverlog.moc"

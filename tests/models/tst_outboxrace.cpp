// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/outboxdesk.h"

#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using models::IntentProblem;
using models::OutboxState;

//! Two consoles, each with its own ledger object and connections, on one file.
class tst_OutboxRace : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void twoRefundsOfTheSameRemainder();
    void manyPartialRefunds();
    void twoPeopleSendTheSameEntry();
    void oneSendsWhileTheOtherTakesBack();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PaymentServer> m_server;
    std::unique_ptr<OutboxDesk> m_first;
    std::unique_ptr<OutboxDesk> m_second;
};

void tst_OutboxRace::init()
{
    m_first.reset();
    m_second.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<PaymentServer>();
    const QString file = m_folder->filePath(u"ledger.db"_s);
    m_first = std::make_unique<OutboxDesk>(file, OutboxDesk::Setup{.server = m_server->url()});
    m_second = std::make_unique<OutboxDesk>(file, OutboxDesk::Setup{.server = m_server->url()});
}

void tst_OutboxRace::twoRefundsOfTheSameRemainder()
{
    for (int round = 0; round < 20; ++round) {
        const QString id = u"debit-%1"_s.arg(round);
        QVERIFY(m_first->observe(debitOf(id)));
        QList<IntentProblem> refused;
        int accepted = 0;
        const auto hear = [&](const std::expected<qint64, models::IntentRefusal> &submitted) {
            if (submitted)
                ++accepted;
            else
                refused += submitted.error().problem;
        };
        models::Intent intent = refundOf(id, 6'000, 0);
        intent.drawnRemainderCents = round % 2 == 0 ? -1 : 10'000;
        m_first->outbox->submit(intent, this, hear);
        m_second->outbox->submit(intent, this, hear);
        QTRY_COMPARE(accepted + refused.size(), 2);
        QCOMPARE(accepted, 1);
        QCOMPARE(
            refused.constFirst(), round % 2 == 0 ? IntentProblem::MoreThanRemainder : IntentProblem::RemainderChanged);
        QTRY_COMPARE(m_first->remainder(id).accepted, 6'000);
        QCOMPARE(m_server->writes().size(), round + 1);
    }
}

void tst_OutboxRace::manyPartialRefunds()
{
    QVERIFY(m_first->observe(debitOf(u"debit"_s, 1'000)));
    int heard = 0;
    int accepted = 0;
    const auto hear = [&](const std::expected<qint64, models::IntentRefusal> &submitted) {
        ++heard;
        accepted += submitted.has_value();
    };
    for (int click = 0; click < 20; ++click) {
        m_first->outbox->submit(refundOf(u"debit"_s, 70, 0), this, hear);
        m_second->outbox->submit(refundOf(u"debit"_s, 70, 0), this, hear);
    }
    QTRY_COMPARE_WITH_TIMEOUT(heard, 40, 20'000);
    QCOMPARE(accepted, 14);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->writes().size(), 14, 20'000);
    QTRY_COMPARE(m_first->remainder(u"debit"_s).accepted, 980);
    QCOMPARE(m_first->remainder(u"debit"_s).left, 20);
    QCOMPARE(m_first->value("SELECT count(DISTINCT reference) FROM outbox").toInt(), 14);
}

void tst_OutboxRace::twoPeopleSendTheSameEntry()
{
    QVERIFY(m_first->observe(debitOf(u"debit"_s, 100'000)));
    for (int round = 0; round < 20; ++round) {
        const auto key = m_first->submit(refundOf(u"debit"_s, 100));
        QVERIFY(key);
        int sent = 0;
        int heard = 0;
        const auto hear = [&](const std::expected<void, QString> &done) {
            ++heard;
            sent += done.has_value();
        };
        m_first->outbox->sendNow(*key, this, hear);
        m_second->outbox->sendNow(*key, this, hear);
        QTRY_COMPARE(heard, 2);
        QCOMPARE(sent, 1);
        QCOMPARE(m_second->reached(*key, OutboxState::Accepted), OutboxState::Accepted);
        QCOMPARE(m_server->writes().size(), round + 1);
    }
}

void tst_OutboxRace::oneSendsWhileTheOtherTakesBack()
{
    QVERIFY(m_first->observe(debitOf(u"debit"_s, 100'000)));
    for (int round = 0; round < 20; ++round) {
        const auto key = m_first->submit(refundOf(u"debit"_s, 100));
        QVERIFY(key);
        const auto before = m_server->writes().size();
        int heard = 0;
        bool sent = false;
        bool withdrawn = false;
        const auto send = [&] {
            m_first->outbox->sendNow(*key, this, [&](const auto &done) { sent = done.has_value(), ++heard; });
        };
        const auto withdraw = [&] {
            m_second->outbox->withdraw(*key, this, [&](const auto &done) { withdrawn = done.has_value(), ++heard; });
        };
        if (round % 2 == 0)
            send(), withdraw();
        else
            withdraw(), send();
        QTRY_COMPARE(heard, 2);
        QVERIFY(sent != withdrawn);
        const OutboxState wanted = sent ? OutboxState::Accepted : OutboxState::Withdrawn;
        QCOMPARE(m_first->reached(*key, wanted), wanted);
        QCOMPARE(m_server->writes().size() - before, sent ? 1 : 0);
    }
}

QTEST_GUILESS_MAIN(tst_OutboxRace)
#include "tst_outboxrace.moc"

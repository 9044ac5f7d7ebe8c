// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/sandboxwebhooks.h"
#include "models/subscriptionsmodel.h"
#include "tests/ui/dialogbench.h"

using namespace Qt::Literals::StringLiterals;

class tst_SandboxWebhooks : public QObject
{
    Q_OBJECT

private slots:
    void subscribesOnce();
    void replacesOneWhoseSecretIsGone_data();
    void replacesOneWhoseSecretIsGone();
    void leavesWhatWasSubscribedByHand();

private:
    static constexpr int enough = 300; // ms in which a second subscription would have come

    static void listen(DialogBench &bench)
    {
        bench.receiver.apply({.enabled = true, .port = 0});
        QTRY_COMPARE(bench.receiver.state(), models::Receiver::State::Listening);
    }
    static void subscribeWith(DialogBench &bench, const QByteArray &key)
    {
        bench.serve("/v1/webhook/subscribe", R"({"subscriptionKey":")" + key + R"("})");
    }
    static QString stateOf(const models::SubscriptionsModel &list, int row)
    {
        return list.index(row, models::SubscriptionsModel::StateColumn).data().toString();
    }
};

void tst_SandboxWebhooks::subscribesOnce()
{
    DialogBench bench;
    subscribeWith(bench, "key-1");
    listen(bench);
    const models::SubscriptionsModel list(*bench.ledger, bench.vault);
    console::SandboxWebhooks first(*bench.ledger, bench.vault, bench.receiver);
    first.start(false);
    QTRY_COMPARE(list.rowCount(), 1);
    QTRY_COMPARE(stateOf(list, 0), u"Active"_s);
    QCOMPARE(QUrl(list.at(0)->url), bench.receiver.urlFor(list.at(0)->pathToken));

    console::SandboxWebhooks second(*bench.ledger, bench.vault, bench.receiver);
    second.start(false);
    QTest::qWait(enough);
    QCOMPARE(list.rowCount(), 1);
    QCOMPARE(list.at(0)->remoteKey.text(), u"key-1"_s);
}

void tst_SandboxWebhooks::replacesOneWhoseSecretIsGone_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("the sandbox ended it") << 200;
    QTest::newRow("the sandbox does not know it") << 404;
}

//! Without a keychain that is every start: what was replaced must not pile up in the list.
void tst_SandboxWebhooks::replacesOneWhoseSecretIsGone()
{
    QFETCH(int, status);
    DialogBench bench;
    subscribeWith(bench, "key-1");
    listen(bench);
    const models::SubscriptionsModel list(*bench.ledger, bench.vault);
    console::SandboxWebhooks first(*bench.ledger, bench.vault, bench.receiver);
    first.start(false);
    QTRY_COMPARE(list.rowCount(), 1);
    QTRY_COMPARE(stateOf(list, 0), u"Active"_s);

    bench.secrets.kept.clear();
    subscribeWith(bench, "key-2");
    bench.serve("/v1/webhook/unsubscribe",
        status == 200 ? QByteArray("{}") : QByteArray(R"({"errorMessage":"no such subscription"})"), status);
    console::SandboxWebhooks second(*bench.ledger, bench.vault, bench.receiver);
    second.start(false);
    QTRY_VERIFY(list.rowCount() == 1 && list.at(0)->remoteKey.text() == u"key-2"_s);
    QTest::qWait(enough);
    QCOMPARE(list.rowCount(), 1);
    QCOMPARE(stateOf(list, 0), u"Active"_s);
}

void tst_SandboxWebhooks::leavesWhatWasSubscribedByHand()
{
    DialogBench bench;
    subscribeWith(bench, "key-1");
    listen(bench);
    const models::SubscriptionsModel list(*bench.ledger, bench.vault);
    bool made = false;
    bench.vault.subscribe({.name = u"Shop"_s,
                              .url = bench.receiver.urlFor(u"by-hand"_s).toString(),
                              .scope = {},
                              .secret = "a-secret-that-nobody-guesses",
                              .pathToken = u"by-hand"_s},
        this, [&made](const auto &subscribed) { made = subscribed.has_value(); });
    QTRY_VERIFY(made);
    bench.secrets.kept.clear();
    subscribeWith(bench, "key-2");
    console::SandboxWebhooks own(*bench.ledger, bench.vault, bench.receiver);
    own.start(false);
    QTRY_COMPARE(list.rowCount(), 2);
    const int byHand = list.at(0)->remoteKey.text() == u"key-1"_s ? 0 : 1;
    QCOMPARE(list.at(byHand)->name, u"Shop"_s);
    QTRY_COMPARE(stateOf(list, byHand), u"Active"_s);
    QTRY_COMPARE(stateOf(list, 1 - byHand), u"Active"_s);
}

QTEST_MAIN(tst_SandboxWebhooks)
#include "tst_sandboxwebhooks.moc"

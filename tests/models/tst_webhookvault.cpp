// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/audit.h"
#include "models/sealed.h"
#include "models/webhookvault.h"

#include "tests/support/fakenetwork.h"
#include "tests/support/memorysecrets.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::SubscriptionState;
using models::WebhookSubscription;
using Scope = api::SubscriptionScope;

namespace {

constexpr auto goodSecret = "a-secret-that-nobody-guesses";
constexpr auto goodUrl = "https://shop.example/webhooks/abc";

} // namespace

//! A vault on a ledger of its own, with a scripted server.
struct VaultDesk
{
    VaultDesk()
    {
        auto opened = models::Ledger::open(folder.filePath(u"ledger.sqlite"_s));
        if (!opened)
            qFatal("no ledger");
        ledger = std::move(*opened);
        api::ClientOptions options{.baseUrl = QUrl(u"https://api.example"_s), .parallelManagers = 1};
        options.makeManager = network.factory();
        client = std::make_unique<api::Client>(
            std::move(options), api::Credentials{.clientId = u"test-client"_s, .clientSecret = "test-secret"_ba});
        vault = std::make_unique<models::WebhookVault>(*ledger, *client, secrets, u"shop"_s);
    }

    QList<WebhookSubscription> all()
    {
        const auto database = models::Database::open(ledger->file(), models::Database::Mode::ReadOnly);
        const auto found = models::readSubscriptions(**database);
        return found.value_or(QList<WebhookSubscription>());
    }
    bool auditIsIntact()
    {
        const auto database = models::Database::open(ledger->file(), models::Database::Mode::ReadOnly);
        const auto verdict = models::verifyAudit(**database);
        return verdict && verdict->intact && verdict->entries > 0;
    }

    //! Subscribes and waits; the id, or the sentence.
    std::expected<QString, QString> subscribe(const models::NewSubscription &wanted)
    {
        std::optional<std::expected<QString, QString>> outcome;
        vault->subscribe(wanted, vault.get(), [&outcome](const auto &made) { outcome = made; });
        if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }))
            return std::unexpected(u"no answer"_s);
        return *outcome;
    }

    //! A sentence, empty when it worked.
    QString outcomeOf(const std::function<void(models::WebhookVault::Handler)> &act)
    {
        std::optional<QString> outcome;
        act([&outcome](const std::expected<void, QString> &done) { outcome = done ? QString() : done.error(); });
        if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }))
            return u"no answer"_s;
        return *outcome;
    }

    QTemporaryDir folder;
    FakeNetwork network;
    MemorySecrets secrets;
    std::unique_ptr<models::Ledger> ledger;
    std::unique_ptr<api::Client> client;
    std::unique_ptr<models::WebhookVault> vault;
};

namespace {

models::NewSubscription everything()
{
    return {.name = u"Shop"_s, .url = QString::fromLatin1(goodUrl), .scope = {}, .secret = goodSecret};
}

FakeRequest subscribeRequest()
{
    return {.verb = "POST",
        .path = u"/v1/webhook/subscribe"_s,
        .body = R"({"url":"https://shop.example/webhooks/abc","secretKey":"a-secret-that-nobody-guesses",)"
                R"("subscriptionDetails":{"type":"ALL"}})"};
}

FakeRequest unsubscribeRequest(const QByteArray &details)
{
    return {.verb = "PUT",
        .path = u"/v1/webhook/unsubscribe"_s,
        .body = R"({"subscriptionId":"key-1","subscriptionDetails":)" + details + "}"};
}

} // namespace

class tst_WebhookVault : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_desk = std::make_unique<VaultDesk>(); }
    void cleanup() { m_desk.reset(); }

    void subscribingKeepsKeyAndSecret();
    void whatCannotBeRightIsNotSent_data();
    void whatCannotBeRightIsNotSent();
    void answersLeadToStates_data();
    void answersLeadToStates();
    void withoutAKeychainTheSecretLastsThisRun();
    void endingAllOfIt();
    void endingAPartOfIt();
    void aKeyThatTheServerDoesNotKnow();
    void oneThatWasMadeElsewhereIsAddedOnce();
    void takingOffTheListNeedsAReason();
    void aCrashWhileAskingLeavesItLost();
    void theVaultTravelsSealed();
    void anExportWithoutItsSecretsIsRefused();
    void foreignFilesAreRefused();
    void coverageIsTold();

private:
    //! Subscribed to everything under key-1.
    QString subscribed()
    {
        m_desk->network.expectToken(u"Link-Core"_s);
        m_desk->network.expect(subscribeRequest(), {.body = R"({"subscriptionKey":"key-1"})"});
        return m_desk->subscribe(everything()).value_or(QString());
    }

    std::unique_ptr<VaultDesk> m_desk;
};

void tst_WebhookVault::subscribingKeepsKeyAndSecret()
{
    QSignalSpy changes(m_desk->vault.get(), &models::WebhookVault::changed);
    const QString id = subscribed();
    QCOMPARE(m_desk->network.problems(), QString());
    QCOMPARE(m_desk->all().size(), 1);
    const WebhookSubscription made = m_desk->all().first();
    QCOMPARE(made.id, id);
    QCOMPARE(made.remoteKey.text(), u"key-1"_s);
    QCOMPARE(made.state, SubscriptionState::Active);
    QCOMPARE(made.url, QString::fromLatin1(goodUrl));
    QCOMPARE(made.madeBy, models::currentUser());
    QVERIFY(made.madeAt > 0 && made.hasSecret && !made.pathToken.isEmpty());
    QCOMPARE(m_desk->secrets.kept.value(models::webhookSecretName(id)), QByteArray(goodSecret));
    QVERIFY(!changes.isEmpty());
    QVERIFY(m_desk->auditIsIntact());
    QFile file(m_desk->ledger->file());
    m_desk->vault.reset();
    m_desk->ledger.reset();
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(goodSecret)); // the keychain is its only place
}

void tst_WebhookVault::whatCannotBeRightIsNotSent_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("says");
    const QString url = QString::fromLatin1(goodUrl);
    QTest::newRow("no address") << QString() << QByteArray(goodSecret) << u"Type the address"_s;
    QTest::newRow("no address at all") << u"webhooks please"_s << QByteArray(goodSecret) << u"not a web address"_s;
    QTest::newRow("plain http") << u"http://shop.example/x"_s << QByteArray(goodSecret) << u"https://"_s;
    QTest::newRow("a file") << u"file:///etc/passwd"_s << QByteArray(goodSecret) << u"not a web address"_s;
    QTest::newRow("with a password") << u"https://a:b@shop.example"_s << QByteArray(goodSecret) << u"user name"_s;
    QTest::newRow("no secret") << url << QByteArray() << u"Type a secret"_s;
    QTest::newRow("short secret") << url << "hunter2"_ba << u"at least 16"_s;
    QTest::newRow("secret with spaces") << url << "four words of my own"_ba << u"without spaces"_s;
    QTest::newRow("secret with an end") << url << " a-secret-that-nobody-guesses"_ba << u"begins or ends"_s;
    QTest::newRow("secret with umlauts") << url << "gehört-niemand-anderem"_ba << u"letters, digits"_s;
    QTest::newRow("endless secret") << url << QByteArray(300, 'x') << u"at most 256"_s;
}

void tst_WebhookVault::whatCannotBeRightIsNotSent()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, secret);
    QFETCH(QString, says);
    const auto made = m_desk->subscribe({.name = {}, .url = url, .scope = {}, .secret = secret});
    QVERIFY(!made);
    QVERIFY2(made.error().contains(says), qPrintable(made.error()));
    QVERIFY(m_desk->all().isEmpty());
    QVERIFY(m_desk->network.requests().isEmpty());
}

void tst_WebhookVault::answersLeadToStates_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("rows");
    QTest::newRow("refused") << 400 << R"({"errorMessage":"bad url"})"_ba << 0;
    QTest::newRow("forbidden") << 403 << QByteArray() << 0;
    QTest::newRow("given up on the way") << 408 << QByteArray() << 1;
    QTest::newRow("something is there already") << 409 << R"({"errorMessage":"exists"})"_ba << 1;
    QTest::newRow("broken server") << 500 << R"({"errorMessage":"oops"})"_ba << 1;
    QTest::newRow("an answer without a key") << 200 << "{}"_ba << 1;
    QTest::newRow("no JSON") << 200 << "<html>"_ba << 1;
}

void tst_WebhookVault::answersLeadToStates()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, rows);
    m_desk->network.expectToken(u"Link-Core"_s);
    m_desk->network.expect(subscribeRequest(), {.status = status, .body = body});
    const auto made = m_desk->subscribe(everything());
    QVERIFY(!made);
    QVERIFY(!made.error().isEmpty());
    QCOMPARE(m_desk->all().size(), rows);
    QCOMPARE(m_desk->secrets.kept.size(), rows);
    if (rows == 1)
        QCOMPARE(m_desk->all().first().state, SubscriptionState::Lost);
    QVERIFY(m_desk->auditIsIntact());
}

void tst_WebhookVault::withoutAKeychainTheSecretLastsThisRun()
{
    m_desk->secrets.works = false;
    QSignalSpy notKept(m_desk->vault.get(), &models::WebhookVault::secretNotKept);
    const QString id = subscribed();
    QCOMPARE(notKept.size(), 1);
    QCOMPARE(notKept.first().first().toString(), id);
    QByteArray secret;
    m_desk->vault->readSecret(id, this, [&secret](const QByteArray &found) { secret = found; });
    QTRY_COMPARE(secret, QByteArray(goodSecret));
}

void tst_WebhookVault::endingAllOfIt()
{
    const QString id = subscribed();
    m_desk->network.expect(unsubscribeRequest(R"({"type":"ALL"})"), {});
    QCOMPARE(m_desk->outcomeOf([&](auto told) { m_desk->vault->unsubscribe(id, {}, this, told); }), QString());
    QCOMPARE(m_desk->network.problems(), QString());
    const WebhookSubscription ended = m_desk->all().first();
    QCOMPARE(ended.state, SubscriptionState::Ended);
    QVERIFY(ended.endedAt >= ended.madeAt);
    QCOMPARE(ended.endedBy, models::currentUser());
}

void tst_WebhookVault::endingAPartOfIt()
{
    const QString id = subscribed();
    m_desk->network.expect(unsubscribeRequest(R"({"type":"CATEGORY","details":["CUSTOMER","ACCOUNT"]})"), {});
    const Scope part{.type = Scope::Type::Category, .details = {u"CUSTOMER"_s, u"ACCOUNT"_s}};
    QCOMPARE(m_desk->outcomeOf([&](auto told) { m_desk->vault->unsubscribe(id, part, this, told); }), QString());
    const WebhookSubscription left = m_desk->all().first();
    QCOMPARE(left.state, SubscriptionState::Active);
    QCOMPARE(left.scope.type, Scope::Type::Event);
    QCOMPARE(left.scope.details.size(), 8);
    QVERIFY(
        std::ranges::all_of(left.scope.details, [](const QString &event) { return event.startsWith(u"payment."); }));
}

void tst_WebhookVault::aKeyThatTheServerDoesNotKnow()
{
    const QString id = subscribed();
    m_desk->network.expect(unsubscribeRequest(R"({"type":"ALL"})"), {.status = 404});
    const QString sentence = m_desk->outcomeOf([&](auto told) { m_desk->vault->unsubscribe(id, {}, this, told); });
    QVERIFY2(sentence.contains(u"does not know"_s), qPrintable(sentence));
    QCOMPARE(m_desk->all().first().state, SubscriptionState::Active);
    QCOMPARE(m_desk->all().first().answer, sentence);
}

void tst_WebhookVault::oneThatWasMadeElsewhereIsAddedOnce()
{
    const models::KnownSubscription known{.key = api::SubscriptionKey(u"key-9"_s), .facts = everything()};
    const auto add = [&](auto told) { m_desk->vault->add(known, this, told); };
    QCOMPARE(m_desk->outcomeOf(add), QString());
    QVERIFY(m_desk->all().first().madeElsewhere);
    QCOMPARE(m_desk->all().first().state, SubscriptionState::Active);
    QVERIFY(m_desk->outcomeOf(add).contains(u"already"_s));
    QCOMPARE(m_desk->all().size(), 1);
    QVERIFY(!m_desk->outcomeOf([&](auto told) { m_desk->vault->add({}, this, told); }).isEmpty());
}

void tst_WebhookVault::takingOffTheListNeedsAReason()
{
    const QString id = subscribed();
    QVERIFY(!m_desk->outcomeOf([&](auto told) { m_desk->vault->forget(id, u"  "_s, this, told); }).isEmpty());
    QCOMPARE(m_desk->all().size(), 1);
    QCOMPARE(
        m_desk->outcomeOf([&](auto told) { m_desk->vault->forget(id, u"ended by hand"_s, this, told); }), QString());
    QVERIFY(m_desk->all().isEmpty());
    QVERIFY(m_desk->secrets.kept.isEmpty());
    QVERIFY(m_desk->auditIsIntact());
}

void tst_WebhookVault::aCrashWhileAskingLeavesItLost()
{
    const auto asked = [this](const QString &id, qint64 age) {
        WebhookSubscription subscription;
        subscription.id = id;
        subscription.pathToken = id;
        subscription.madeAt = subscription.changedAt = QDateTime::currentMSecsSinceEpoch() - age;
        bool written = false;
        m_desk->ledger->write(
            [subscription](models::Database &database) { return models::insertSubscription(database, subscription); },
            models::Ledger::Durability::Full, this, [&written](const auto &done) { written = done.has_value(); });
        return QTest::qWaitFor([&written] { return written; });
    };
    QVERIFY(asked(u"old"_s, 10 * 60'000));
    QVERIFY(asked(u"just now"_s, 1'000)); // another console may be waiting for its answer
    QSignalSpy changes(m_desk->vault.get(), &models::WebhookVault::changed);
    m_desk->vault->recover();
    QTRY_COMPARE(changes.size(), 1);
    for (const WebhookSubscription &subscription : m_desk->all())
        QCOMPARE(subscription.state, subscription.id == u"old" ? SubscriptionState::Lost : SubscriptionState::Asked);
}

void tst_WebhookVault::theVaultTravelsSealed()
{
    subscribed();
    std::optional<std::expected<QByteArray, QString>> sealed;
    m_desk->vault->exportSealed(u"open sesame"_s, this, [&sealed](const auto &done) { sealed = done; });
    QTRY_VERIFY_WITH_TIMEOUT(sealed.has_value(), 30'000);
    QVERIFY(sealed->has_value());
    QVERIFY(!(*sealed)->contains(goodSecret));

    VaultDesk other;
    std::optional<std::expected<models::VaultImport, QString>> taken;
    const auto import = [&](const QString &passphrase) {
        taken.reset();
        other.vault->importSealed(**sealed, passphrase, this, [&taken](const auto &done) { taken = done; });
    };
    import(u"open barley"_s);
    QTRY_VERIFY_WITH_TIMEOUT(taken.has_value(), 30'000);
    QVERIFY(!taken->has_value());
    QVERIFY(other.all().isEmpty());
    import(u"open sesame"_s);
    QTRY_VERIFY_WITH_TIMEOUT(taken.has_value(), 30'000);
    QCOMPARE((*taken)->added, 1);
    QCOMPARE(other.all().first().remoteKey.text(), u"key-1"_s);
    QCOMPARE(other.all().first().pathToken, m_desk->all().first().pathToken);
    QCOMPARE(other.secrets.kept.values(), QList<QByteArray>{goodSecret});
    import(u"open sesame"_s);
    QTRY_VERIFY_WITH_TIMEOUT(taken.has_value(), 30'000);
    QCOMPARE((*taken)->added, 0);
    QCOMPARE((*taken)->alreadyThere, 1);
}

void tst_WebhookVault::anExportWithoutItsSecretsIsRefused()
{
    subscribed();
    m_desk->secrets.works = false; // locked since
    std::optional<std::expected<QByteArray, QString>> sealed;
    m_desk->vault->exportSealed(u"x"_s, this, [&sealed](const auto &done) { sealed = done; });
    QTRY_VERIFY(sealed.has_value());
    QVERIFY(!sealed->has_value());
    QVERIFY(sealed->error().contains(u"Unlock"_s));
}

void tst_WebhookVault::foreignFilesAreRefused()
{
    QVERIFY(!models::readVaultText("no JSON"));
    QVERIFY(!models::readVaultText(R"({"format":"something else"})"));
    QVERIFY(!models::readVaultText(R"({"format":"merchant-console webhook vault","version":2})"));
    const auto partly = models::readVaultText(R"({"format":"merchant-console webhook vault","version":1,)"
                                              R"("subscriptions":[{"name":"no key"},{"subscriptionKey":"k"},)"
                                              R"({"subscriptionKey":"good","subscriptionDetails":{"type":"ALL"}}]})");
    QVERIFY(partly);
    QCOMPARE(partly->subscriptions.size(), 1);
    QCOMPARE(partly->problems.size(), 2);
}

void tst_WebhookVault::coverageIsTold()
{
    const auto active = [](const Scope &scope) {
        WebhookSubscription subscription;
        subscription.state = SubscriptionState::Active;
        subscription.scope = scope;
        return subscription;
    };
    QCOMPARE(models::coverageOf({}).uncovered.size(), 13);
    const auto payments = active({.type = Scope::Type::Category, .details = {u"PAYMENT"_s}});
    const auto one = active({.type = Scope::Type::Event, .details = {u"payment.failed"_s}});
    QCOMPARE(models::coverageOf({payments, one}).uncovered.size(), 5);
    QCOMPARE(models::coverageOf({payments, one}).overlapping, QStringList{u"payment.failed"_s});
    auto ended = active({});
    ended.state = SubscriptionState::Ended;
    QCOMPARE(models::coverageOf({payments, ended}).overlapping, QStringList());
}

QTEST_GUILESS_MAIN(tst_WebhookVault)
#include "tst_webhookvault.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationwebhooks.h"
#include "models/connectiontest.h"
#include "models/fastlinkpage.h"
#include "tests/models/aggregationdesk.h"
#include "tests/sandbox/sandboxunderuse.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using models::Aggregation;
using models::AggregationWebhooks;
using models::FastLinkLaunch;
using models::FastLinkOrder;

namespace {

models::AggregationSettings settingsOf(const tests::SandboxUnderUse &sandbox)
{
    const QJsonObject ready = sandbox.ready();
    models::AggregationSettings settings{
        .baseUrl = QUrl(ready[u"aggregationUrl"_s].toString()), .clientId = ready[u"aggregationClientId"_s].toString()};
    for (const QJsonValue &tenant : ready[u"tenantIds"_s].toArray())
        settings.tenants.append(tenant.toString());
    return settings;
}

QByteArray secretOf(const tests::SandboxUnderUse &sandbox)
{
    return sandbox.ready()[u"aggregationClientSecret"_s].toString().toUtf8();
}

template<typename T> struct Waited
{
    QObject context;
    std::optional<api::Result<T>> result = {};

    auto handler()
    {
        return [this](const api::Result<T> &came) { result = came; };
    }
    bool good()
    {
        return QTest::qWaitFor([this] { return result.has_value(); }, 15'000) && result->has_value();
    }
};

} // namespace

//! The family as the console speaks it against the sandbox's own reading of the reference.
class TestAggregationSandbox : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        failOnAnyWarning();
        m_ledger = std::move(*models::Ledger::open(m_directory.filePath(u"ledger%1.sqlite"_s.arg(++m_number))));
        m_family = std::make_unique<Aggregation>(*m_ledger, api::ClientOptions{.baseUrl = {}});
        m_family->configure(settingsOf(m_sandbox), secretOf(m_sandbox));
    }
    void cleanup()
    {
        m_family.reset();
        m_ledger.reset();
    }
    void initTestCase() { QVERIFY(m_sandbox.start()); }

    void theConfigurationNamesTheTenants();
    void theConnectionTestPasses();
    void theConnectionTestTellsWhatIsWrong_data();
    void theConnectionTestTellsWhatIsWrong();
    void aShopperLinksABank_data();
    void aShopperLinksABank();
    void webhooksLiveTheirLife();

private:
    std::optional<FastLinkLaunch> launch(const FastLinkOrder &order);
    //! Fills in the pages as a person would; the last page.
    QByteArray link(const FastLinkLaunch &launch);
    QByteArray postPage(const QString &path, const QByteArray &form);

    QTemporaryDir m_directory;
    int m_number = 0;
    tests::SandboxUnderUse m_sandbox;
    std::unique_ptr<models::Ledger> m_ledger;
    std::unique_ptr<Aggregation> m_family;
};

std::optional<FastLinkLaunch> TestAggregationSandbox::launch(const FastLinkOrder &order)
{
    Waited<FastLinkLaunch> waited;
    const api::Call call = m_family->openFastLink(order, &waited.context, waited.handler());
    return waited.good() ? std::optional(**waited.result) : std::nullopt;
}

QByteArray TestAggregationSandbox::postPage(const QString &path, const QByteArray &form)
{
    return m_sandbox.send("POST", path, form, {}, "application/x-www-form-urlencoded").body;
}

QByteArray TestAggregationSandbox::link(const FastLinkLaunch &launch)
{
    const QString first = QString::fromUtf8(postPage(launch.page.address.path(), models::fastLinkForm(launch.page)));
    static const QRegularExpression session(u"/fastlink/session/[\\w-]+"_s);
    const QString path = session.match(first).captured();
    postPage(path + u"/signin"_s, "username=profile_522&password=profile_522");
    return postPage(path + u"/accounts"_s, "account=0");
}

void TestAggregationSandbox::theConfigurationNamesTheTenants()
{
    m_family->readConfiguration();
    QTRY_VERIFY(m_family->configuration());
    QCOMPARE(m_family->configuration()->id, settingsOf(m_sandbox).clientId);
    QCOMPARE(m_family->tenants(), settingsOf(m_sandbox).tenants);
}

void TestAggregationSandbox::theConnectionTestPasses()
{
    models::ConnectionTest test;
    QSignalSpy finished(&test, &models::ConnectionTest::finished);
    test.start(m_sandbox.url(), {.clientId = m_sandbox.clientId(), .clientSecret = m_sandbox.clientSecret().toUtf8()},
        models::ConnectionTest::AggregationAccess{
            .baseUrl = settingsOf(m_sandbox).baseUrl, .credentials = m_family->credentials()});
    QCOMPARE(test.steps().size(), 9);
    QVERIFY(finished.wait(20'000));
    QVERIFY(finished.first().first().toBool());
    QVERIFY(test.steps().last().sentence.contains(u"tenants"_s));
}

void TestAggregationSandbox::theConnectionTestTellsWhatIsWrong_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("words");
    QTest::newRow("client") << u"client"_s << u"does not know this client id"_s;
    QTest::newRow("secret") << u"secret"_s << u"secret is wrong"_s;
    QTest::newRow("tenant") << u"tenant"_s << u"does not know this tenant id"_s;
    QTest::newRow("another's tenant") << u"foreign"_s << u"may not use this tenant"_s;
}

void TestAggregationSandbox::theConnectionTestTellsWhatIsWrong()
{
    QFETCH(QString, member);
    api::Credentials credentials = m_family->credentials();
    if (member == "client"_L1)
        credentials.clientId = u"CLI-other"_s;
    else if (member == "secret"_L1)
        credentials.clientSecret = "other";
    else if (member == "tenant"_L1)
        credentials.tenantId = u"TNT-other"_s;
    else
        credentials.tenantId = m_sandbox.get(u"/sandbox/aggregation"_s, tests::Credential::None)
                                   .json[u"foreignTenant"_s]
                                   .toObject()[u"tenantId"_s]
                                   .toString();
    models::ConnectionTest test;
    QSignalSpy finished(&test, &models::ConnectionTest::finished);
    test.start(m_sandbox.url(), {.clientId = m_sandbox.clientId(), .clientSecret = m_sandbox.clientSecret().toUtf8()},
        models::ConnectionTest::AggregationAccess{
            .baseUrl = settingsOf(m_sandbox).baseUrl, .credentials = credentials});
    QVERIFY(finished.wait(20'000));
    QVERIFY(!finished.first().first().toBool());
    QFETCH(QString, words);
    QVERIFY2(test.steps().at(7).sentence.contains(words), qPrintable(test.steps().at(7).sentence));
}

void TestAggregationSandbox::aShopperLinksABank_data()
{
    QTest::addColumn<int>("variant");
    QTest::addColumn<QString>("prefix");
    QTest::newRow("reference") << int(api::FastLinkVariant::Reference) << u"/yodlee"_s;
    QTest::newRow("quickstart") << int(api::FastLinkVariant::Quickstart) << u"/yodlee/v1"_s;
    QTest::newRow("guide") << int(api::FastLinkVariant::Guide) << u"/yodlee"_s;
}

void TestAggregationSandbox::aShopperLinksABank()
{
    QFETCH(int, variant);
    models::AggregationSettings settings = settingsOf(m_sandbox);
    settings.fastLinkVariant = api::FastLinkVariant(variant);
    QFETCH(const QString, prefix);
    settings.proxyPrefix = prefix;
    m_family->configure(settings, secretOf(m_sandbox));
    const auto opened = launch({.loginName = api::LoginName(u"shopper %1"_s.arg(variant)),
        .configName = u"aggregation_and_verification"_s,
        .providerId = u"16441"_s});
    QVERIFY(opened);
    QCOMPARE(models::requestProblem(opened->page), QString());
    link(*opened);
    Waited<models::RecordRef> read;
    const api::Call call = m_family->readUser(opened->user, models::Source::LookUp, &read.context, read.handler());
    QVERIFY(read.good());
    QCOMPARE(**read.result, models::recordOf(opened->user));
    Waited<QList<api::VerifiedAggregatedAccount>> verified;
    const api::Call second = m_family->verifiedAccounts(opened->user, &verified.context, verified.handler());
    QVERIFY(verified.good());
    QCOMPARE((*verified.result)->size(), 1);
    QVERIFY((*verified.result)->first().accountNumber.size() > 4);
    QString shown;
    const models::LedgerRead details = m_ledger->read<QString>(
        [](models::Database &database) -> models::DatabaseResult<QString> {
            const auto row = database.prepare("SELECT status || ' ' || (SELECT count(*) FROM user_accounts) || ' ' || "
                                              "(SELECT count(*) FROM user_links) FROM customers");
            if (!row || !(*row)->step())
                return QString();
            return (*row)->text(0);
        },
        this, [&shown](const models::DatabaseResult<QString> &text) { shown = text.value_or(QString()); });
    QTRY_COMPARE(shown, u"LINKED 1 1"_s);
}

void TestAggregationSandbox::webhooksLiveTheirLife()
{
    AggregationWebhooks registry(*m_family);
    registry.refresh();
    QTRY_VERIFY(registry.readAt() > 0);
    const int before = registry.rowCount();
    QStringList ids;
    for (int number = 0; number < 12; ++number) {
        Waited<api::RegisteredWebhook> made;
        registry.create(u"https://127.0.0.1:1/hook/%1"_s.arg(number), {u"REFRESH"_s, u"OB_CONSENT"_s}, false,
            &made.context, made.handler());
        QVERIFY(made.good());
        ids.append((*made.result)->id.text());
    }
    AggregationWebhooks other(*m_family);
    other.refresh();
    QTRY_COMPARE(other.rowCount(), before + 12);

    const api::WebhookId id(ids.first());
    Waited<api::RegisteredWebhook> changed;
    registry.change(id, {.types = api::webhookTypes(), .disabled = true}, &changed.context, changed.handler());
    QVERIFY(changed.good());
    QVERIFY(registry.webhook(id)->disabled);
    QCOMPARE(registry.webhook(id)->types.size(), 7);

    Waited<api::WebhookTest> fired;
    registry.fireTest(api::WebhookId(ids.last()), &fired.context, fired.handler());
    QVERIFY(fired.good());
    QVERIFY(!(*fired.result)->receivedResponse);

    for (const QString &made : ids) {
        Waited<api::RegisteredWebhook> removed;
        registry.remove(api::WebhookId(made), &removed.context, removed.handler());
        QVERIFY(removed.good());
    }
    QCOMPARE(registry.rowCount(), before);
}

QTEST_GUILESS_MAIN(TestAggregationSandbox)
#include "tst_aggregationsandbox.moc"

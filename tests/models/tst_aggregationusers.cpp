// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationuser.h"

#include "models/knownlinks.h"
#include "models/outbox.h"
#include "models/recorddetails.h"
#include "models/recordrows.h"
#include "models/recordstore.h"
#include "models/schema.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::LinkedUser;
using models::LinkedUserId;
using models::RecordKind;
using models::RecordRef;

namespace {

constexpr qint64 firstMoment = 1'793'520'000'000;

LinkedUserId userCalled(const QString &name)
{
    return {.tenant = api::TenantId(u"TNT/1"_s), .loginName = api::LoginName(name)};
}

api::AggregatedAccount checkingAccount()
{
    return {.id = api::AggregatedAccountId(u"1"_s),
        .providerAccountId = api::ProviderAccountId(u"7"_s),
        .provider = u"Dag Site"_s,
        .name = u"My checking"_s,
        .type = u"CHECKING"_s,
        .status = u"ACTIVE"_s,
        .number = u"123456789"_s,
        .balance = api::Money{.cents = -1250}};
}

api::ProviderAccount linkWith(const QString &status)
{
    return {.id = api::ProviderAccountId(u"7"_s), .status = status};
}

//! A ledger's database, written to as the writer's thread would.
struct UserLedger
{
    UserLedger()
    {
        database = std::move(
            *models::Database::open(directory.filePath(u"ledger.sqlite"_s), models::Database::Mode::ReadWrite));
        if (!models::migrate(*database, models::ledgerMigrations()))
            qFatal("the schema could not be made");
    }

    bool store(const decltype(models::Observation::record) &record, qint64 at = firstMoment)
    {
        models::ChangeSet changes;
        models::RecordStore records(*database, changes);
        return records.store({.record = record, .raw = api::Json::fromMembers({}), .observedAt = at})
            && records.finish().has_value();
    }

    QStringList idsOf(const QString &filter)
    {
        const auto query = models::parseQuery(RecordKind::Customer, filter, firstMoment);
        if (!query)
            return {query.error().expected};
        const auto keys = models::readKeys(*database, {.kind = RecordKind::Customer, .query = *query}, 0);
        const auto rows = keys ? models::readRows(*database, RecordKind::Customer, keys->keys)
                               : std::unexpected(keys.error());
        QStringList ids;
        for (const models::RecordRow &row : rows.value_or(std::vector<models::RecordRow>()))
            ids.append(row.id);
        ids.sort();
        return ids;
    }

    std::optional<models::RecordDetails> details(const LinkedUserId &user)
    {
        return models::readDetails(*database, models::recordOf(user)).value_or(std::nullopt);
    }

    QTemporaryDir directory;
    std::unique_ptr<models::Database> database;
};

QString everyText(const models::RecordDetails &details)
{
    QStringList texts;
    for (const models::DetailSection &section : details.sections) {
        texts.append(section.title);
        for (const models::DetailField &field : section.fields)
            texts.append(field.label + u'=' + models::cellText(field.cell, QLocale::c()));
    }
    return texts.join(u'|');
}

} // namespace

class TestAggregationUsers : public QObject
{
    Q_OBJECT
private slots:
    void idsGoBothWays_data();
    void idsGoBothWays();
    void otherIdsAreNotUsers_data();
    void otherIdsAreNotUsers();
    void theStatusFollowsTheLinks_data();
    void theStatusFollowsTheLinks();
    void lastFour_data();
    void lastFour();
    void usersStandBesideCustomers();
    void openingAgainChangesNothing();
    void olderAnswersChangeNothing();
    void theInspectorShowsAccountsMasked();
    void nobodyPaysALinkedUser_data();
    void nobodyPaysALinkedUser();
    void eventsFindTheirUser();
    void linksAndNamesAreKnown();
    void anOlderLedgerGainsTheFamily();
};

void TestAggregationUsers::idsGoBothWays_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"shopper-1", "ada@example.com", "a/b c%2F", "aggregation:x/y", "\xc3\xa9"})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void TestAggregationUsers::idsGoBothWays()
{
    QFETCH(QString, name);
    QCOMPARE(models::linkedUserOf(models::recordOf(userCalled(name))), std::optional(userCalled(name)));
}

void TestAggregationUsers::otherIdsAreNotUsers_data()
{
    QTest::addColumn<RecordRef>("ref");
    QTest::newRow("uuid") << RecordRef{RecordKind::Customer, u"d0a49ea1-40ab-4bd9-a2b4-2a0d2a1ed0a1"_s};
    QTest::newRow("no slash") << RecordRef{RecordKind::Customer, u"aggregation:TNT-1"_s};
    QTest::newRow("no name") << RecordRef{RecordKind::Customer, u"aggregation:TNT-1/"_s};
    QTest::newRow("payment") << RecordRef{RecordKind::Transaction, u"aggregation:TNT-1/a"_s};
}

void TestAggregationUsers::otherIdsAreNotUsers()
{
    QFETCH(RecordRef, ref);
    QVERIFY(!models::linkedUserOf(ref));
}

void TestAggregationUsers::theStatusFollowsTheLinks_data()
{
    QTest::addColumn<LinkedUser>("user");
    QTest::addColumn<QString>("status");
    using Links = QList<api::ProviderAccount>;
    using Accounts = QList<api::AggregatedAccount>;
    const LinkedUserId id = userCalled(u"a"_s);
    QTest::newRow("nothing read") << LinkedUser{.id = id} << QString();
    QTest::newRow("nothing linked") << LinkedUser{.id = id, .accounts = Accounts(), .links = Links()} << u"STARTED"_s;
    QTest::newRow("accounts alone") << LinkedUser{.id = id, .accounts = Accounts{checkingAccount()}} << u"LINKED"_s;
    QTest::newRow("good link") << LinkedUser{.id = id, .links = Links{linkWith(u"SUCCESS"_s)}} << u"LINKED"_s;
    QTest::newRow("unknown word") << LinkedUser{.id = id, .links = Links{linkWith(u"DANCING"_s)}} << u"LINKED"_s;
    QTest::newRow("at work") << LinkedUser{.id = id, .links = Links{linkWith(u"LOGIN_IN_PROGRESS"_s)}}
                             << u"IN_PROGRESS"_s;
    QTest::newRow("one broken") << LinkedUser{.id = id,
        .accounts = Accounts{checkingAccount()},
        .links = Links{linkWith(u"SUCCESS"_s), linkWith(u"FAILED"_s)}}
                                << u"NEEDS_USER"_s;
}

void TestAggregationUsers::theStatusFollowsTheLinks()
{
    QFETCH(LinkedUser, user);
    QTEST(models::linkedUserStatus(user), "status");
}

void TestAggregationUsers::lastFour_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("digits");
    const auto row = [](const char *number, const char *digits) {
        QTest::newRow(number) << QString::fromLatin1(number) << QString::fromLatin1(digits);
    };
    row("123456789", "6789");
    row("xxxx6789", "6789");
    row("****-6789", "6789");
    row("1234 5678", "5678");
    row("1234xxxx", "");
    row("xxxx3xxx", "");
    row("789", "");
    row("", "");
}

void TestAggregationUsers::lastFour()
{
    QFETCH(QString, number);
    QTEST(models::lastFourDigits(number), "digits");
}

void TestAggregationUsers::usersStandBesideCustomers()
{
    UserLedger ledger;
    QVERIFY(ledger.store(LinkedUser{.id = userCalled(u"shopper"_s), .accounts = QList{checkingAccount()}}));
    QVERIFY(ledger.store(api::Customer{
        .id = api::CustomerId(u"shopper"_s), .firstName = u"Ada"_s, .lastName = u"Lovelace"_s, .status = u"ACTIVE"_s}));
    const QString user = models::recordOf(userCalled(u"shopper"_s)).id;
    QCOMPARE(ledger.idsOf({}), QStringList({user, u"shopper"_s}));
    QCOMPARE(ledger.idsOf(u"family:aggregation"_s), QStringList{user});
    QCOMPARE(ledger.idsOf(u"family:paybybank"_s), QStringList{u"shopper"_s});
    QCOMPARE(ledger.idsOf(u"status:linked"_s), QStringList{user});
    QCOMPARE(ledger.idsOf(u"tenant:TNT/1 bank:dag"_s), QStringList{user});
    QCOMPARE(ledger.idsOf(u"last4:6789"_s), QStringList{user});
    QCOMPARE(ledger.idsOf(u"name:shopper"_s), QStringList{user});
}

void TestAggregationUsers::openingAgainChangesNothing()
{
    UserLedger ledger;
    const LinkedUserId id = userCalled(u"a"_s);
    QVERIFY(ledger.store(
        LinkedUser{.id = id, .accounts = QList{checkingAccount()}, .links = QList{linkWith(u"SUCCESS"_s)}}));
    QVERIFY(ledger.store(LinkedUser{.id = id, .createdAt = firstMoment + 5000}, firstMoment + 5000));
    const auto details = ledger.details(id);
    QVERIFY(details);
    QCOMPARE(details->status, u"LINKED"_s);
    QVERIFY(everyText(*details).contains(u"My checking"_s));
}

void TestAggregationUsers::olderAnswersChangeNothing()
{
    UserLedger ledger;
    const LinkedUserId id = userCalled(u"a"_s);
    QVERIFY(ledger.store(LinkedUser{.id = id, .links = QList{linkWith(u"SUCCESS"_s)}}, firstMoment + 1000));
    QVERIFY(ledger.store(LinkedUser{.id = id, .links = QList{linkWith(u"FAILED"_s)}}, firstMoment));
    QCOMPARE(ledger.details(id)->status, u"LINKED"_s);
}

void TestAggregationUsers::theInspectorShowsAccountsMasked()
{
    UserLedger ledger;
    const LinkedUserId id = userCalled(u"shopper"_s);
    api::AggregatedAccount second = checkingAccount();
    second.provider = u"Other Bank"_s;
    second.balance.reset();
    QVERIFY(ledger.store(LinkedUser{
        .id = id, .accounts = QList{checkingAccount(), second}, .links = QList{linkWith(u"USER_INPUT_REQUIRED"_s)}}));
    const auto details = ledger.details(id);
    QVERIFY(details);
    const QString shown = everyText(*details);
    QCOMPARE(details->family, models::WebhookFamily::Aggregation);
    QVERIFY(details->customerId.isEmpty());
    QCOMPARE(details->title, u"shopper"_s);
    QVERIFY2(shown.contains(u"Dag Site ··6789|Account=My checking|Type=Checking"_s), qPrintable(shown));
    QVERIFY2(shown.contains(u"Balance=-$12.50"_s), qPrintable(shown));
    QVERIFY2(shown.contains(u"Link to a bank|Status=Needs the customer"_s), qPrintable(shown));
    QVERIFY(!shown.contains(u"12345"_s));
}

void TestAggregationUsers::nobodyPaysALinkedUser_data()
{
    QTest::addColumn<models::OutboxKind>("kind");
    QTest::newRow("payment") << models::OutboxKind::Payment;
    QTest::newRow("credit") << models::OutboxKind::Credit;
}

void TestAggregationUsers::nobodyPaysALinkedUser()
{
    QFETCH(models::OutboxKind, kind);
    QTemporaryDir directory;
    auto ledger = models::Ledger::open(directory.filePath(u"ledger.sqlite"_s));
    QVERIFY(ledger);
    const LinkedUserId id = userCalled(u"a"_s);
    bool stored = false;
    QObject context;
    (*ledger)->observe(
        {{.record = LinkedUser{.id = id, .accounts = QList{checkingAccount()}}, .raw = {}, .observedAt = firstMoment}},
        &context, [&stored](const models::DatabaseResult<void> &done) { stored = done.has_value(); });
    QTRY_VERIFY(stored);
    api::Client client({.baseUrl = {}}, {});
    models::Outbox outbox(**ledger, client, {.merchant = api::MerchantId(u"m"_s)});
    std::optional<models::IntentProblem> problem;
    outbox.submit({.kind = kind,
                      .customer = api::CustomerId(models::recordOf(id).id),
                      .amount = {.cents = 100},
                      .reason = u"test"_s},
        &context, [&problem](const auto &outcome) {
            if (!outcome)
                problem = outcome.error().problem;
        });
    QTRY_VERIFY(problem);
    QCOMPARE(*problem, models::IntentProblem::CustomerNotActive);
}

void TestAggregationUsers::eventsFindTheirUser()
{
    UserLedger ledger;
    const LinkedUserId id = userCalled(u"a"_s);
    QVERIFY(ledger.store(LinkedUser{.id = id, .links = QList{linkWith(u"SUCCESS"_s)}}));
    const auto find = [&](const QString &name, const QString &link) {
        return models::findLinkedUser(*ledger.database, api::LoginName(name), api::ProviderAccountId(link))
            .value_or(std::nullopt);
    };
    QCOMPARE(find(u"a"_s, {}), std::optional(id));
    QCOMPARE(find({}, u"7"_s), std::optional(id));
    QVERIFY(!find(u"b"_s, {}));
    QVERIFY(!find(u"b"_s, u"8"_s));
    QVERIFY(!find({}, {}));
}

void TestAggregationUsers::linksAndNamesAreKnown()
{
    UserLedger ledger;
    const LinkedUserId ada = userCalled(u"ada"_s);
    QVERIFY(ledger.store(LinkedUser{.id = ada,
        .accounts = QList{checkingAccount()},
        .links = QList{linkWith(u"USER_INPUT_REQUIRED"_s),
            api::ProviderAccount{.id = api::ProviderAccountId(u"8"_s), .status = u"SUCCESS"_s}}}));
    QVERIFY(ledger.store(LinkedUser{.id = userCalled(u"bob"_s)}, firstMoment + 1));
    QVERIFY(ledger.store(LinkedUser{.id = {.tenant = api::TenantId(u"other"_s), .loginName = ada.loginName}}));
    const auto links = models::readKnownLinks(*ledger.database, ada);
    QVERIFY(links);
    const QList<models::KnownLink> expected{
        {.id = api::ProviderAccountId(u"7"_s), .bank = u"Dag Site"_s, .status = u"USER_INPUT_REQUIRED"_s},
        {.id = api::ProviderAccountId(u"8"_s), .status = u"SUCCESS"_s}};
    QCOMPARE(*links, expected);
    QVERIFY(links->first().needsRepair());
    QVERIFY(!links->last().needsRepair());
    QCOMPARE(models::readKnownLinks(*ledger.database, userCalled(u"nobody"_s)).value().size(), 0);
    QCOMPARE(models::readLoginNames(*ledger.database, ada.tenant).value(), (QStringList{u"bob"_s, u"ada"_s}));
}

void TestAggregationUsers::anOlderLedgerGainsTheFamily()
{
    QTemporaryDir directory;
    auto database = models::Database::open(directory.filePath(u"ledger.sqlite"_s), models::Database::Mode::ReadWrite);
    QVERIFY(database);
    const auto all = models::ledgerMigrations();
    QVERIFY(models::migrate(**database, all.first(1)));
    QVERIFY((*database)->execute("INSERT INTO customers(key, id, first_seen_at, last_read_at, last_source) "
                                 "VALUES(1, 'c', 0, 0, 'lookup')"));
    QVERIFY(models::migrate(**database, all));
    const auto details = models::readDetails(**database, {RecordKind::Customer, u"c"_s});
    QVERIFY(details && *details);
    QCOMPARE((*details)->family, models::WebhookFamily::PayByBank);
    QCOMPARE((*details)->customerId.text(), u"c"_s);
}

QTEST_GUILESS_MAIN(TestAggregationUsers)
#include "tst_aggregationusers.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/database.h"
#include "models/ledger.h"
#include "models/profilerecords.h"
#include "models/profiles.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::Environment;
using models::Profile;
using models::ProfileStore;

namespace {

Profile wholeProfile()
{
    return {.id = u"my-shop"_s,
        .name = u"My shop; \"north\" = 50 %, Z\u00fcrich"_s,
        .environment = Environment::Custom,
        .baseUrl = QUrl(u"https://pay.example:8443/base"_s),
        .clientId = u"client-1"_s,
        .merchantId = u"merchant-1"_s,
        .redirectUrl = QUrl(u"https://shop.example/back?a=1&b=2"_s),
        .refundRoute = models::OutboxOptions::RefundRoute::RefundsEndpoint,
        .holdSeconds = 0,
        .maximumInFlight = 8,
        .refreshPerMinute = 0};
}

Profile named(const QString &id, const QString &name)
{
    Profile profile = wholeProfile();
    profile.id = id;
    profile.name = name;
    return profile;
}

QString problemFields(const Profile &profile)
{
    QStringList fields;
    for (const models::ProfileProblem &problem : models::profileProblems(profile))
        fields.append(problem.sentence.isEmpty() ? u"(no sentence)"_s : problem.field);
    return fields.join(u' ');
}

bool writeFile(const QString &name, const QByteArray &content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

//! The ledger of a profile, with a row of `sql` in it.
bool makeLedger(const ProfileStore &store, const QString &id, const char *sql)
{
    store.folder(id);
    if (!models::Ledger::open(store.ledgerFile(id)))
        return false;
    const auto database = models::Database::open(store.ledgerFile(id), models::Database::Mode::ReadWrite);
    return database && (*database)->execute(sql);
}

constexpr auto onePayment = "INSERT INTO transactions(key, id, first_seen_at, last_read_at, last_source) "
                            "VALUES(1, 't1', 1, 1, 'IMPORT')";

} // namespace

class TestProfiles : public QObject
{
    Q_OBJECT
private slots:
    void beginsWithTheBuiltInSandbox();
    void keepsEverything_data();
    void keepsEverything();
    void keepsTheOptionsOfTheBuiltInSandboxOnly();
    void remembersTheCurrentProfile();
    void refusesANameTwice_data();
    void refusesANameTwice();
    void makesIdsThatCanBeFolders_data();
    void makesIdsThatCanBeFolders();
    void refusesUnsafeIds_data();
    void refusesUnsafeIds();
    void keepsTheMerchantOfRecords_data();
    void keepsTheMerchantOfRecords();
    void isFreeWithoutRecords();
    void everyKindOfRecordCounts_data();
    void everyKindOfRecordCounts();
    void anUnreadableLedgerMayHaveRecords();
    void anotherConsoleDoesNotChangeWhatIsOpen();
    void neverLeavesItsDirectory();
    void makesItsFoldersForTheOwnerOnly();
    void bringsWildNumbersIntoRange();
    void setsADamagedFileAside();
    void saysThatItCannotWrite();
    void removesAProfileButNotItsLedger();
    void keepsViewSettingsPerProfile();
    void namesProblems_data();
    void namesProblems();
};

void TestProfiles::beginsWithTheBuiltInSandbox()
{
    const QTemporaryDir directory;
    ProfileStore store(directory.filePath(u"new/place"_s));
    QCOMPARE(store.profiles().size(), 1);
    QCOMPARE(store.current().environment, Environment::BuiltInSandbox);
    QVERIFY(models::profileProblems(store.current()).isEmpty());
    QVERIFY(!store.setCurrent(u"nobody"_s));
    QVERIFY(QDir(store.folder(store.current().id)).exists());
    QCOMPARE(store.ledgerFile(u"sandbox"_s), directory.filePath(u"new/place/sandbox/ledger.sqlite"_s));
    QVERIFY(!store.remove(store.current().id).has_value());
}

void TestProfiles::keepsEverything_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::newRow("custom") << wholeProfile();
    Profile sandbox = wholeProfile();
    sandbox.environment = Environment::LinkSandbox;
    sandbox.baseUrl = models::defaultBaseUrl(Environment::LinkSandbox);
    QTest::newRow("Link sandbox") << sandbox;
    Profile production = wholeProfile();
    production.environment = Environment::Production;
    production.baseUrl = models::defaultBaseUrl(Environment::Production);
    production.refundRoute = models::OutboxOptions::RefundRoute::ReversedPayment;
    production.holdSeconds = 300;
    production.maximumInFlight = 64;
    production.refreshPerMinute = 600;
    production.redirectUrl.clear();
    QTest::newRow("production") << production;
    Profile both = wholeProfile();
    both.aggregation = {.baseUrl = QUrl(u"https://agg.example/api"_s),
        .clientId = u"CLI-1"_s,
        .tenants = {u"TNT-1"_s, u"TNT, 2"_s},
        .fastLinkVariant = api::FastLinkVariant::Guide,
        .fastLinkUrl = QUrl(u"https://fl.example/x"_s),
        .loader = QUrl(u"https://cdn.example/i.js"_s),
        .proxyPrefix = u"/yodlee/v1"_s,
        .apiVersion = u"1.1"_s,
        .userTokens = true};
    QTest::newRow("with aggregation") << both;
    Profile quickstart = both;
    quickstart.aggregation.fastLinkVariant = api::FastLinkVariant::Quickstart;
    quickstart.aggregation.tenants = {u"TNT-1"_s};
    QTest::newRow("with the older quickstart") << quickstart;
}

void TestProfiles::keepsEverything()
{
    QFETCH(Profile, profile);
    const QTemporaryDir directory;
    {
        ProfileStore store(directory.path());
        const QSignalSpy changed(&store, &ProfileStore::changed);
        QVERIFY(store.save(profile).has_value());
        QCOMPARE(changed.size(), 1);
        QVERIFY(store.profiles().contains(profile));
    }
    const ProfileStore again(directory.path());
    QCOMPARE(again.profiles().size(), 2);
    QVERIFY(again.profiles().last() == profile);
    QVERIFY(!contentOf(directory.filePath(u"profiles.ini"_s)).toLower().contains("secret"));
}

void TestProfiles::keepsTheOptionsOfTheBuiltInSandboxOnly()
{
    const QTemporaryDir directory;
    ProfileStore store(directory.path());
    Profile profile = store.current();
    profile.holdSeconds = 3;
    profile.maximumInFlight = 4;
    profile.refreshPerMinute = 5;
    profile.refundRoute = models::OutboxOptions::RefundRoute::RefundsEndpoint;
    const Profile expected = profile;
    profile.baseUrl = QUrl(u"https://elsewhere.example"_s);
    profile.clientId = u"somebody"_s;
    QVERIFY(store.save(profile).has_value());
    QCOMPARE(store.profiles().size(), 1);
    QVERIFY(store.current() == expected);
}

void TestProfiles::remembersTheCurrentProfile()
{
    const QTemporaryDir directory;
    {
        ProfileStore store(directory.path());
        QVERIFY(store.save(wholeProfile()).has_value());
        QVERIFY(store.setCurrent(u"my-shop"_s));
    }
    ProfileStore again(directory.path());
    QCOMPARE(again.current().id, u"my-shop"_s);
    QVERIFY(again.remove(u"my-shop"_s).has_value());
    QCOMPARE(again.current().environment, Environment::BuiltInSandbox);
}

void TestProfiles::refusesANameTwice_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("another profile's") << u"shop-2"_s << u"Shop"_s << false;
    QTest::newRow("in other letters") << u"shop-2"_s << u"SHOP"_s << false;
    QTest::newRow("with blanks") << u"shop-2"_s << u" Shop "_s << false;
    QTest::newRow("the built-in sandbox's") << u"shop-2"_s << u"Built-in sandbox"_s << false;
    QTest::newRow("its own") << u"shop"_s << u"SHOP"_s << true;
    QTest::newRow("a new one") << u"shop-2"_s << u"Shop 2"_s << true;
}

void TestProfiles::refusesANameTwice()
{
    QFETCH(QString, id);
    QFETCH(QString, name);
    QFETCH(bool, allowed);
    const QTemporaryDir directory;
    ProfileStore store(directory.path());
    QVERIFY(store.save(named(u"shop"_s, u"Shop"_s)).has_value());
    const auto saved = store.save(named(id, name));
    QCOMPARE(saved.has_value(), allowed);
    if (!allowed) {
        QVERIFY(saved.error().contains(u"already"_s));
        QCOMPARE(store.profiles().size(), 2);
    }
}

void TestProfiles::makesIdsThatCanBeFolders_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    QTest::newRow("plain") << u"My Shop"_s << u"my-shop"_s;
    QTest::newRow("path") << u"../../etc/passwd"_s << u"etc-passwd"_s;
    QTest::newRow("dots") << u".."_s << u"profile"_s;
    QTest::newRow("empty") << QString() << u"profile"_s;
    QTest::newRow("other letters") << u"\u0411\u0443\u0442\u0438\u043a"_s << u"profile"_s;
    QTest::newRow("the built-in one's") << u"Sandbox"_s << u"sandbox-2"_s;
    QTest::newRow("endless") << u"a b"_s.repeated(1000) << (u"a b"_s.repeated(1000)).replace(u' ', u'-').left(40);
    QTest::newRow("cut at a blank") << QString(u"x"_s.repeated(39) + u" y"_s) << u"x"_s.repeated(39);
    QTest::newRow("taken by a folder") << u"Old Shop"_s << u"old-shop-2"_s;
}

void TestProfiles::makesIdsThatCanBeFolders()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const QTemporaryDir directory;
    QVERIFY(QDir(directory.path()).mkdir(u"old-shop"_s));
    ProfileStore store(directory.path());
    QCOMPARE(store.newId(name), id);
    QVERIFY(store.save(named(store.newId(name), u"Something"_s)).has_value());
    QVERIFY(store.newId(name) != id);
}

void TestProfiles::refusesUnsafeIds_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("empty") << QString();
    QTest::newRow("parent") << u".."_s;
    QTest::newRow("path") << u"a/b"_s;
    QTest::newRow("backslash") << u"a\\b"_s;
    QTest::newRow("capitals") << u"Shop"_s;
}

void TestProfiles::refusesUnsafeIds()
{
    QFETCH(QString, id);
    const QTemporaryDir directory;
    ProfileStore store(directory.path());
    QVERIFY(!store.save(named(id, u"Something"_s)).has_value());
    QCOMPARE(store.profiles().size(), 1);
}

void TestProfiles::keepsTheMerchantOfRecords_data()
{
    QTest::addColumn<Profile>("typed");
    QTest::addColumn<QString>("refused"); // a part of the sentence
    Profile typed = wholeProfile();
    typed.merchantId = u"merchant-2"_s;
    QTest::newRow("another merchant") << typed << u"merchant id stays merchant-1"_s;
    typed = wholeProfile();
    typed.environment = Environment::Production;
    typed.baseUrl = models::defaultBaseUrl(typed.environment);
    QTest::newRow("another environment") << typed << u"environment stays Custom"_s;
    typed = wholeProfile();
    typed.baseUrl = QUrl(u"https://pay.example:9443/base"_s);
    QTest::newRow("another port") << typed << u"address stays https://pay.example:8443/base"_s;
    typed = wholeProfile();
    typed.baseUrl = QUrl(u"https://pay.example:8443/other"_s);
    QTest::newRow("another path") << typed << u"address stays"_s;
    typed = wholeProfile();
    typed.baseUrl = QUrl(u"https://PAY.example:8443/base/"_s);
    QTest::newRow("the same address in other letters") << typed << QString();
    typed = wholeProfile();
    typed.name = u"Renamed"_s;
    typed.clientId = u"client-2"_s;
    typed.redirectUrl = QUrl(u"https://shop.example/elsewhere"_s);
    typed.refundRoute = models::OutboxOptions::RefundRoute::ReversedPayment;
    typed.holdSeconds = 60;
    QTest::newRow("everything else") << typed << QString();
}

void TestProfiles::keepsTheMerchantOfRecords()
{
    QFETCH(Profile, typed);
    QFETCH(QString, refused);
    const QTemporaryDir directory;
    ProfileStore store(directory.path());
    QVERIFY(store.save(wholeProfile()).has_value());
    QVERIFY(makeLedger(store, typed.id, onePayment));
    QVERIFY(store.hasRecords(typed.id));
    const auto saved = store.save(typed);
    QCOMPARE(saved.has_value(), refused.isEmpty());
    QVERIFY(store.profiles().last() == (saved ? typed : wholeProfile()));
    if (saved)
        return;
    QVERIFY2(saved.error().contains(refused), qPrintable(saved.error()));
    QVERIFY(saved.error().contains(u"Make a new profile instead"_s));
}

void TestProfiles::isFreeWithoutRecords()
{
    const QTemporaryDir directory;
    ProfileStore store(directory.path());
    Profile profile = wholeProfile();
    QVERIFY(store.save(profile).has_value());
    QVERIFY(!store.hasRecords(profile.id));
    QVERIFY(makeLedger(store, profile.id, "SELECT 1"));
    QVERIFY(!store.hasRecords(profile.id));
    profile.merchantId = u"merchant-2"_s;
    profile.environment = Environment::LinkSandbox;
    profile.baseUrl = models::defaultBaseUrl(profile.environment);
    QVERIFY(store.save(profile).has_value());
    QVERIFY(store.profiles().last() == profile);
}

void TestProfiles::everyKindOfRecordCounts_data()
{
    QTest::addColumn<QByteArray>("sql");
    const QByteArray seen = " first_seen_at, last_read_at, last_source) VALUES(1, 'x', 1, 1, 'IMPORT')";
    QTest::newRow("payment") << QByteArray(onePayment);
    QTest::newRow("customer") << "INSERT INTO customers(key, id," + seen;
    QTest::newRow("payout") << "INSERT INTO payouts(key, id," + seen;
    QTest::newRow("audit") << QByteArray("INSERT INTO audit VALUES(1, 1, 'w', 'a', 's', '', '', '', x'00')");
}

void TestProfiles::everyKindOfRecordCounts()
{
    QFETCH(QByteArray, sql);
    const QTemporaryDir directory;
    const ProfileStore store(directory.path());
    QVERIFY(makeLedger(store, u"shop"_s, sql.constData()));
    QCOMPARE(models::ledgerHasRecords(store.ledgerFile(u"shop"_s)), (std::expected<bool, QString>(true)));
}

void TestProfiles::anUnreadableLedgerMayHaveRecords()
{
    const QTemporaryDir directory;
    ProfileStore store(directory.path());
    Profile profile = wholeProfile();
    QVERIFY(store.save(profile).has_value());
    store.folder(profile.id);
    QVERIFY(writeFile(store.ledgerFile(profile.id), "this is no ledger at all"));
    QVERIFY(store.hasRecords(profile.id));
    profile.merchantId = u"merchant-2"_s;
    const auto saved = store.save(profile);
    QVERIFY(!saved.has_value());
    QVERIFY(saved.error().contains(u"cannot be found out"_s));
    profile = wholeProfile();
    profile.holdSeconds = 5;
    QVERIFY(store.save(profile).has_value());
}

void TestProfiles::anotherConsoleDoesNotChangeWhatIsOpen()
{
    const QTemporaryDir directory;
    ProfileStore here(directory.path());
    ProfileStore there(directory.path());
    QVERIFY(there.save(wholeProfile()).has_value());
    QVERIFY(there.setCurrent(u"my-shop"_s));
    QVERIFY(here.save(named(u"second"_s, u"Second"_s)).has_value());
    QCOMPARE(here.profiles().size(), 3);
    QCOMPARE(here.current().environment, Environment::BuiltInSandbox);

    Profile corrected = wholeProfile();
    corrected.merchantId = u"merchant-2"_s;
    QVERIFY(there.save(corrected).has_value());
    QVERIFY(here.setCurrent(u"my-shop"_s));
    QCOMPARE(here.current().merchantId, u"merchant-2"_s);
}

void TestProfiles::neverLeavesItsDirectory()
{
    const QTemporaryDir directory;
    QVERIFY(writeFile(directory.filePath(u"profiles.ini"_s),
        "[General]\ncurrent=..\n\n[profiles]\n..\\name=Outside\n..\\environment=custom\ngood\\name="
        "Inside\ngood\\environment=custom\n"));
    const ProfileStore store(directory.path());
    QCOMPARE(store.profiles().size(), 2);
    QCOMPARE(store.profiles().last().name, u"Inside"_s);
    QCOMPARE(store.current().environment, Environment::BuiltInSandbox);
}

void TestProfiles::makesItsFoldersForTheOwnerOnly()
{
    constexpr QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    const QTemporaryDir directory;
    const QString data = directory.filePath(u"data"_s);
    const models::ProfileStore store(data);
    for (const QString &folder : {data, store.folder(store.current().id)}) {
        QVERIFY(QFile::exists(folder));
        QVERIFY(!(QFile::permissions(folder) & others));
    }
    QVERIFY(QFile::setPermissions(data, QFile::permissions(data) | QFile::ReadGroup | QFile::ExeGroup));
    const models::ProfileStore again(data);
    QVERIFY(QFile::permissions(data) & QFile::ReadGroup);
}

void TestProfiles::bringsWildNumbersIntoRange()
{
    const QTemporaryDir directory;
    QVERIFY(writeFile(directory.filePath(u"profiles.ini"_s),
        "[profiles]\nshop\\name=Shop\nshop\\environment=moon\nshop\\holdSeconds=-5\nshop\\maximumInFlight=100000\n"
        "shop\\refreshPerMinute=many\n"));
    const Profile profile = ProfileStore(directory.path()).profiles().last();
    QCOMPARE(profile.environment, Environment::Custom);
    QCOMPARE(profile.holdSeconds, 0);
    QCOMPARE(profile.maximumInFlight, 64);
    QCOMPARE(profile.refreshPerMinute, 0);
}

void TestProfiles::setsADamagedFileAside()
{
    const QTemporaryDir directory;
    const QString file = directory.filePath(u"profiles.ini"_s);
    for (const QString &aside : {u".damaged"_s, u".damaged-2"_s}) {
        const QByteArray damaged = "[profiles\nshop\\name=" + aside.toUtf8() + "\n";
        QVERIFY(writeFile(file, damaged));
        ProfileStore store(directory.path());
        QCOMPARE(contentOf(file + aside), damaged);
        QCOMPARE(store.profiles().size(), 1);
        QVERIFY(store.save(wholeProfile()).has_value());
        QCOMPARE(ProfileStore(directory.path()).profiles().size(), 2);
    }
}

void TestProfiles::saysThatItCannotWrite()
{
    const QTemporaryDir directory;
    // A file where a directory should be stops everybody, root too.
    QVERIFY(writeFile(directory.filePath(u"taken"_s), "x"));
    ProfileStore store(directory.filePath(u"taken/profiles"_s));
    QCOMPARE(store.profiles().size(), 1);
    const QSignalSpy changed(&store, &ProfileStore::changed);
    const auto saved = store.save(wholeProfile());
    QVERIFY(!saved.has_value());
    QVERIFY(saved.error().contains(u"could not be written"_s));
    QVERIFY(saved.error().contains(u"taken"_s));
    QCOMPARE(store.profiles().size(), 1);
    QCOMPARE(changed.size(), 0);
}

void TestProfiles::removesAProfileButNotItsLedger()
{
    const QTemporaryDir directory;
    ProfileStore store(directory.path());
    QVERIFY(store.save(wholeProfile()).has_value());
    QVERIFY(QDir().exists(store.folder(u"my-shop"_s)));
    const QString ledger = store.ledgerFile(u"my-shop"_s);
    QVERIFY(writeFile(ledger, "precious"));
    QVERIFY(store.remove(u"my-shop"_s).has_value());
    QCOMPARE(store.profiles().size(), 1);
    QCOMPARE(ProfileStore(directory.path()).profiles().size(), 1);
    QCOMPARE(contentOf(ledger), QByteArray("precious"));
    QCOMPARE(store.newId(u"My Shop"_s), u"my-shop-2"_s);
}

void TestProfiles::keepsViewSettingsPerProfile()
{
    const QTemporaryDir directory;
    ProfileStore store(directory.path());
    QVERIFY(store.save(wholeProfile()).has_value());
    store.setViewSetting(u"table/widths"_s, QByteArray("abc"));
    QVERIFY(store.setCurrent(u"my-shop"_s));
    QCOMPARE(store.viewSetting(u"table/widths"_s, u"none"_s).toString(), u"none"_s);
    QVERIFY(store.setCurrent(u"sandbox"_s));
    QCOMPARE(store.viewSetting(u"table/widths"_s).toByteArray(), QByteArray("abc"));
}

void TestProfiles::namesProblems_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::addColumn<QString>("fields");
    const auto row = [](const char *name, auto change, const QString &fields) {
        Profile profile = wholeProfile();
        change(profile);
        QTest::newRow(name) << profile << fields;
    };
    const auto address = [](const QString &text) { return [text](Profile &profile) { profile.baseUrl = QUrl(text); }; };
    row("whole", [](Profile &) { }, QString());
    row("no name", [](Profile &profile) { profile.name = u"  "_s; }, u"name"_s);
    row("no client id", [](Profile &profile) { profile.clientId.clear(); }, u"clientId"_s);
    row("blank merchant id", [](Profile &profile) { profile.merchantId = u" "_s; }, u"merchantId"_s);
    row("no address", address(QString()), u"baseUrl"_s);
    row("address without scheme", address(u"api.link.money"_s), u"baseUrl"_s);
    row("http to a foreign host", address(u"http://api.link.money"_s), u"baseUrl"_s);
    row("http to a host that only looks local", address(u"http://localhost.example.com"_s), u"baseUrl"_s);
    row("another scheme", address(u"ftp://api.link.money"_s), u"baseUrl"_s);
    row("file", address(u"file:///etc/passwd"_s), u"baseUrl"_s);
    row("user in the address", address(u"https://me@api.link.money"_s), u"baseUrl"_s);
    row("user and password in the address", address(u"https://me:word@api.link.money"_s), u"baseUrl"_s);
    row("http to this computer", address(u"http://127.0.0.1:8080"_s), QString());
    row("http to this computer, IPv6", address(u"http://[::1]:8080"_s), QString());
    row("http to this computer, by name", address(u"http://localhost:8080"_s), QString());
    row("no redirect", [](Profile &profile) { profile.redirectUrl.clear(); }, QString());
    row(
        "plain redirect", [](Profile &profile) { profile.redirectUrl = QUrl(u"http://shop.example"_s); },
        u"redirectUrl"_s);
    row(
        "nothing at all", [](Profile &profile) { profile = {.id = u"x"_s, .environment = Environment::Production}; },
        u"name baseUrl clientId merchantId"_s);
    const auto aggregation = [](const models::AggregationSettings &settings) {
        return [settings](Profile &profile) { profile.aggregation = settings; };
    };
    const models::AggregationSettings good{
        .baseUrl = QUrl(u"https://agg.example/api"_s), .clientId = u"CLI-1"_s, .tenants = {u"TNT-1"_s}};
    row("aggregation", aggregation(good), QString());
    row("aggregation begun", aggregation({.clientId = u"CLI-1"_s}), u"aggregationUrl aggregationTenants"_s);
    models::AggregationSettings bad = good;
    bad.baseUrl = QUrl(u"http://agg.example"_s);
    bad.proxyPrefix = u"/yodlee/../client"_s;
    bad.fastLinkUrl = QUrl(u"javascript:x"_s);
    row("aggregation, all wrong", aggregation(bad), u"aggregationUrl aggregationPrefix fastLinkUrl"_s);
    row("built-in needs nothing", [](Profile &profile) { profile = {.id = u"sandbox"_s}; }, QString());
}

void TestProfiles::namesProblems()
{
    QFETCH(Profile, profile);
    QFETCH(QString, fields);
    QCOMPARE(problemFields(profile), fields);
}

QTEST_GUILESS_MAIN(TestProfiles)
#include "tst_profiles.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"

#include "api/jsonreader.h"
#include "api/request.h"

#include <QTest>

using api::Json;

class TestJson : public QObject
{
    Q_OBJECT
private slots:
    void numbersKeepTheirText_data();
    void numbersKeepTheirText();
    void membersKeepTheirOrder();
    void textComesBackUnchanged_data();
    void textComesBackUnchanged();
    void brokenTextIsRefused_data();
    void brokenTextIsRefused();
    void nestingIsBounded();
    void absentIsNull();
    void prettyText();
    void times_data();
    void times();
    void paths_data();
    void paths();
};

void TestJson::numbersKeepTheirText_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"0", "12.50", "9007199254740993", "-9223372036854775808", "18446744073709551615",
             "123456789012345678901234567890", "1e2", "1.10", "0.1000", "-12.340E+05"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJson::numbersKeepTheirText()
{
    QFETCH(const QByteArray, text);
    const auto json = Json::parse(text);
    QVERIFY(json);
    QCOMPARE(json->type(), Json::Type::Number);
    QCOMPARE(json->text(), QString::fromLatin1(text));
    QCOMPARE(json->toText(), text);
}

void TestJson::membersKeepTheirOrder()
{
    const auto json = Json::parse(R"({"z":1,"a":{"y":[true,null]},"z":2})");
    QVERIFY(json);
    QCOMPARE(json->toText(), QByteArray(R"({"z":1,"a":{"y":[true,null]},"z":2})"));
    QCOMPARE((*json)[u"z"].text(), QStringLiteral("2"));
    QCOMPARE(json->members().size(), 3u);
}

void TestJson::textComesBackUnchanged_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("escapes") << QByteArray(R"("\"\\\n\u0000\u001f\u007f")");
    QTest::newRow("UTF-8") << QByteArray("\"\u00e9\U0001F600\"");
    QTest::newRow("empty things") << QByteArray(R"([{},[],"",{"":""}])");
}

void TestJson::textComesBackUnchanged()
{
    QFETCH(const QByteArray, text);
    const auto json = Json::parse(text);
    QVERIFY(json);
    QCOMPARE(json->toText(), text);
}

void TestJson::brokenTextIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("two values") << QByteArray("{} {}");
    QTest::newRow("cut") << QByteArray(R"({"a":1)");
    QTest::newRow("cut in a string") << QByteArray(R"({"a":"b)");
    QTest::newRow("trailing comma") << QByteArray("[1,]");
    QTest::newRow("comment") << QByteArray("/* */ 1");
    QTest::newRow("leading zero") << QByteArray("01");
    QTest::newRow("plus") << QByteArray("+1");
    QTest::newRow("not a number") << QByteArray("NaN");
    QTest::newRow("beyond any number") << QByteArray("1e999");
    QTest::newRow("bad UTF-8") << QByteArray("\"\xff\"");
    QTest::newRow("overlong UTF-8") << QByteArray("\"\xc0\xaf\"");
    QTest::newRow("surrogate in UTF-8") << QByteArray("\"\xed\xa0\x80\"");
    QTest::newRow("half a surrogate pair") << QByteArray(R"("\ud800")");
    QTest::newRow("control character") << QByteArray("\"\n\"");
    QTest::newRow("zero byte behind") << QByteArray("1\0", 2);
}

void TestJson::brokenTextIsRefused()
{
    QFETCH(const QByteArray, text);
    const auto json = Json::parse(text);
    QVERIFY(!json);
    QVERIFY(json.error().contains(QStringLiteral("byte")));
}

void TestJson::nestingIsBounded()
{
    const auto nested = [](qsizetype depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    QVERIFY(Json::parse(nested(64)));
    const auto deeper = Json::parse(nested(65));
    QVERIFY(!deeper);
    QVERIFY(deeper.error().contains(QStringLiteral("64")));
    QVERIFY(!Json::parse(QByteArray(1'000'000, '[')));
}

void TestJson::absentIsNull()
{
    const auto json = Json::parse(R"({"a":"text"})");
    QVERIFY((*json)[u"b"][u"c"].isNull());
    QCOMPARE((*json)[u"a"].boolean(), false);
    QVERIFY((*json)[u"a"].items().empty());
    QVERIFY(Json().text().isEmpty());
    QCOMPARE(Json().toText(), QByteArray("null"));
}

void TestJson::prettyText()
{
    QCOMPARE(Json::parse(R"({"a":[1,{}],"b":"c"})")->toPrettyText(),
        QStringLiteral("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": \"c\"\n}"));
}

void TestJson::times_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("utc"); // -1: refused
    const auto row = [](const char *text, qint64 utc) { QTest::newRow(text) << QString::fromLatin1(text) << utc; };
    row("1970-01-01T00:00:00Z", 0);
    row("2017-09-14T17:14:39.688+0200", 1'505'402'079'688);
    row("2017-09-14T17:14:39.688+02:00", 1'505'402'079'688);
    row("2017-09-14T15:14:39.688Z", 1'505'402'079'688);
    row("2017-09-14T15:14:39Z", 1'505'402'079'000);
    row("2017-09-14T15:14:39.6Z", 1'505'402'079'600);
    row("2017-09-14T15:14:39.688999999Z", 1'505'402'079'688);
    row("2017-09-14T12:14:39-0300", 1'505'402'079'000);
    row("2017-09-14T12:14:39-03", 1'505'402'079'000);
    row("2017-09-14T15:14:39", 1'505'402'079'000);
    row("2017-09-14 15:14Z", 1'505'402'040'000);
    row("2017-09-14", 1'505'347'200'000);
    row("2016-02-29T00:00:00Z", 1'456'704'000'000);
    row("2017-02-29T00:00:00Z", -1);
    row("2017-09-14T24:00:00Z", -1);
    row("2017-09-14T15:14:39.Z", -1);
    row("2017-09-14T15:14:39+2", -1);
    row("2017-09-14T15:14:39Zulu", -1);
    row("2017-09-14T", -1);
    row("14.09.2017", -1);
    row("1505402079", -1);
    row("-2017-09-14", -1);
}

void TestJson::times()
{
    QFETCH(const QString, text);
    QTEST(api::parseIsoTime(text).value_or(-1), "utc");
}

void TestJson::paths_data()
{
    QTest::addColumn<QString>("segment");
    QTest::addColumn<QByteArray>("encoded");
    QTest::newRow("plain") << QStringLiteral("763743") << QByteArray("/v1/things/763743");
    QTest::newRow("slash") << QStringLiteral("a/b") << QByteArray("/v1/things/a%2Fb");
    QTest::newRow("query and fragment") << QStringLiteral("a?b#c%") << QByteArray("/v1/things/a%3Fb%23c%25");
    QTest::newRow("other letters") << QStringLiteral("\u00e9") << QByteArray("/v1/things/%C3%A9");
    QTest::newRow("line feed") << QStringLiteral("a\r\nb") << QByteArray("/v1/things/a%0D%0Ab");
    QTest::newRow("three dots") << QStringLiteral("...") << QByteArray("/v1/things/...");
    QTest::newRow("one dot") << QStringLiteral(".") << QByteArray();
    QTest::newRow("two dots") << QStringLiteral("..") << QByteArray();
    QTest::newRow("empty") << QString() << QByteArray();
}

void TestJson::paths()
{
    QFETCH(const QString, segment);
    QTEST(api::path({u"v1", u"things", segment}), "encoded");
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"

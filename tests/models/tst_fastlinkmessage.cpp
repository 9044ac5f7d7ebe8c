// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fastlinkmessage.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::FastLinkMessage;
using models::FastLinkOutcome;
using Kind = FastLinkMessage::Kind;

namespace {

const QByteArray success = "{'providerId': 16441, 'providerName': 'FinBank', 'requestId': 'r1',"
                           " 'providerAccountId': 10016, 'status': 'SUCCESS',"
                           " 'additionalStatus': 'ACCT_SUMMARY_RECEIVED', 'fnToCall': 'accountStatus'}";
const QByteArray closed = "{'action': 'exit', 'fnToCall': 'accountStatus', 'sites': [{'providerId': '16441',"
                          " 'providerName': 'FinBank', 'requestId': 'r1', 'providerAccountId': '10016',"
                          " 'status': 'SUCCESS', 'additionalStatus': 'ACCT_SUMMARY_RECEIVED'}]}";
const QByteArray failed = "{'providerName': 'FinBank', 'requestId': 'r1', 'status': 'FAILED',"
                          " 'additionalStatus': 'USER_ACTION_NEEDED_AT_SITE', 'reason': 'Sign in at your bank'}";

QByteArray envelope(const QByteArray &data)
{
    return "{'type': 'POST_MESSAGE', 'data': " + data + '}';
}

// JSON is written with single quotes here.
QByteArray quoted(QByteArray json)
{
    return json.replace('\'', '"');
}

QByteArray asText(QByteArray json)
{
    return '"' + quoted(std::move(json)).replace('\\', "\\\\").replace('"', "\\\"") + '"';
}

FastLinkMessage read(const QByteArray &json)
{
    const auto message = models::readFastLinkMessage(quoted(json));
    if (!message)
        qFatal("%s", qPrintable(message.error()));
    return *message;
}

} // namespace

//! Reference 2.7.2 and 2.7.3.
class tst_FastLinkMessage : public QObject
{
    Q_OBJECT

private slots:
    void shapes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("sites");
        const auto row = [](const char *name, const QByteArray &json, Kind kind, int sites) {
            QTest::newRow(name) << json << int(kind) << sites;
        };
        row("success, bare", success, Kind::Success, 1);
        row("success in an envelope", envelope(success), Kind::Success, 1);
        row("success as text in an envelope", envelope(asText(success)), Kind::Success, 1);
        row("an envelope as text", asText(envelope(success)), Kind::Success, 1);
        row("text in text", asText(asText(success)), Kind::Success, 1);
        row("the loader's success", "{'type': 'onSuccess', 'data': " + success + '}', Kind::Success, 1);
        row("the loader's error", "{'type': 'onError', 'data': {'reason': 'x'}}", Kind::Failure, 0);
        row("the loader's exit", "{'type': 'onExit', 'data': {}}", Kind::Exit, 0);
        row("the loader's close", "{'type': 'onClose', 'data': " + closed + '}', Kind::Exit, 1);
        row("failure", envelope(failed), Kind::Failure, 1);
        row("exit with sites", envelope(closed), Kind::Exit, 1);
        row("exit without sites", "{'action': 'exit', 'status': 'USER_CLOSE_ACTION'}", Kind::Exit, 0);
        row("resize", "{'fnToCall': 'resizeIframeWindow', 'app': 'fastlink', 'height': 700}", Kind::Progress, 0);
        row("external", "{'type': 'OPEN_EXTERNAL_URL', 'data': {'url': 'https://bank.example/a'}}", Kind::ExternalPage,
            0);
        row("bank oauth", "{'type': 'BANK_OAUTH_URL', 'data': {'url': 'https://bank.example/a'}}", Kind::ExternalPage,
            0);
        row("external as an event",
            "{'type': 'onEvent', 'data': {'type': 'OPEN_EXTERNAL_URL', 'data':"
            " {'url': 'https://bank.example/a'}}}",
            Kind::ExternalPage, 0);
        row("external, flat",
            "{'type': 'onEvent', 'data': {'type': 'OPEN_EXTERNAL_URL',"
            " 'url': 'https://bank.example/a'}}",
            Kind::ExternalPage, 0);
        row("unknown", "{'type': 'NEWS', 'data': {'a': [1, 2]}}", Kind::Progress, 0);
    }

    void shapes()
    {
        QFETCH(QByteArray, json);
        const FastLinkMessage message = read(json);
        QTEST(int(message.kind), "kind");
        QTEST(int(message.sites.size()), "sites");
        if (message.kind == Kind::ExternalPage)
            QCOMPARE(message.url, QUrl(u"https://bank.example/a"_s));
    }

    void idsAreTextWhateverTheyWere()
    {
        QCOMPARE(read(success).sites, read(closed).sites);
        QCOMPARE(read("{'providerAccountId': 9007199254740993}").sites.constFirst().providerAccountId,
            u"9007199254740993"_s);
        const models::FastLinkSite old = read("{'siteAccountId': 7, 'bankName': 'Old', 'statusCode': 'X'}")
                                             .sites.constFirst();
        QCOMPARE(old.providerAccountId, u"7"_s);
        QCOMPARE(old.providerName, u"Old"_s);
        QCOMPARE(old.additionalStatus, u"X"_s);
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("nothing") << QByteArray() << u"not JSON"_s;
        QTest::newRow("no json") << QByteArray("hello") << u"not JSON"_s;
        QTest::newRow("cut") << success.left(40) << u"not JSON"_s;
        QTest::newRow("a list") << QByteArray("[1]") << u"unknown shape"_s;
        QTest::newRow("a number") << QByteArray("17") << u"unknown shape"_s;
        QTest::newRow("data is a list") << envelope("[1]") << u"unknown shape"_s;
        QTest::newRow("data is text") << envelope("'hello'") << u"not JSON"_s;
        QTest::newRow("text in text in text") << asText(asText(asText(success))) << u"unknown shape"_s;
        QTest::newRow("too deep") << QByteArray("{'a':").repeated(80) + '1' + QByteArray("}").repeated(80)
                                  << u"not JSON"_s;
        QTest::newRow("a megabyte") << "{'a': '" + QByteArray(1 << 20, 'x') + "'}" << u"more than 64 KB"_s;
        const auto external = [](const QByteArray &url) {
            return "{'type': 'OPEN_EXTERNAL_URL', 'data': {'url': '" + url + "'}}";
        };
        QTest::newRow("script") << external("javascript:alert(1)") << u"begins with javascript:"_s;
        QTest::newRow("file") << external("file:///etc/passwd") << u"begins with file:"_s;
        QTest::newRow("http") << external("http://bank.example/") << u"not encrypted"_s;
        QTest::newRow("user name") << external("https://bank.example@evil.example/") << u"user name"_s;
        QTest::newRow("relative") << external("/etc") << u"whole web address"_s;
        QTest::newRow("no page") << QByteArray("{'type': 'BANK_OAUTH_URL', 'data': {}}") << u"whole web address"_s;
    }

    void refused()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, sentence);
        const auto message = models::readFastLinkMessage(quoted(json));
        QVERIFY(!message.has_value());
        QVERIFY2(message.error().contains(sentence), qPrintable(message.error()));
    }

    void longAndHiddenTextIsCut()
    {
        const FastLinkMessage message = read(
            "{'action': 'exit', 'status': 'A\\u202eB\\n C', 'reason': '" + QByteArray(5'000, 'x') + "'}");
        QCOMPARE(message.status, u"AB C"_s);
        QCOMPARE(message.reason.size(), 256);
    }

    void successAndExitInEitherOrder_data()
    {
        QTest::addColumn<QByteArrayList>("messages");
        QTest::addColumn<bool>("linked");
        QTest::addColumn<bool>("exited");
        QTest::addColumn<QString>("account");
        const auto row = [](const char *name, const QByteArrayList &messages, bool linked, bool exited,
                             const QString &account) {
            QTest::newRow(name) << messages << linked << exited << account;
        };
        const QByteArray bareExit = "{'action': 'exit', 'status': 'SUCCESS'}";
        row("nothing yet", {}, false, false, u"has not ended yet"_s);
        row("success, exit", {success, closed}, true, true, u"FinBank was linked."_s);
        row("exit, success", {closed, success}, true, true, u"FinBank was linked."_s);
        row("bare exit, success", {bareExit, success}, true, true, u"FinBank was linked."_s);
        row("only exit", {closed}, true, true, u"FinBank was linked."_s);
        row("only success", {success}, true, false, u"FinBank was linked."_s);
        row("all twice", {success, success, closed, closed}, true, true, u"FinBank was linked."_s);
        row("failure, then success", {failed, success, bareExit}, true, true, u"FinBank was linked."_s);
        row("failure", {failed, "{'action': 'exit'}"}, false, true, u"FinBank was not linked: Sign in at"_s);
        row("left", {"{'action': 'exit', 'status': 'USER_CLOSE_ACTION'}"}, false, true, u"customer left"_s);
        row("broken", {"{'type': 'onError', 'data': {'status': 'FAILED', 'reason': 'No script'}}"}, false, false,
            u"FastLink failed: No script."_s);
        row("exit about nothing", {"{'action': 'exit'}"}, false, true, u"without naming a bank"_s);
    }

    void successAndExitInEitherOrder()
    {
        QFETCH(QByteArrayList, messages);
        QFETCH(QString, account);
        FastLinkOutcome outcome;
        for (const QByteArray &json : std::as_const(messages))
            outcome.take(read(json));
        QTEST(outcome.linked(), "linked");
        QTEST(outcome.exited(), "exited");
        QVERIFY2(outcome.account().contains(account), qPrintable(outcome.account()));
        QVERIFY(outcome.sites().size() <= 1);
    }
};

QTEST_APPLESS_MAIN(tst_FastLinkMessage)
#include "tst_fastlinkmessage.moc"

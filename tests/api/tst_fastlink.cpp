// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/fastlink.h"

#include "tests/api/exchanges.h"

using api::FastLinkVariant;

namespace {

const api::LoginName fastLinkUser(QStringLiteral("shopper-1"));

} // namespace

Q_DECLARE_METATYPE(api::FastLinkVariant)

class TestFastLink : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void everyVariantIsSpoken_data();
    void everyVariantIsSpoken();
    void everyShapeIsRead_data();
    void everyShapeIsRead();
    void badAnswersAreRefused_data();
    void badAnswersAreRefused();
    void failures_data() { addFailureRows(QStringLiteral("aggregation")); }
    void failures()
    {
        checkFailure(
            QStringLiteral("fastlink-reference"), api::createFastLinkSession(fastLinkUser, FastLinkVariant::Reference));
    }
};

void TestFastLink::everyVariantIsSpoken_data()
{
    QTest::addColumn<FastLinkVariant>("variant");
    QTest::addColumn<QString>("recording");
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("reference") << FastLinkVariant::Reference << QStringLiteral("fastlink-reference")
                               << QByteArray("fl-token-1");
    QTest::newRow("quickstart") << FastLinkVariant::Quickstart << QStringLiteral("fastlink-quickstart")
                                << QByteArray("fl-token-2");
    QTest::newRow("guide") << FastLinkVariant::Guide << QStringLiteral("fastlink-guide") << QByteArray("fl-token-3");
}

void TestFastLink::everyVariantIsSpoken()
{
    QFETCH(const FastLinkVariant, variant);
    QFETCH(const QString, recording);
    const auto session = play(recording, api::createFastLinkSession(fastLinkUser, variant));
    QVERIFY(session && *session);
    QTEST((*session)->accessToken, "token");
    QCOMPARE((*session)->url.isEmpty(), variant == FastLinkVariant::Quickstart);
    QCOMPARE((*session)->configName.isEmpty(), variant != FastLinkVariant::Guide);
}

void TestFastLink::everyShapeIsRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("url");
    const auto row = [](const char *name, const char *body, const char *url) {
        QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(url);
    };
    row("wrapped", R"({"fastlinkConfiguration":{"accessToken":"t","fastLinkURL":"https://f.example.com/x"}})",
        "https://f.example.com/x");
    row("at top level", R"({"accessToken":"t","fastLinkURL":"https://f.example.com/x"})", "https://f.example.com/x");
    row("older name", R"({"fastlink_token":"t","fastLinkURL":"https://f.example.com/x"})", "https://f.example.com/x");
    row("older name, wrapped", R"({"fastlinkConfiguration":{"fastlink_token":"t"}})", "");
    row("this computer", R"({"accessToken":"t","fastLinkURL":"http://127.0.0.1:81/x"})", "http://127.0.0.1:81/x");
    row("localhost", R"({"accessToken":"t","fastLinkURL":"http://localhost:81/x"})", "http://localhost:81/x");
}

void TestFastLink::everyShapeIsRead()
{
    QFETCH(const QByteArray, body);
    const auto session = api::readFastLinkSession(*api::Json::parse(body));
    QVERIFY(session);
    QCOMPARE(session->accessToken, QByteArray("t"));
    QTEST(session->url.toString(), "url");
}

void TestFastLink::badAnswersAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const char *body, const char *field) {
        QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(field);
    };
    row("nothing", "{}", "accessToken");
    row("empty token", R"({"accessToken":""})", "accessToken");
    row("token with a quote", R"({"accessToken":"a\"><script>"})", "accessToken");
    row("token with a line break", R"({"accessToken":"a\nb"})", "accessToken");
    row("plain http", R"({"accessToken":"t","fastLinkURL":"http://f.example.com/"})", "fastLinkURL");
    row("script", R"({"accessToken":"t","fastLinkURL":"data:text/html,x"})", "fastLinkURL");
    row("file", R"({"accessToken":"t","fastLinkURL":"file:///etc/passwd"})", "fastLinkURL");
    row("user info", R"({"accessToken":"t","fastLinkURL":"https://bank.example@evil.example/"})", "fastLinkURL");
    row("no host", R"({"accessToken":"t","fastLinkURL":"https:///x"})", "fastLinkURL");
}

void TestFastLink::badAnswersAreRefused()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, field);
    checkComplaint(api::readFastLinkSession, body, field);
}

QTEST_GUILESS_MAIN(TestFastLink)
#include "tst_fastlink.moc"

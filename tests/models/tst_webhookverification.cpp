// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/webhookverification.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using api::WebhookDelivery;
using models::VerdictKind;
using models::WebhookScheme;

namespace {

// Worked out with "openssl dgst -hmac" and Python's hmac, not with the code under test.
const QByteArray body = "{\"id\":\"7f8d0c52-6a0e-4d0e-9f5e-2f1d9b3f6a11\",\"eventType\":\"payment.succeeded\","
                        "\"metadata\":{\"resourceId\":\"pay-1\",\"resourceType\":\"payment\"}}";
const QByteArray secret = "s3cret with spaces";
const QByteArray timestamp = "1795240800";
const QByteArray uniqueId = "0b5c2f0e-1111-4222-8333-444455556666";
constexpr qint64 signedAt = 1'795'240'800'000;

const QByteArray sha256BodyHex = "300cfde8d40cc884ead37ddb7a726f6e79da253c528fb000222fb1ed6a5357eb";
const QByteArray sha256BodyBase64 = "MAz96NQMyITq033benJvbnnaJTxSj7AAIi+x7WpTV+s=";
const QByteArray sha256TimeHex = "154e8103464e6e901b33d10028986597f4d96e5cc9bea2f09806c403eb581f6e";
const QByteArray sha512BodyHex = "b8f57127cd9cffd06e29c543662e36890eafc1d2b678f71f4d6f479e80496fba"
                                 "31286d1be658505863f93d9ce07c69ce6566ea9ee9cc47d3470b5c61c72846d7";
const QByteArray sha512IdBase64 = "LOpfV2MEJV2tknBhh4up2lEGPaTJZXOomHbKw4ADcZqcESO+"
                                  "ZiwtcWT82z4j4J8ub9aeFcP1a3Fva1sznGFPSg==";

WebhookDelivery delivery(const QList<api::HeaderLine> &headers, qint64 receivedAt = signedAt + 1000)
{
    return {.headers = headers, .body = body, .receivedAt = receivedAt};
}

WebhookScheme hashOfBody(WebhookScheme::Hash hash, WebhookScheme::Encoding encoding)
{
    return {.kind = WebhookScheme::Kind::Signature,
        .signatureHeader = u"X-Signature"_s,
        .hash = hash,
        .encoding = encoding};
}

WebhookScheme observedScheme()
{
    return models::schemePresets(models::WebhookFamily::PayByBank).first().scheme;
}

QList<api::HeaderLine> observedHeaders(const QByteArray &signature = sha512IdBase64)
{
    return {{"Content-Type", "application/json"}, {"X-Signature", signature}, {"X-Signature-Timestamp", timestamp},
        {"X-Signature-UniqueId", uniqueId}};
}

} // namespace

class tst_WebhookVerification : public QObject
{
    Q_OBJECT

private slots:
    void everySchemeFitsItsVector_data();
    void everySchemeFitsItsVector();
    void whatDoesNotFitSaysWhy_data();
    void whatDoesNotFitSaysWhy();
    void theClockLimitHoldsBothWays_data();
    void theClockLimitHoldsBothWays();
    void nothingIsCheckedWithoutASchemeOrASecret();
    void aVerifiedIdIsHandedOn();
    void theHelperFindsTheScheme_data();
    void theHelperFindsTheScheme();
    void theHelperSaysWhatWouldBeRefused();
    void theHelperFindsNothingWithAnotherSecret();
    void schemesSurviveStorage();
    void unreadableSchemesCheckNothing_data();
    void unreadableSchemesCheckNothing();
    void presetsCanBeUsed();
    void incompleteSchemesSayWhatIsMissing();
};

void tst_WebhookVerification::everySchemeFitsItsVector_data()
{
    using enum WebhookScheme::Hash;
    using enum WebhookScheme::Encoding;
    QTest::addColumn<WebhookScheme>("scheme");
    QTest::addColumn<QList<api::HeaderLine>>("headers");
    const auto row = [](const char *name, const WebhookScheme &scheme, const QList<api::HeaderLine> &headers) {
        QTest::newRow(name) << scheme << headers;
    };
    row("sha256 hex", hashOfBody(Sha256, Hex), {{"x-signature", sha256BodyHex}});
    row("upper case hex", hashOfBody(Sha256, Hex), {{"x-signature", sha256BodyHex.toUpper()}});
    row("sha256 base64", hashOfBody(Sha256, Base64), {{"x-signature", sha256BodyBase64}});
    row("url-safe base64", hashOfBody(Sha256, Base64),
        {{"x-signature", QByteArray(sha256BodyBase64).replace('+', '-').replace('/', '_')}});
    row("sha512 hex", hashOfBody(Sha512, Hex), {{"X-SIGNATURE", sha512BodyHex}});
    WebhookScheme prefixed = hashOfBody(Sha256, Hex);
    prefixed.prefix = u"sha256="_s;
    row("with its prefix", prefixed, {{"x-signature", "sha256=" + sha256BodyHex}});
    row("the prefix may be missing", prefixed, {{"x-signature", sha256BodyHex}});
    WebhookScheme timed = hashOfBody(Sha256, Hex);
    timed.content = WebhookScheme::Signed::TimestampBody;
    timed.timestampHeader = u"x-time"_s;
    row("timestamp.body", timed, {{"x-signature", sha256TimeHex}, {"x-time", timestamp}});
    row("as observed", observedScheme(), observedHeaders());
    const WebhookScheme shared{.kind = WebhookScheme::Kind::SharedSecret, .signatureHeader = u"x-secret"_s};
    row("the secret itself, with spaces in it", shared, {{"X-Secret", secret}});
}

void tst_WebhookVerification::everySchemeFitsItsVector()
{
    QFETCH(WebhookScheme, scheme);
    QFETCH(QList<api::HeaderLine>, headers);
    const models::Verdict verdict = models::verifyDelivery(delivery(headers), scheme, secret);
    QVERIFY2(verdict.kind == VerdictKind::Verified, qPrintable(verdict.reason));
    WebhookDelivery changed = delivery(headers);
    changed.body.replace("pay-1", "pay-2");
    const bool signs = scheme.kind == WebhookScheme::Kind::Signature;
    QCOMPARE(models::verifyDelivery(changed, scheme, secret).kind, signs ? VerdictKind::Failed : VerdictKind::Verified);
    QCOMPARE(models::verifyDelivery(delivery(headers), scheme, "another secret").kind, VerdictKind::Failed);
}

void tst_WebhookVerification::whatDoesNotFitSaysWhy_data()
{
    QTest::addColumn<QList<api::HeaderLine>>("headers");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QList<api::HeaderLine> &headers, const QString &says) {
        QTest::newRow(name) << headers << says;
    };
    row("no signature", {}, u"x-signature is missing"_s);
    QList<api::HeaderLine> twice = observedHeaders();
    twice.append(api::HeaderLine{"x-signature", "AAAA"});
    row("two signatures", twice, u"more than once"_s);
    row("no time", {{"x-signature", sha512IdBase64}, {"x-signature-uniqueid", uniqueId}},
        u"x-signature-timestamp is missing"_s);
    row("a time in words", {{"x-signature", sha512IdBase64}, {"x-signature-timestamp", "noon"}}, u"holds no time"_s);
    row("a time too long", {{"x-signature", sha512IdBase64}, {"x-signature-timestamp", QByteArray(40, '9')}},
        u"holds no time"_s);
    row("no id", {{"x-signature", sha512IdBase64}, {"x-signature-timestamp", timestamp}},
        u"x-signature-uniqueid is missing"_s);
    row("not base64", observedHeaders("!!!!"), u"no signature of this kind"_s);
    row("empty", observedHeaders(""), u"no signature of this kind"_s);
    row("too short", observedHeaders("AAAAAAAAAAAAAAAA"), u"12 bytes where 64 are expected"_s);
    row("too long", observedHeaders(QByteArray(100, 'A')), u"75 bytes where 64 are expected"_s);
    row("of another content",
        observedHeaders("uPVxJ82c/9BuKcVDZi42iQ6vwdK2ePcfTW9HnoBJb7oxKG0b5lhQWGP5PZzgfGnOZWbqnunMR9NHC1xhxyhG1w=="),
        u"does not fit the content"_s);
}

void tst_WebhookVerification::whatDoesNotFitSaysWhy()
{
    QFETCH(QList<api::HeaderLine>, headers);
    QFETCH(QString, says);
    const models::Verdict verdict = models::verifyDelivery(delivery(headers), observedScheme(), secret);
    QCOMPARE(verdict.kind, VerdictKind::Failed);
    QVERIFY2(verdict.reason.contains(says), qPrintable(verdict.reason));
    QVERIFY(verdict.signatureId.isEmpty());
}

void tst_WebhookVerification::theClockLimitHoldsBothWays_data()
{
    QTest::addColumn<qint64>("receivedAt");
    QTest::addColumn<int>("limit");
    QTest::addColumn<bool>("verified");
    QTest::newRow("at once") << signedAt << 300 << true;
    QTest::newRow("at the limit") << signedAt + 300'000 << 300 << true;
    QTest::newRow("past it") << signedAt + 301'000 << 300 << false;
    QTest::newRow("a clock ahead, within it") << signedAt - 300'000 << 300 << true;
    QTest::newRow("a clock too far ahead") << signedAt - 301'000 << 300 << false;
    QTest::newRow("without a limit") << signedAt + 900'000'000 << 0 << true;
}

void tst_WebhookVerification::theClockLimitHoldsBothWays()
{
    QFETCH(qint64, receivedAt);
    QFETCH(int, limit);
    WebhookScheme scheme = observedScheme();
    scheme.clockSkewSeconds = limit;
    const models::Verdict verdict = models::verifyDelivery(delivery(observedHeaders(), receivedAt), scheme, secret);
    QTEST(verdict.kind == VerdictKind::Verified, "verified");
}

void tst_WebhookVerification::nothingIsCheckedWithoutASchemeOrASecret()
{
    const models::Verdict noScheme = models::verifyDelivery(delivery(observedHeaders()), {}, secret);
    QCOMPARE(noScheme.kind, VerdictKind::NotChecked);
    QVERIFY(!noScheme.reason.isEmpty());
    const models::Verdict noSecret = models::verifyDelivery(delivery(observedHeaders()), observedScheme(), {});
    QCOMPARE(noSecret.kind, VerdictKind::NotChecked);
    QVERIFY(noSecret.reason.contains(u"secret"_s));
}

void tst_WebhookVerification::aVerifiedIdIsHandedOn()
{
    QCOMPARE(models::verifyDelivery(delivery(observedHeaders()), observedScheme(), secret).signatureId, uniqueId);
}

void tst_WebhookVerification::theHelperFindsTheScheme_data()
{
    everySchemeFitsItsVector_data();
}

void tst_WebhookVerification::theHelperFindsTheScheme()
{
    QFETCH(WebhookScheme, scheme);
    QFETCH(QList<api::HeaderLine>, headers);
    headers.append(api::HeaderLine{"User-Agent", "sender/1.0"});
    headers.append(api::HeaderLine{"X-Request-Id", "abc"});
    const auto fitting = models::whatWouldMatch(delivery(headers), secret);
    QCOMPARE(fitting.size(), 1);
    const WebhookScheme &found = fitting.first().scheme;
    QCOMPARE(found.kind, scheme.kind);
    QCOMPARE(found.signatureHeader.toLower(), scheme.signatureHeader.toLower());
    QCOMPARE(found.hash, scheme.hash);
    QCOMPARE(found.encoding, scheme.encoding);
    QCOMPARE(found.content, scheme.content);
    QCOMPARE(found.timestampHeader.toLower(), scheme.timestampHeader.toLower());
    QCOMPARE(found.idHeader.toLower(), scheme.idHeader.toLower());
    QCOMPARE(fitting.first().note, QString());
    QCOMPARE(models::verifyDelivery(delivery(headers), found, secret).kind, VerdictKind::Verified);
}

void tst_WebhookVerification::theHelperSaysWhatWouldBeRefused()
{
    const auto fitting = models::whatWouldMatch(delivery(observedHeaders(), signedAt + 720'000), secret);
    QCOMPARE(fitting.size(), 1);
    QVERIFY2(fitting.first().note.contains(u"720 s"_s), qPrintable(fitting.first().note));
}

void tst_WebhookVerification::theHelperFindsNothingWithAnotherSecret()
{
    QVERIFY(models::whatWouldMatch(delivery(observedHeaders()), "another").isEmpty());
    QVERIFY(models::whatWouldMatch(delivery(observedHeaders()), {}).isEmpty());
    QVERIFY(models::whatWouldMatch(delivery({}), secret).isEmpty());
}

void tst_WebhookVerification::schemesSurviveStorage()
{
    for (const auto family : {models::WebhookFamily::PayByBank, models::WebhookFamily::Aggregation}) {
        for (const models::SchemePreset &preset : models::schemePresets(family))
            QCOMPARE(models::schemeOfStored(models::storedScheme(preset.scheme)), preset.scheme);
    }
}

void tst_WebhookVerification::unreadableSchemesCheckNothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("not JSON") << u"{"_s;
    QTest::newRow("an unknown kind") << u"{\"kind\":\"quantum\",\"signatureHeader\":\"x\"}"_s;
    QTest::newRow("a list") << u"[1,2]"_s;
}

void tst_WebhookVerification::unreadableSchemesCheckNothing()
{
    QFETCH(QString, text);
    QCOMPARE(models::schemeOfStored(text).kind, WebhookScheme::Kind::None);
}

void tst_WebhookVerification::presetsCanBeUsed()
{
    for (const auto family : {models::WebhookFamily::PayByBank, models::WebhookFamily::Aggregation}) {
        const auto presets = models::schemePresets(family);
        QVERIFY(presets.size() >= 3);
        QCOMPARE(presets.last().scheme.kind, WebhookScheme::Kind::None);
        for (const models::SchemePreset &preset : presets) {
            QCOMPARE(models::schemeProblem(preset.scheme), QString());
            QVERIFY(!preset.title.isEmpty() && !preset.why.isEmpty());
            QVERIFY(!models::schemeText(preset.scheme).isEmpty());
        }
    }
    const WebhookScheme observed = observedScheme();
    QCOMPARE(observed.signatureHeader, u"x-signature"_s);
    QCOMPARE(observed.clockSkewSeconds, 300);
    QCOMPARE(models::schemePresets(models::WebhookFamily::Aggregation).first().scheme.signatureHeader,
        u"x-webhook-verification"_s);
}

void tst_WebhookVerification::incompleteSchemesSayWhatIsMissing()
{
    WebhookScheme scheme = observedScheme();
    scheme.idHeader.clear();
    QVERIFY(models::schemeProblem(scheme).contains(u"id"_s));
    scheme.timestampHeader = u"x time"_s;
    QVERIFY(models::schemeProblem(scheme).contains(u"time"_s));
    scheme.signatureHeader = u"x-signature\r\nx-evil"_s;
    QVERIFY(models::schemeProblem(scheme).contains(u"signature"_s));
}

QTEST_GUILESS_MAIN(tst_WebhookVerification)
#include "tst_webhookverification.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/signing.h"
#include "tests/sandbox/handhmac.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

// The signatures of deliveries, against an HMAC written out here and against published test vectors.
class tst_Signatures : public QObject
{
    Q_OBJECT

private slots:
    void anotherHmacAgrees_data();
    void anotherHmacAgrees();
    void thePublishedVectorsAgree_data();
    void thePublishedVectorsAgree();
    void theHeadersHaveTheirNames_data();
    void theHeadersHaveTheirNames();
    void theSchemesKnowTheirNames();
    void onlyTokensAreHeaderNames();
};

void tst_Signatures::anotherHmacAgrees_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("plain") << QByteArray("s3cret") << QByteArray(R"({"id":"a"})");
    QTest::newRow("spaces around") << QByteArray(" two words ") << QByteArray(R"({"id":"a"})");
    QTest::newRow("longer than a block") << QByteArray(300, 'k') << QByteArray("{}");
    QTest::newRow("beyond ASCII") << QByteArray("schl\xc3\xbcssel") << QByteArray("{\"name\":\"\xe2\x82\xac\"}");
    QTest::newRow("empty body") << QByteArray("s") << QByteArray();
}

void tst_Signatures::anotherHmacAgrees()
{
    QFETCH(const QByteArray, secret);
    QFETCH(const QByteArray, body);
    const sandbox::Signable what{
        .secret = {secret.data(), static_cast<std::size_t>(secret.size())},
        .uniqueId = "11111111-2222",
        .unixSeconds = 1'700'000'000,
        .body = {body.data(), static_cast<std::size_t>(body.size())},
    };
    const auto stamped = sandbox::signatureHeaders({}, what);
    QCOMPARE(QByteArray::fromStdString(stamped.at(0).second),
        tests::handHmacSha512(secret, "11111111-2222.1700000000." + body).toBase64());
    const auto plain = sandbox::signatureHeaders({.scheme = sandbox::SignatureScheme::HmacSha256Hex}, what);
    QCOMPARE(QByteArray::fromStdString(plain.at(0).second), "sha256=" + tests::handHmacSha256(secret, body).toHex());
    const auto shared = sandbox::signatureHeaders({.scheme = sandbox::SignatureScheme::SharedSecret}, what);
    QCOMPARE(QByteArray::fromStdString(shared.at(0).second), secret);
}

// RFC 4231.
void tst_Signatures::thePublishedVectorsAgree_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("mac");
    QTest::newRow("case 1") << QByteArray(20, '\x0b') << QByteArray("Hi There")
                            << QByteArray("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    QTest::newRow("case 2") << QByteArray("Jefe") << QByteArray("what do ya want for nothing?")
                            << QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

void tst_Signatures::thePublishedVectorsAgree()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, mac);
    const auto headers = sandbox::signatureHeaders({.scheme = sandbox::SignatureScheme::HmacSha256Hex, .prefix = ""},
        {.secret = {key.data(), static_cast<std::size_t>(key.size())},
            .uniqueId = "",
            .body = {text.data(), static_cast<std::size_t>(text.size())}});
    QCOMPARE(QByteArray::fromStdString(headers.at(0).second), mac);
}

void tst_Signatures::theHeadersHaveTheirNames_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("none") << u"none"_s << QString() << QStringList();
    QTest::newRow("the strongest lead") << u"hmac-sha512-base64"_s << QString()
                                        << QStringList{
                                               u"x-signature"_s, u"x-signature-timestamp"_s, u"x-signature-uniqueid"_s};
    QTest::newRow("renamed") << u"hmac-sha512-base64"_s << u"X-Link"_s
                             << QStringList{u"X-Link"_s, u"X-Link-timestamp"_s, u"X-Link-uniqueid"_s};
    QTest::newRow("hex") << u"hmac-sha256-hex"_s << QString() << QStringList{u"X-Webhook-Signature"_s};
    QTest::newRow("hex renamed") << u"hmac-sha256-hex"_s << u"X-Sig"_s << QStringList{u"X-Sig"_s};
    QTest::newRow("shared") << u"shared-secret"_s << QString() << QStringList{u"X-Webhook-Secret"_s};
}

void tst_Signatures::theHeadersHaveTheirNames()
{
    QFETCH(const QString, scheme);
    QFETCH(const QString, header);
    QFETCH(const QStringList, names);
    const auto known = sandbox::schemeByName(scheme.toStdString());
    QVERIFY(known.has_value());
    const auto headers = sandbox::signatureHeaders({.scheme = *known, .header = header.toStdString()},
        {.secret = "s", .uniqueId = "unique", .unixSeconds = 77, .body = "{}"});
    QStringList sent;
    for (const auto &[name, value] : headers)
        sent.append(QString::fromStdString(name));
    QCOMPARE(sent, names);
    if (sent.size() == 3) {
        QCOMPARE(headers.at(1).second, std::string("77"));
        QCOMPARE(headers.at(2).second, std::string("unique"));
    }
}

void tst_Signatures::theSchemesKnowTheirNames()
{
    for (const char *name : {"none", "hmac-sha512-base64", "hmac-sha256-hex", "shared-secret"}) {
        const auto scheme = sandbox::schemeByName(name);
        QVERIFY2(scheme.has_value(), name);
        QCOMPARE(std::string(sandbox::nameOf(*scheme)), std::string(name));
    }
    QVERIFY(!sandbox::schemeByName("HMAC").has_value());
    QVERIFY(!sandbox::schemeByName("").has_value());
}

void tst_Signatures::onlyTokensAreHeaderNames()
{
    QVERIFY(sandbox::isHeaderName("X-Signature_2"));
    for (const char *name : {"", "two words", "colon:", "line\r\nbreak", "uml\xc3\xa4ut"})
        QVERIFY2(!sandbox::isHeaderName(name), name);
}

QTEST_GUILESS_MAIN(tst_Signatures)
#include "tst_signatures.moc"

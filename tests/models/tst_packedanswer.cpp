// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/packedanswer.h"

#include <QTest>

using models::AnswerPacker;
using models::unpackedAnswer;

namespace {

QByteArray usualAnswer(int number)
{
    const QByteArray digits = QByteArray::number(100'000 + number);
    return R"({"transactionId":"3062d0bd-6368-42d1-9adf-3a5b31)" + digits
        + R"(","transactionType":"DEBIT","customerId":"c29258cf-f71c-404e-9ff1-34aece)" + digits
        + R"(","amount":{"value":8.95,"currency":"USD"},"clientReferenceId":"ORD-)" + digits
        + R"(","transactionStatus":"SUCCEEDED","accountDetails":{"financialInstitutionName":"Heartland Mutual Bank",)"
          R"("accountLastFourDigits":"6312","accountType":"checking","preferred":true},"descriptor":"JUNIPER OAK",)"
          R"("settlementDate":"2026-08-26T18:00:00.000Z","creationDate":"2026-08-24T00:04:37.188Z"})";
}

} // namespace

class TestPackedAnswer : public QObject
{
    Q_OBJECT
private slots:
    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void isMuchSmallerThanAUsualAnswer();
    void isReadAsEarlierVersionsWroteIt_data();
    void isReadAsEarlierVersionsWroteIt();
    void isEmptyWhenDamaged();
};

void TestPackedAnswer::comesBackAsItWas_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("usual") << usualAnswer(7);
    QTest::newRow("long") << QByteArray("{\"a\":\"") + QByteArray(5'000'000, 'x') + "\"}";
    QTest::newRow("not text") << QByteArray("\"\x01\x00\xff\"", 5);
    QByteArray noise;
    for (quint32 bits = 1; noise.size() < 4'000; bits = bits * 1'664'525 + 1'013'904'223)
        noise += static_cast<char>(bits >> 24);
    QTest::newRow("noise") << '"' + noise + '"';
}

void TestPackedAnswer::comesBackAsItWas()
{
    QFETCH(QByteArray, text);
    AnswerPacker packer;
    for (int round = 0; round < 2; ++round) {
        const QByteArray packed = packer.pack(text);
        QVERIFY(packed.size() <= text.size());
        QCOMPARE(unpackedAnswer(packed), text);
    }
}

void TestPackedAnswer::isMuchSmallerThanAUsualAnswer()
{
    AnswerPacker packer;
    qsizetype plain = 0;
    qsizetype packed = 0;
    for (int number = 0; number < 100; ++number) {
        plain += usualAnswer(number).size();
        packed += packer.pack(usualAnswer(number)).size();
    }
    QVERIFY2(packed * 2 < plain, qPrintable(QStringLiteral("%1 of %2 bytes").arg(packed).arg(plain)));
}

void TestPackedAnswer::isReadAsEarlierVersionsWroteIt_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::newRow("plain") << usualAnswer(1);
    QTest::newRow("zlib") << qCompress(usualAnswer(1), 1);
    // When this fails, the known words were changed: answers in the field cannot be read any more.
    QTest::newRow("known words") << QByteArray::fromBase64(
        "ASi1L/"
        "1g8AC9BQAUCDMwNjJkMGJkLTYzNjgtNDJkMS05YWRmLTNhNWIzMTEwMDAwMWMyOTI1OGNmLWY3MWMtNDA0ZS05ZmYxLTM0YWVjZTguOTVPUkQt"
        "SGVhcnRsYW5kIE11dHVhbDYzMTJKVU5JUEVSIE9BSzA4LTI2VDE4MDgtMjQ0OjM3LjE4OFoifREAg4WgGoQSsgqOH5DF8y8YeOUMmMhG4C++"
        "Rl8HakgN0jegiYL03pK0dwKj0ByPAfrvKSA=");
}

void TestPackedAnswer::isReadAsEarlierVersionsWroteIt()
{
    QFETCH(QByteArray, stored);
    QCOMPARE(unpackedAnswer(stored), usualAnswer(1));
}

void TestPackedAnswer::isEmptyWhenDamaged()
{
    AnswerPacker packer;
    const QByteArray packed = packer.pack(usualAnswer(1));
    QVERIFY(packed.startsWith('\1'));
    for (qsizetype length = 1; length < packed.size(); ++length)
        QVERIFY(unpackedAnswer(packed.first(length)).isEmpty());
    QVERIFY(unpackedAnswer("\1 not packed at all").isEmpty());
}

QTEST_GUILESS_MAIN(TestPackedAnswer)
#include "tst_packedanswer.moc"

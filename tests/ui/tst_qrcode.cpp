// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qrcode.h"
#include "ui/qrsheet.h"

#include <QFile>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

#include <qrencode.h>

using namespace Qt::Literals::StringLiterals;

class TestQrCode : public QObject
{
    Q_OBJECT
private slots:
    void modulesAreThoseOfTheLibrary_data();
    void modulesAreThoseOfTheLibrary();
    void whatCannotBeCodedIsRefused_data();
    void whatCannotBeCodedIsRefused();
    void everyModuleIsPainted();
    void aSheetIsWrittenAsVectors();
    void aSheetThatCannotBeWrittenSaysSo();
};

void TestQrCode::modulesAreThoseOfTheLibrary_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("one letter") << QByteArray("x");
    QTest::newRow("an address") << QByteArray(
        "https://client.link.money/"
        "?redirect=https%3A%2F%2Fshop.example%2Fdone&version=web-v1.0.0&sessionKey=aBcDeF0123456789");
    QTest::newRow("a long address") << QByteArray("https://client.link.money/?sessionKey=") + QByteArray(900, 'K');
}

void TestQrCode::modulesAreThoseOfTheLibrary()
{
    QFETCH(const QByteArray, text);
    const auto code = ui::QrCode::of(text);
    QVERIFY(code);
    QRcode *expected = QRcode_encodeString(text.constData(), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    QCOMPARE(code->side(), expected->width);
    for (int row = 0; row < expected->width; ++row) {
        for (int column = 0; column < expected->width; ++column)
            QCOMPARE(code->isDark(column, row), (expected->data[row * expected->width + column] & 1) != 0);
    }
    QRcode_free(expected);
}

void TestQrCode::whatCannotBeCodedIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("too long") << QByteArray(5000, 'x');
    QTest::newRow("a zero byte") << QByteArray("a\0b", 3);
}

void TestQrCode::whatCannotBeCodedIsRefused()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!ui::QrCode::of(text));
}

void TestQrCode::everyModuleIsPainted()
{
    const auto code = ui::QrCode::of("https://client.link.money/?sessionKey=abc");
    QVERIFY(code);
    constexpr int pixels = 4;
    const int side = (code->side() + 8) * pixels;
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(Qt::red);
    QPainter painter(&image);
    code->paint(&painter, image.rect());
    painter.end();
    for (int row = -4; row < code->side() + 4; ++row) {
        for (int column = -4; column < code->side() + 4; ++column) {
            const bool inside = row >= 0 && column >= 0 && row < code->side() && column < code->side();
            const QColor wanted = inside && code->isDark(column, row) ? Qt::black : Qt::white;
            QCOMPARE(image.pixelColor((column + 4) * pixels + 2, (row + 4) * pixels + 2), wanted);
        }
    }
}

void TestQrCode::aSheetIsWrittenAsVectors()
{
    const QTemporaryDir directory;
    const QString file = directory.filePath(u"sheet.pdf"_s);
    const auto code = ui::QrCode::of("https://client.link.money/?sessionKey=abc");
    QVERIFY(code);
    QVERIFY(ui::writeSheet(file,
        {.code = *code,
            .merchant = u"Acme"_s,
            .aim = u"Pay $12.00"_s,
            .customer = u"For Ada"_s,
            .note = u"Scan it."_s}));
    QFile pdf(file);
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    const QByteArray bytes = pdf.readAll();
    QVERIFY(bytes.startsWith("%PDF-"));
    QVERIFY(!bytes.contains("/Subtype /Image"));
}

void TestQrCode::aSheetThatCannotBeWrittenSaysSo()
{
    const auto code = ui::QrCode::of("x");
    const auto written = ui::writeSheet(u"/nowhere/at/all.pdf"_s, {.code = *code});
    QVERIFY(!written);
    QVERIFY(written.error().contains(u"could not be written"_s));
}

QTEST_MAIN(TestQrCode)
#include "tst_qrcode.moc"

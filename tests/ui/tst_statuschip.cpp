// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statuschip.h"

#include "ui/theme.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

QImage signOf(models::StatusTone tone)
{
    QImage image(20, 20, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    ui::StatusChip::paintSign(&painter, {2, 2, 16, 16}, tone, Qt::black);
    return image;
}

} // namespace

class tst_StatusChip : public QObject
{
    Q_OBJECT

private slots:
    void everyToneHasAShapeOfItsOwn();
    void saysItsWord_data();
    void saysItsWord();
    void anUnknownStatusIsShownAsItCame();
    void staysWithinItsCell();
};

void tst_StatusChip::everyToneHasAShapeOfItsOwn()
{
    QList<QImage> shapes;
    for (int tone = 0; tone <= int(models::StatusTone::Idle); ++tone) {
        const QImage shape = signOf(static_cast<models::StatusTone>(tone));
        QVERIFY2(!shapes.contains(shape), qPrintable(u"tone %1 looks like another one"_s.arg(tone)));
        shapes.append(shape);
    }
}

void tst_StatusChip::saysItsWord_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("word");
    QTest::newRow("done") << u"SUCCEEDED"_s << u"Succeeded"_s;
    QTest::newRow("failed") << u"TERMINAL_FAILED"_s << u"Failed"_s;
    QTest::newRow("held") << u"HELD"_s << u"Held"_s;
}

void tst_StatusChip::saysItsWord()
{
    QFETCH(QString, status);
    QFETCH(QString, word);
    ui::StatusChip chip;
    chip.setStatus(models::RecordKind::Transaction, status);
    QCOMPARE(chip.accessibleName(), u"Status: "_s + word);
    QVERIFY(chip.sizeHint().width() > QFontMetrics(ui::Theme::font(ui::Type::Caption)).horizontalAdvance(word));
}

void tst_StatusChip::anUnknownStatusIsShownAsItCame()
{
    ui::StatusChip chip;
    chip.setStatus(models::RecordKind::Transaction, u"BRAND_NEW"_s);
    QCOMPARE(chip.accessibleName(), u"Status: BRAND_NEW"_s);
}

void tst_StatusChip::staysWithinItsCell()
{
    QImage image(200, 30, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    const models::StatusLook look{u"A very long word of the server"_s, models::StatusTone::Unknown};
    const int width = ui::StatusChip::paint(&painter, {0, 0, 80, 30}, look, false);
    painter.end();
    QCOMPARE(width, 80);
    for (int x = 81; x < image.width(); ++x)
        QCOMPARE(image.pixelColor(x, 15), QColor(Qt::white));
}

QTEST_MAIN(tst_StatusChip)
#include "tst_statuschip.moc"

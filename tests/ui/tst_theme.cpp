// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace {

//! WCAG 2: relative luminance and contrast.
double luminance(const QColor &colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a);
    const double two = luminance(b);
    return (qMax(one, two) + 0.05) / (qMin(one, two) + 0.05);
}

} // namespace

class tst_Theme : public QObject
{
    Q_OBJECT

private slots:
    void textCanBeRead_data();
    void textCanBeRead();
    void tonesCanBeRead_data();
    void tonesCanBeRead();
    void everyIconIsThere_data();
    void everyIconIsThere();
    void aSwitchReachesColouredText();

private:
    void addSchemes() { QTest::addColumn<ui::Theme::Scheme>("scheme"); }
};

void tst_Theme::textCanBeRead_data()
{
    addSchemes();
    QTest::addColumn<ui::Colour>("ink");
    QTest::addColumn<ui::Colour>("ground");
    for (const auto scheme : {ui::Theme::Scheme::Light, ui::Theme::Scheme::Dark}) {
        const char *name = scheme == ui::Theme::Scheme::Light ? "light" : "dark";
        for (const auto ground : {ui::Colour::Canvas, ui::Colour::Surface, ui::Colour::Raised, ui::Colour::Selection}) {
            for (const auto ink : {ui::Colour::Ink, ui::Colour::MutedInk, ui::Colour::DangerInk})
                QTest::addRow("%s ink %d on %d", name, int(ink), int(ground)) << scheme << ink << ground;
        }
        QTest::addRow("%s accent", name) << scheme << ui::Colour::OnAccent << ui::Colour::Accent;
        QTest::addRow("%s link", name) << scheme << ui::Colour::Accent << ui::Colour::Surface;
        QTest::addRow("%s danger", name) << scheme << ui::Colour::DangerInk << ui::Colour::DangerGround;
    }
}

void tst_Theme::textCanBeRead()
{
    QFETCH(ui::Theme::Scheme, scheme);
    QFETCH(ui::Colour, ink);
    QFETCH(ui::Colour, ground);
    ui::Theme::change(scheme);
    const double ratio = contrast(ui::Theme::colour(ink), ui::Theme::colour(ground));
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

void tst_Theme::tonesCanBeRead_data()
{
    addSchemes();
    QTest::addColumn<models::StatusTone>("tone");
    for (int tone = 0; tone <= int(models::StatusTone::Idle); ++tone) {
        QTest::addRow("light %d", tone) << ui::Theme::Scheme::Light << static_cast<models::StatusTone>(tone);
        QTest::addRow("dark %d", tone) << ui::Theme::Scheme::Dark << static_cast<models::StatusTone>(tone);
    }
}

void tst_Theme::tonesCanBeRead()
{
    QFETCH(ui::Theme::Scheme, scheme);
    QFETCH(models::StatusTone, tone);
    ui::Theme::change(scheme);
    const ui::ToneColours colours = ui::Theme::tone(tone);
    const double ratio = contrast(colours.ink, colours.ground);
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

void tst_Theme::everyIconIsThere_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"edit-find", "edit-undo", "edit-copy", "edit-delete-remove", "reverse", "user-others",
             "view-bank", "view-filter", "document-import", "view-refresh", "window-new", "media-playback-pause",
             "media-playback-start"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void tst_Theme::everyIconIsThere()
{
    QFETCH(QString, name);
    ui::Theme::change(ui::Theme::Scheme::Light);
    const QImage image = ui::Theme::icon(name).pixmap(22, 22).toImage();
    int inked = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            inked += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
    }
    QVERIFY(inked > 10);
}

void tst_Theme::aSwitchReachesColouredText()
{
    ui::Theme::change(ui::Theme::Scheme::Light);
    QLabel label;
    ui::Theme::setInk(&label, ui::Colour::DangerInk);
    const QColor light = label.palette().color(QPalette::WindowText);
    QCOMPARE(light, ui::Theme::colour(ui::Colour::DangerInk));
    ui::Theme::change(ui::Theme::Scheme::Dark);
    QCOMPARE(label.palette().color(QPalette::WindowText), ui::Theme::colour(ui::Colour::DangerInk));
    QVERIFY(label.palette().color(QPalette::WindowText) != light);
    QCOMPARE(QApplication::palette().color(QPalette::Base), ui::Theme::colour(ui::Colour::Surface));
}

QTEST_MAIN(tst_Theme)
#include "tst_theme.moc"

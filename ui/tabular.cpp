// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tabular.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QGlyphRun>
#include <QHash>
#include <QPainter>
#include <QRawFont>

#include <optional>

namespace ui {

namespace {

int digitWidth(const QFontMetrics &metrics)
{
    return metrics.horizontalAdvance(u'0');
}

int advance(const QFontMetrics &metrics, QChar character, int digit)
{
    return character.isDigit() ? digit : metrics.horizontalAdvance(character);
}

const QRawFont &rawFont(const QFont &font)
{
    static QHash<QFont, QRawFont> fonts; // as many as the theme has
    auto found = fonts.find(font);
    if (found == fonts.end()) {
        if (fonts.isEmpty())
            qAddPostRoutine([] { fonts.clear(); });
        found = fonts.insert(font, QRawFont::fromFont(font));
    }
    return *found;
}

//! Nothing when the font lacks one of the characters: another font has to stand in then.
std::optional<QList<quint32>> glyphsOf(const QRawFont &font, const QString &text)
{
    QList<quint32> glyphs = font.glyphIndexesForString(text);
    if (glyphs.size() != text.size() || glyphs.contains(0U))
        return {};
    return glyphs;
}

} // namespace

int tabularWidth(const QFontMetrics &metrics, const QString &text)
{
    const int digit = digitWidth(metrics);
    int width = 0;
    for (const QChar character : text)
        width += advance(metrics, character, digit);
    return width;
}

void drawTabular(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int digit = digitWidth(metrics);
    const int baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2;
    int x = alignment & Qt::AlignRight ? rect.right() + 1 - tabularWidth(metrics, text) : rect.left();
    QList<QPointF> places;
    for (const QChar character : text) {
        const int room = advance(metrics, character, digit);
        places.append(QPointF(x + (room - metrics.horizontalAdvance(character)) / 2, baseline));
        x += room;
    }
    const QRawFont &font = rawFont(painter->font());
    if (auto glyphs = glyphsOf(font, text)) {
        QGlyphRun run;
        run.setRawFont(font);
        run.setGlyphIndexes(*glyphs);
        run.setPositions(places);
        painter->drawGlyphRun({}, run);
        return;
    }
    for (qsizetype each = 0; each < text.size(); ++each)
        painter->drawText(places[each], QString(text[each]));
}

} // namespace ui

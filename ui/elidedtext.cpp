// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/elidedtext.h"

#include <QCache>
#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QStaticText>
#include <QTextDocument>

#include <cmath>

namespace ui {

namespace {

constexpr qsizetype linesKept = 2'000; // some screens full of rows

struct Line
{
    QString text;
    QFont font;
    int room = 0;
    Qt::TextElideMode mode = Qt::ElideRight;
    bool operator==(const Line &other) const = default;
};

size_t qHash(const Line &line, size_t seed = 0)
{
    return qHashMulti(seed, line.text, line.font, line.room, static_cast<int>(line.mode));
}

const QStaticText &shaped(const Line &line)
{
    static QCache<Line, QStaticText> kept(linesKept);
    if (const QStaticText *known = kept.object(line))
        return *known;
    // What is kept holds on to fonts, which end with the application.
    if (kept.isEmpty())
        qAddPostRoutine([] { kept.clear(); });
    auto *text = new QStaticText(QFontMetrics(line.font).elidedText(line.text, line.mode, line.room));
    text->setTextFormat(Qt::PlainText);
    text->setPerformanceHint(QStaticText::AggressiveCaching);
    text->prepare({}, line.font);
    kept.insert(line, text);
    return *text;
}

} // namespace

int drawElided(
    QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &text, Qt::TextElideMode mode)
{
    if (text.isEmpty() || rect.width() <= 0)
        return 0;
    const QStaticText &line = shaped({.text = text, .font = painter->font(), .room = rect.width(), .mode = mode});
    const auto width = static_cast<int>(std::ceil(line.size().width()));
    const int left = alignment & Qt::AlignRight ? rect.right() + 1 - width : rect.left();
    const int top = rect.top() + (rect.height() - static_cast<int>(std::ceil(line.size().height()))) / 2;
    painter->drawStaticText(left, top, line);
    return width;
}

QString plainToolTip(const QString &text)
{
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal) : text;
}

} // namespace ui

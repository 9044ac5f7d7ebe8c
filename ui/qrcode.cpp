// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qrcode.h"

#include <QPainter>

#include <qrencode.h>

#include <memory>

namespace ui {

namespace {

constexpr int quietModules = 4;

} // namespace

std::optional<QrCode> QrCode::of(const QByteArray &text)
{
    if (text.isEmpty() || text.contains('\0'))
        return {};
    constexpr int smallestVersion = 0; // as small as the text allows
    constexpr int caseSensitive = 1;
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text.constData(), smallestVersion, QR_ECLEVEL_M, QR_MODE_8, caseSensitive), QRcode_free);
    if (!code)
        return {};
    QrCode made;
    made.m_side = code->width;
    made.m_modules.resize(qsizetype(code->width) * code->width);
    for (qsizetype i = 0; i < made.m_modules.size(); ++i)
        made.m_modules[i] = static_cast<char>(code->data[i] & 1); // the other bits say what a module is for
    return made;
}

bool QrCode::isDark(int column, int row) const
{
    return m_modules.at(qsizetype(row) * m_side + column) != 0;
}

void QrCode::paint(QPainter *painter, const QRectF &rect) const
{
    const qreal side = qMin(rect.width(), rect.height());
    const QRectF square(rect.center() - QPointF(side / 2, side / 2), QSizeF(side, side));
    const qreal module = side / (m_side + 2 * quietModules);
    // Runs of dark modules become one rectangle, so that no hairline shows between two of them.
    QPainterPath dark;
    for (int row = 0; row < m_side; ++row) {
        for (int column = 0; column < m_side; ++column) {
            int end = column;
            while (end < m_side && isDark(end, row))
                ++end;
            if (end > column)
                dark.addRect(QRectF(square.left() + (column + quietModules) * module,
                    square.top() + (row + quietModules) * module, (end - column) * module, module));
            column = end;
        }
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(square, Qt::white);
    painter->fillPath(dark, Qt::black);
    painter->restore();
}

} // namespace ui

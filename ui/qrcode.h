// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QPainterPath>
#include <QRectF>

#include <optional>

class QPainter;

namespace ui {

//! The modules of a QR code (ISO 18004), made by libqrencode; without the quiet zone.
class QrCode
{
public:
    //! Error correction level M, upper and lower case kept. Nothing when the text is empty or too long for one code.
    static std::optional<QrCode> of(const QByteArray &text);

    int side() const { return m_side; } //!< modules per side
    bool isDark(int column, int row) const;

    //! Black on white with its quiet zone of four modules, as vectors, as large as fits into the rectangle. Always
    //! these two colours: some readers cannot read a code that is lighter than its ground.
    void paint(QPainter *painter, const QRectF &rect) const;

private:
    int m_side = 0;
    QByteArray m_modules; //!< one byte each, row by row
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qrsheet.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>

namespace ui {

namespace {

struct SheetWords
{
    Q_DECLARE_TR_FUNCTIONS(ui::QrSheet)
};

//! A line of text, centred, at a size in points; gives back where the next one may begin.
qreal paintSheetLine(QPainter *painter, const QRectF &page, qreal top, qreal points, const QString &text)
{
    QFont font = painter->font();
    font.setPointSizeF(points);
    painter->setFont(font);
    const QRectF room(page.left(), top, page.width(), page.height());
    QRectF used;
    painter->drawText(room, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text, &used);
    return used.bottom() + painter->fontMetrics().height() / 2.0;
}

} // namespace

bool paintSheet(QPagedPaintDevice *device, const QrSheet &sheet)
{
    constexpr qreal codeShare = 0.6; // of the width of the page
    QPainter painter;
    if (!painter.begin(device))
        return false;
    const QRectF page(QPointF(0, 0), device->pageLayout().paintRectPixels(device->logicalDpiX()).size());
    painter.setPen(Qt::black);
    qreal top = paintSheetLine(&painter, page, 0, 22, sheet.merchant);
    top = paintSheetLine(&painter, page, top, 16, sheet.aim);
    top = paintSheetLine(&painter, page, top, 12, sheet.customer);
    const qreal side = qMin(page.width() * codeShare, (page.height() - top) * codeShare);
    sheet.code.paint(&painter, QRectF(page.center().x() - side / 2, top, side, side));
    paintSheetLine(&painter, page, top + side, 10, sheet.note);
    return painter.end();
}

std::expected<void, QString> writeSheet(const QString &file, const QrSheet &sheet)
{
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly))
        return std::unexpected(SheetWords::tr("The file could not be written: %1").arg(target.errorString()));
    {
        QPdfWriter writer(&target);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout::Millimeter);
        writer.setTitle(sheet.aim);
        if (!paintSheet(&writer, sheet))
            return std::unexpected(SheetWords::tr("The page could not be drawn."));
    }
    if (!target.commit())
        return std::unexpected(SheetWords::tr("The file could not be written: %1").arg(target.errorString()));
    return {};
}

} // namespace ui

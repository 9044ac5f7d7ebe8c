// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/qrcode.h"

#include <QString>

#include <expected>

class QPagedPaintDevice;

namespace ui {

//! A page to hand over: merchant, what it is for, for whom, and the code.
struct QrSheet
{
    QrCode code;
    QString merchant = {};
    QString aim = {}; //!< "Pay $12.00"
    QString customer = {};
    QString note = {};
};

//! Paints it on one page of a printer or PDF file.
bool paintSheet(QPagedPaintDevice *device, const QrSheet &sheet);

//! Writes it as a PDF file with vectors; a sentence when the file could not be written.
std::expected<void, QString> writeSheet(const QString &file, const QrSheet &sheet);

} // namespace ui

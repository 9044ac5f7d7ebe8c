// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <expected>

namespace models {

//! A file's bytes as UTF-8, and what they were.
struct ImportText
{
    QByteArray utf8 = {};
    QString encoding = {}; //!< "UTF-8 with BOM", "UTF-16 LE", ... for people
};

//! UTF-8 and UTF-16 with or without BOM, UTF-32 with BOM, and Latin-1 when it is none of them. The error is a sentence:
//! empty, or not text at all.
std::expected<ImportText, QString> readImportText(const QByteArray &bytes);

} // namespace models

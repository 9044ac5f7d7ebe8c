// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importtext.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QUtf8StringView>

#include <algorithm>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr qsizetype sampleBytes = 4096;
constexpr qsizetype decodedAtOnce = 1024 * 1024;
constexpr qsizetype longestBrokenEnd = 3; //!< bytes of a UTF-8 character that was cut off

QString importTextProblem(const char *sentence)
{
    return QCoreApplication::translate("ImportPlan", sentence);
}

bool isStrangeControl(char byte)
{
    const auto code = static_cast<unsigned char>(byte);
    return (code < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || code == 0x7f;
}

std::optional<QString> knownForeignFormat(const QByteArray &bytes)
{
    if (bytes.startsWith("PK\x03\x04") || bytes.startsWith("\xd0\xcf\x11\xe0"))
        return importTextProblem(
            "This is a workbook of a spreadsheet program. Save it there as CSV and import that file.");
    if (bytes.startsWith("%PDF"))
        return importTextProblem("This is a PDF. Import the CSV file that your order system can export instead.");
    return std::nullopt;
}

QString encodingNameFor(QStringConverter::Encoding encoding)
{
    switch (encoding) {
    case QStringConverter::Utf8:
        return u"UTF-8"_s;
    case QStringConverter::Utf16:
    case QStringConverter::Utf16LE:
        return u"UTF-16 LE"_s;
    case QStringConverter::Utf16BE:
        return u"UTF-16 BE"_s;
    case QStringConverter::Utf32:
    case QStringConverter::Utf32LE:
        return u"UTF-32 LE"_s;
    case QStringConverter::Utf32BE:
        return u"UTF-32 BE"_s;
    case QStringConverter::Latin1:
    case QStringConverter::System:
        return u"Latin-1"_s;
    }
    Q_UNREACHABLE();
}

//! Text in UTF-16 without a mark shows itself by the empty half of its characters.
std::optional<QStringConverter::Encoding> unmarkedUtf16(const QByteArray &bytes)
{
    const qsizetype pairs = std::min(bytes.size(), sampleBytes) / 2;
    qsizetype first = 0;
    qsizetype second = 0;
    for (qsizetype pair = 0; pair < pairs; ++pair) {
        first += bytes[2 * pair] == '\0';
        second += bytes[2 * pair + 1] == '\0';
    }
    if (pairs >= 2 && second * 10 > pairs * 6 && first * 20 < pairs)
        return QStringConverter::Utf16LE;
    if (pairs >= 2 && first * 10 > pairs * 6 && second * 20 < pairs)
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

//! Piece by piece, so that a large file is never there three times over.
QByteArray decodedToUtf8(const QByteArray &bytes, QStringConverter::Encoding encoding)
{
    QStringDecoder decoder(encoding);
    QByteArray utf8;
    for (qsizetype at = 0; at < bytes.size(); at += decodedAtOnce) {
        const QString piece = decoder(QByteArrayView(bytes).sliced(at, qMin(decodedAtOnce, bytes.size() - at)));
        utf8 += piece.toUtf8();
    }
    return utf8;
}

bool isUtf8(QByteArrayView bytes)
{
    return QUtf8StringView(bytes.data(), bytes.size()).isValidUtf8();
}

//! A file that was cut may end inside a character; it is UTF-8 all the same.
std::optional<QByteArray> asUtf8(const QByteArray &bytes)
{
    if (isUtf8(bytes))
        return bytes;
    for (qsizetype less = 1; less <= std::min(longestBrokenEnd, bytes.size()); ++less) {
        const bool partOfCharacter = static_cast<unsigned char>(bytes[bytes.size() - less]) >= 0x80;
        if (!partOfCharacter)
            break;
        if (isUtf8(QByteArrayView(bytes).chopped(less)))
            return bytes.chopped(less);
    }
    return std::nullopt;
}

bool looksBinary(const QByteArray &bytes, bool validUtf8)
{
    const QByteArrayView sample = QByteArrayView(bytes).first(std::min(bytes.size(), sampleBytes));
    const auto strange = std::count_if(sample.begin(), sample.end(), isStrangeControl);
    // Compressed data holds about a tenth; a text with stray NUL bytes is read, and its lines are named.
    return validUtf8 ? strange * 5 > sample.size() : strange * 33 > sample.size();
}

ImportText markedText(const QByteArray &bytes, QStringConverter::Encoding encoding)
{
    const QString name = QCoreApplication::translate("ImportPlan", "%1 with BOM", "an encoding such as UTF-8");
    if (encoding == QStringConverter::Utf8)
        return {.utf8 = bytes.mid(3), .encoding = name.arg(encodingNameFor(encoding))};
    return {.utf8 = decodedToUtf8(bytes, encoding), .encoding = name.arg(encodingNameFor(encoding))};
}

} // namespace

std::expected<ImportText, QString> readImportText(const QByteArray &bytes)
{
    if (bytes.trimmed().isEmpty())
        return std::unexpected(importTextProblem("There is nothing in it. Choose a file with at least one id."));
    if (const auto foreign = knownForeignFormat(bytes))
        return std::unexpected(*foreign);
    if (const auto marked = QStringConverter::encodingForData(bytes))
        return markedText(bytes, *marked);
    if (const auto utf16 = unmarkedUtf16(bytes))
        return ImportText{.utf8 = decodedToUtf8(bytes, *utf16), .encoding = encodingNameFor(*utf16)};
    const std::optional<QByteArray> utf8 = asUtf8(bytes);
    if (looksBinary(bytes, utf8.has_value()))
        return std::unexpected(
            importTextProblem("This is not a text file. Export the ids as CSV and import that file."));
    if (utf8)
        return ImportText{.utf8 = *utf8, .encoding = u"UTF-8"_s};
    return ImportText{.utf8 = decodedToUtf8(bytes, QStringConverter::Latin1),
        .encoding = importTextProblem("Latin-1, because it is not valid UTF-8")};
}

} // namespace models

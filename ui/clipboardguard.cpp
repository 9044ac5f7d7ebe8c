// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clipboardguard.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QMimeData>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

QByteArray digestOf(const QString &text)
{
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

//! Clipboard managers are asked not to keep it.
QMimeData *sensitiveText(const QString &text)
{
    auto *data = new QMimeData;
    data->setText(text);
    data->setData(u"x-kde-passwordManagerHint"_s, "secret");
    return data;
}

} // namespace

void ClipboardGuard::copy(const QString &text, std::chrono::milliseconds keepFor)
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    auto *guard = new ClipboardGuard(text, clipboard);
    clipboard->setMimeData(sensitiveText(text));
    QTimer::singleShot(keepFor, guard, &ClipboardGuard::clear);
    connect(qApp, &QCoreApplication::aboutToQuit, guard, &ClipboardGuard::clear);
}

ClipboardGuard::ClipboardGuard(const QString &text, QObject *parent)
    : QObject(parent)
    , m_digest(digestOf(text))
{
}

void ClipboardGuard::clear()
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (digestOf(clipboard->text()) == m_digest)
        clipboard->clear();
    deleteLater();
}

} // namespace ui

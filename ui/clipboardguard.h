// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>

#include <chrono>

namespace ui {

//! Puts something sensitive on the clipboard and takes it off again after a while, or when the console ends, if it is
//! still there. Lives on its own. Remembers only a digest.
class ClipboardGuard : public QObject
{
    Q_OBJECT
public:
    static void copy(const QString &text, std::chrono::milliseconds keepFor);

private:
    ClipboardGuard(const QString &text, QObject *parent);
    void clear();
    QByteArray m_digest;
};

} // namespace ui

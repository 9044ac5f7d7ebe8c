// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWebEnginePage;

namespace ui {

class PaneListener;

//! What the page's messages arrive at. It has one method and no property: nothing of the console can be read through
//! it.
class Bridge : public QObject
{
    Q_OBJECT
public:
    //! Messages longer than `limit` bytes arrive empty.
    Bridge(QWebEnginePage *page, PaneListener &listener, qsizetype limit);

    Q_INVOKABLE void take(const QString &text, const QString &origin);

private:
    PaneListener &m_listener;
    qsizetype m_limit;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/paneengine.h"

#include <QWebEnginePage>

#include <functional>

namespace ui {

//! A page that asks before it goes anywhere and gets nothing from this computer.
class WebPage : public QWebEnginePage
{
    Q_OBJECT
public:
    using OpenWindow = std::function<QWebEnginePage *()>; //!< nullptr: not allowed

    WebPage(QWebEngineProfile *profile, PaneListener &listener, PaneListener::Place place, OpenWindow openWindow);
    //! The next page is one of ours, given as text.
    void expectOwnPage() { m_ownPage = true; }

protected:
    bool acceptNavigationRequest(const QUrl &url, NavigationType type, bool isMainFrame) override;
    QWebEnginePage *createWindow(WebWindowType type) override;
    QStringList chooseFiles(FileSelectionMode, const QStringList &, const QStringList &) override;
    void javaScriptAlert(const QUrl &origin, const QString &text) override;
    bool javaScriptConfirm(const QUrl &origin, const QString &text) override;
    bool javaScriptPrompt(const QUrl &origin, const QString &text, const QString &, QString *) override;
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel, const QString &, int, const QString &) override { }

private:
    void refuseDevices();
    void refuseIdentities();
    void refuseClipboard();
    void wireLoading();
    void tellFailure(const QWebEngineLoadingInfo &info);

    PaneListener &m_listener;
    PaneListener::Place m_place;
    OpenWindow m_openWindow;
    bool m_ownPage = false;
};

} // namespace ui

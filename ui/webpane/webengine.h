// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/paneengine.h"
#include "ui/webpane/webpage.h"

#include <QWebEngineProfile>
#include <QWebEngineView>

#include <memory>

namespace ui {

//! One page, at most one window it opened, and the profile both forget everything with.
class WebEngine : public QObject, public PaneEngine
{
    Q_OBJECT
public:
    WebEngine(PaneListener &listener, const PaneOptions &options);
    ~WebEngine() override;

    QWidget *widget() override { return m_view.get(); }
    void open(const QUrl &url) override;
    void openHtml(const QString &html, const QUrl &base) override;
    void openForm(const QUrl &url, const QByteArray &body) override;
    void closeWindow() override;
    void setGround(const QColor &colour) override;

private:
    QWebEnginePage *openWindow();

    PaneListener &m_listener;
    QWebEngineProfile m_profile; // outlives its pages
    std::unique_ptr<WebPage> m_page;
    std::unique_ptr<WebPage> m_windowPage;
    std::unique_ptr<QWebEngineView> m_view;
    std::unique_ptr<QWebEngineView> m_windowView;
};

} // namespace ui

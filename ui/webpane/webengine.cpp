// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webpane/webengine.h"

#include "ui/webpane/bridge.h"

#include <QWebEngineDownloadRequest>
#include <QWebEngineHttpRequest>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

std::unique_ptr<QWebEngineView> viewOf(WebPage *page)
{
    auto view = std::make_unique<QWebEngineView>();
    view->setPage(page);
    view->setContextMenuPolicy(Qt::NoContextMenu); // "Save page", "View source" and the like
    view->setAcceptDrops(false);
    return view;
}

} // namespace

WebEngine::WebEngine(PaneListener &listener, const PaneOptions &options)
    : m_listener(listener)
    , m_page(
          std::make_unique<WebPage>(&m_profile, listener, PaneListener::Place::Page, [this] { return openWindow(); }))
    , m_view(viewOf(m_page.get()))
{
    Q_ASSERT(m_profile.isOffTheRecord());
    m_profile.setHttpCacheType(QWebEngineProfile::MemoryHttpCache);
    m_profile.setPersistentCookiesPolicy(QWebEngineProfile::NoPersistentCookies);
    m_profile.setSpellCheckEnabled(false);
    connect(&m_profile, &QWebEngineProfile::downloadRequested, this, [this](QWebEngineDownloadRequest *download) {
        download->cancel();
        m_listener.denied(PaneListener::Denied::Download, download->url());
    });
    if (options.longestMessage > 0)
        new Bridge(m_page.get(), listener, options.longestMessage);
    m_view->setAccessibleName(tr("Web page"));
}

WebEngine::~WebEngine()
{
    closeWindow();
    m_view.reset();
    m_page.reset();
}

void WebEngine::open(const QUrl &url)
{
    m_page->load(url);
}

void WebEngine::openHtml(const QString &html, const QUrl &base)
{
    m_page->expectOwnPage();
    m_page->setHtml(html, base);
}

void WebEngine::openForm(const QUrl &url, const QByteArray &body)
{
    QWebEngineHttpRequest request(url, QWebEngineHttpRequest::Post);
    request.setHeader("Content-Type", "application/x-www-form-urlencoded");
    request.setPostData(body);
    m_page->load(request);
}

QWebEnginePage *WebEngine::openWindow()
{
    if (!m_listener.mayOpenWindow())
        return nullptr;
    closeWindow();
    m_windowPage = std::make_unique<WebPage>(
        &m_profile, m_listener, PaneListener::Place::Window, WebPage::OpenWindow());
    m_windowView = viewOf(m_windowPage.get());
    connect(m_windowPage.get(), &QWebEnginePage::windowCloseRequested, this, [this] {
        m_listener.windowClosed();
        m_windowView->hide();
        QMetaObject::invokeMethod(this, &WebEngine::closeWindow, Qt::QueuedConnection);
    });
    m_listener.windowOpened(m_windowView.get());
    return m_windowPage.get();
}

void WebEngine::closeWindow()
{
    m_windowView.reset();
    m_windowPage.reset();
}

void WebEngine::setGround(const QColor &colour)
{
    m_page->setBackgroundColor(colour);
}

} // namespace ui

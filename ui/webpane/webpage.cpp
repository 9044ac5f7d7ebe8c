// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webpane/webpage.h"

#include <QWebEngineCertificateError>
#include <QWebEngineClientCertificateSelection>
#include <QWebEngineFileSystemAccessRequest>
#include <QWebEngineFullScreenRequest>
#include <QWebEngineLoadingInfo>
#include <QWebEngineQuotaRequest>
#include <QWebEngineRegisterProtocolHandlerRequest>
#include <QWebEngineScript>
#include <QWebEngineScriptCollection>
#include <QWebEngineSettings>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

using Denied = PaneListener::Denied;
using Failure = PaneListener::Failure;

// Chromium's numbers for what Qt only gives a domain.
constexpr int stoppedCode = -3, tooManyRedirectsCode = -310;

Denied thingOf(QWebEnginePage::Feature feature)
{
    switch (feature) {
    case QWebEnginePage::MediaVideoCapture:
    case QWebEnginePage::MediaAudioVideoCapture:
        return Denied::Camera;
    case QWebEnginePage::MediaAudioCapture:
        return Denied::Microphone;
    case QWebEnginePage::Geolocation:
        return Denied::Location;
    case QWebEnginePage::Notifications:
        return Denied::Notifications;
    case QWebEnginePage::DesktopVideoCapture:
    case QWebEnginePage::DesktopAudioVideoCapture:
        return Denied::Screen;
    case QWebEnginePage::MouseLock:
        return Denied::Pointer;
    }
    return Denied::Other;
}

void closeOff(QWebEngineSettings *settings)
{
    using Settings = QWebEngineSettings;
    for (const Settings::WebAttribute off :
        {Settings::JavascriptCanOpenWindows, Settings::JavascriptCanAccessClipboard, Settings::JavascriptCanPaste,
            Settings::LocalContentCanAccessRemoteUrls, Settings::LocalContentCanAccessFileUrls,
            Settings::HyperlinkAuditingEnabled, Settings::PluginsEnabled, Settings::PdfViewerEnabled,
            Settings::ScreenCaptureEnabled, Settings::ErrorPageEnabled, Settings::AllowRunningInsecureContent,
            Settings::AllowGeolocationOnInsecureOrigins, Settings::AllowWindowActivationFromJavaScript,
            Settings::DnsPrefetchEnabled, Settings::NavigateOnDropEnabled})
        settings->setAttribute(off, false);
    // Full screen is on so that the page is told no, and the person why.
    for (const Settings::WebAttribute on : {Settings::FullScreenSupportEnabled, Settings::WebRTCPublicInterfacesOnly,
             Settings::PlaybackRequiresUserGesture, Settings::LocalStorageEnabled})
        settings->setAttribute(on, true);
    // So that the page is asked about them; all are refused but the redirect, which is caught.
    settings->setUnknownUrlSchemePolicy(Settings::AllowAllUnknownUrlSchemes);
}

} // namespace

WebPage::WebPage(QWebEngineProfile *profile, PaneListener &listener, PaneListener::Place place, OpenWindow openWindow)
    : QWebEnginePage(profile, nullptr)
    , m_listener(listener)
    , m_place(place)
    , m_openWindow(std::move(openWindow))
{
    closeOff(settings());
    refuseDevices();
    refuseIdentities();
    refuseClipboard();
    wireLoading();
}

void WebPage::refuseDevices()
{
    connect(this, &QWebEnginePage::featurePermissionRequested, this, [this](const QUrl &origin, Feature feature) {
        setFeaturePermission(origin, feature, PermissionDeniedByUser);
        m_listener.denied(thingOf(feature), origin);
    });
    connect(this, &QWebEnginePage::fileSystemAccessRequested, this, [this](QWebEngineFileSystemAccessRequest request) {
        request.reject();
        m_listener.denied(Denied::File, request.origin());
    });
    connect(this, &QWebEnginePage::quotaRequested, this, [](QWebEngineQuotaRequest request) { request.reject(); });
    connect(this, &QWebEnginePage::registerProtocolHandlerRequested, this,
        [](QWebEngineRegisterProtocolHandlerRequest request) { request.reject(); });
    connect(this, &QWebEnginePage::fullScreenRequested, this, [this](QWebEngineFullScreenRequest request) {
        request.reject();
        if (request.toggleOn())
            m_listener.denied(Denied::FullScreen, request.origin());
    });
}

// The settings stop the page's other ways to the clipboard; this one the engine allows after every press.
void WebPage::refuseClipboard()
{
    QWebEngineScript script;
    script.setName(u"clipboard"_s);
    script.setSourceCode(u"Object.defineProperty(Document.prototype, 'execCommand', { value: () => false });"_s);
    script.setInjectionPoint(QWebEngineScript::DocumentCreation);
    script.setWorldId(QWebEngineScript::MainWorld);
    script.setRunsOnSubFrames(true);
    scripts().insert(script);
}

void WebPage::refuseIdentities()
{
    connect(this, &QWebEnginePage::selectClientCertificate, this,
        [](QWebEngineClientCertificateSelection selection) { selection.selectNone(); });
    connect(this, &QWebEnginePage::certificateError, this, [this](QWebEngineCertificateError error) {
        error.rejectCertificate();
        m_listener.loadFailed(error.url(), Failure::Certificate, error.description());
    });
}

void WebPage::wireLoading()
{
    const bool isPage = m_place == PaneListener::Place::Page;
    connect(this, &QWebEnginePage::urlChanged, this, [this](const QUrl &url) { m_listener.pageMoved(url, m_place); });
    connect(this, &QWebEnginePage::renderProcessTerminated, this,
        [this](RenderProcessTerminationStatus, int) { m_listener.crashed(m_place); });
    if (!isPage)
        return;
    connect(this, &QWebEnginePage::loadProgress, this, [this](int percent) { m_listener.loadProgressed(percent); });
    connect(this, &QWebEnginePage::loadingChanged, this, [this](const QWebEngineLoadingInfo &info) {
        switch (info.status()) {
        case QWebEngineLoadingInfo::LoadStartedStatus:
            m_listener.loadStarted();
            break;
        case QWebEngineLoadingInfo::LoadSucceededStatus:
            m_listener.loadShown();
            break;
        case QWebEngineLoadingInfo::LoadStoppedStatus:
            m_listener.loadFailed(info.url(), Failure::Stopped, {});
            break;
        case QWebEngineLoadingInfo::LoadFailedStatus:
            tellFailure(info);
            break;
        }
    });
}

void WebPage::tellFailure(const QWebEngineLoadingInfo &info)
{
    using Info = QWebEngineLoadingInfo;
    const QString details = u"%1 (%2)"_s.arg(info.errorString()).arg(info.errorCode());
    if (info.errorCode() == stoppedCode)
        m_listener.loadFailed(info.url(), Failure::Stopped, details);
    else if (info.errorCode() == tooManyRedirectsCode)
        m_listener.loadFailed(info.url(), Failure::TooManyRedirects, details);
    else if (info.errorDomain() == Info::CertificateErrorDomain)
        m_listener.loadFailed(info.url(), Failure::Certificate, details);
    else if (info.errorDomain() == Info::HttpStatusCodeDomain)
        m_listener.loadShown();
    else if (info.errorDomain() == Info::ConnectionErrorDomain || info.errorDomain() == Info::DnsErrorDomain)
        m_listener.loadFailed(info.url(), Failure::NoNetwork, details);
    else
        m_listener.loadFailed(info.url(), Failure::Other, details);
}

bool WebPage::acceptNavigationRequest(const QUrl &url, NavigationType, bool isMainFrame)
{
    if (m_ownPage && isMainFrame && url.scheme() == "data"_L1) {
        m_ownPage = false;
        return true;
    }
    return m_listener.mayGo(url, isMainFrame ? m_place : PaneListener::Place::Frame);
}

QWebEnginePage *WebPage::createWindow(WebWindowType)
{
    return m_openWindow ? m_openWindow() : nullptr;
}

QStringList WebPage::chooseFiles(FileSelectionMode, const QStringList &, const QStringList &)
{
    m_listener.denied(Denied::File, url());
    return {};
}

void WebPage::javaScriptAlert(const QUrl &origin, const QString &text)
{
    m_listener.said(text, origin);
}

bool WebPage::javaScriptConfirm(const QUrl &origin, const QString &text)
{
    m_listener.said(text, origin);
    return false;
}

bool WebPage::javaScriptPrompt(const QUrl &origin, const QString &text, const QString &, QString *)
{
    m_listener.said(text, origin);
    return false;
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QColor>
#include <QString>
#include <QUrl>
#include <QtPlugin>

class QWidget;

namespace ui {

//! What a page does, told to the console's side. Calls may come from inside the engine: never delete the engine in one.
class PaneListener
{
public:
    enum class Place { Page, Window, Frame }; //!< the main page, a window it opened, a frame inside either
    enum class Failure { NoNetwork, Certificate, TooManyRedirects, Stopped, Other };
    enum class Denied {
        Camera,
        Microphone,
        Location,
        Notifications,
        Screen,
        Download,
        File,
        Window,
        FullScreen,
        Pointer,
        Other
    };

    PaneListener() = default;
    Q_DISABLE_COPY_MOVE(PaneListener)
    virtual ~PaneListener() = default;
    virtual bool mayGo(const QUrl &url, Place place) = 0; //!< asked before any request leaves; true to go on
    virtual void loadStarted() = 0;
    virtual void loadProgressed(int percent) = 0;
    virtual void loadShown() = 0;
    virtual void loadFailed(const QUrl &url, Failure failure, const QString &details) = 0;
    virtual void pageMoved(const QUrl &url, Place place) = 0; //!< Page or Window: what its address line must show now
    virtual void denied(Denied what, const QUrl &origin) = 0;
    //! The page called alert, confirm or prompt; it got no answer.
    virtual void said(const QString &text, const QUrl &origin) = 0;
    virtual void crashed(Place place) = 0;
    //! Something was posted to YWebViewHandler or to the window. `json` is empty when it was too long to be passed on.
    virtual void messageArrived(const QByteArray &json, const QString &origin) = 0;
    virtual bool mayOpenWindow() = 0;
    virtual void windowOpened(QWidget *view) = 0; //!< owned by the engine, without a parent
    virtual void windowClosed() = 0;              //!< by the page; `view` is about to go
};

//! One page of the engine with a profile of its own that is never written to disk.
class PaneEngine
{
public:
    PaneEngine() = default;
    Q_DISABLE_COPY_MOVE(PaneEngine)
    virtual ~PaneEngine() = default;
    virtual QWidget *widget() = 0; //!< owned by the engine
    virtual void open(const QUrl &url) = 0;
    virtual void openHtml(const QString &html, const QUrl &base) = 0; //!< a page of ours, shown as if it came from base
    virtual void openForm(const QUrl &url, const QByteArray &body) = 0; //!< POST, application/x-www-form-urlencoded
    virtual void closeWindow() = 0;
    virtual void setGround(const QColor &colour) = 0; //!< behind a page that has no ground of its own
};

struct PaneOptions
{
    qsizetype longestMessage = 0; //!< bytes; 0: the page gets no way to post messages
};

//! The seam between the console and the plugin with the browser engine. Only pure classes: the plugin shares no code
//! with the console, and everything that decides is on the console's side.
class PaneEngines
{
public:
    PaneEngines() = default;
    Q_DISABLE_COPY_MOVE(PaneEngines)
    virtual ~PaneEngines() = default;
    virtual PaneEngine *create(PaneListener &listener, const PaneOptions &options) = 0;
};

} // namespace ui

#define PANE_ENGINES_IID "merchant-console.PaneEngines/3"
Q_DECLARE_INTERFACE(ui::PaneEngines, PANE_ENGINES_IID)

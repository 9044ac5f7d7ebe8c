// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>
#include <QtPlugin>

class QWidget;

namespace ui {

//! The seam between the console and the plugin with the browser engine. Only pure classes: the plugin shares no code
//! with the console, and everything that decides is on the console's side.
class PaneListener
{
public:
    enum class Place { Page, Window, Frame }; //!< the main page, a window it opened, a frame inside either
    enum class Failure { NoNetwork, Certificate, TooManyRedirects, Other };
    enum class Denied { Camera, Microphone, Location, Notifications, Clipboard, Screen, Download, File, Window, Other };

    virtual ~PaneListener() = default;
    //! Asked before any request leaves; true to go on. `byPerson`: a click or a key was behind it.
    virtual bool mayGo(const QUrl &url, Place place, bool byPerson) = 0;
    virtual void loadStarted(const QUrl &url) = 0;
    virtual void loadProgressed(int percent) = 0;
    virtual void loadShown(const QUrl &url) = 0;
    virtual void loadFailed(const QUrl &url, Failure failure, const QString &details) = 0;
    virtual void pageMoved(const QUrl &url) = 0; //!< what the address line must show now
    virtual void denied(Denied what, const QUrl &origin) = 0;
    //! The page called alert, confirm or prompt; it got no answer.
    virtual void said(const QString &text, const QUrl &origin) = 0;
    virtual void crashed() = 0;
    //! Something was posted to YWebViewHandler or to the window; `length` in UTF-16 units, `json` empty when too long.
    virtual void messageArrived(const QByteArray &json, const QString &origin, qint64 length) = 0;
    virtual QWidget *windowWanted() = 0; //!< parent of a window the page opens; nullptr to refuse
};

//! One page of the engine with its own off-the-record profile.
class PaneEngine
{
public:
    virtual ~PaneEngine() = default;
    virtual QWidget *widget() = 0; //!< owned by the engine
    virtual void open(const QUrl &url) = 0;
    //! A page of ours: `html` shown as if it came from `base`.
    virtual void openHtml(const QString &html, const QUrl &base) = 0;
    virtual void postForm(const QUrl &url, const QByteArray &body) = 0; //!< application/x-www-form-urlencoded
    virtual void reload() = 0;
    virtual void stop() = 0;
    virtual void setDark(bool dark) = 0;
};

class PaneEngines
{
public:
    virtual ~PaneEngines() = default;
    //! `schemes`: custom schemes a redirect may have; they must be known before the first page of the process.
    virtual PaneEngine *create(PaneListener &listener, const QStringList &schemes, QWidget *parent) = 0;
};

} // namespace ui

#define PANE_ENGINES_IID "merchant-console.PaneEngines/1"
Q_DECLARE_INTERFACE(ui::PaneEngines, PANE_ENGINES_IID)

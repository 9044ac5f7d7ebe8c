// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panewords.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int longestSaid = 200;

QString paneText(const char *text)
{
    return QCoreApplication::translate("ui::LinkPane", text);
}

QString shownOrigin(const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded);
    return host.isEmpty() ? paneText("The page") : host;
}

} // namespace

QString deniedThing(PaneListener::Denied what)
{
    switch (what) {
    case PaneListener::Denied::Camera:
        return paneText("the camera");
    case PaneListener::Denied::Microphone:
        return paneText("the microphone");
    case PaneListener::Denied::Location:
        return paneText("the location of this computer");
    case PaneListener::Denied::Notifications:
        return paneText("to show notifications");
    case PaneListener::Denied::Screen:
        return paneText("to record the screen");
    case PaneListener::Denied::Download:
        return paneText("to save a file on this computer");
    case PaneListener::Denied::File:
        return paneText("a file of this computer");
    case PaneListener::Denied::Window:
        return paneText("to open another window");
    case PaneListener::Denied::FullScreen:
        return paneText("to fill the whole screen");
    case PaneListener::Denied::Pointer:
        return paneText("to hold the mouse pointer");
    case PaneListener::Denied::Other:
        return paneText("something only a browser can give");
    }
    Q_UNREACHABLE();
}

QString deniedSentence(PaneListener::Denied what, const QUrl &origin)
{
    return paneText("%1 asked for: %2. The console does not allow that; if the page cannot go on without it, use the "
                    "system browser.")
        .arg(shownOrigin(origin), deniedThing(what));
}

QString saidSentence(const QString &text, const QUrl &origin)
{
    QString shown = text.simplified();
    shown.removeIf([](QChar letter) { return !letter.isPrint(); });
    if (shown.size() > longestSaid)
        shown = shown.left(longestSaid) + u'…';
    return paneText("The page at %1 says: “%2”. These are the page's words, not the console's; it got no answer.")
        .arg(shownOrigin(origin), shown);
}

QString failureSentence(PaneListener::Failure failure, const QUrl &url)
{
    const QString host = shownOrigin(url);
    switch (failure) {
    case PaneListener::Failure::NoNetwork:
        return paneText("%1 cannot be reached. Check the connection and try again; nothing was lost.").arg(host);
    case PaneListener::Failure::Certificate:
        return paneText("%1 could not prove who it is: its certificate is not valid. Nothing was sent to it, and there "
                        "is no way around this. Tell the person who looks after the service.")
            .arg(host);
    case PaneListener::Failure::TooManyRedirects:
        return paneText("%1 sent the page round in circles. It was stopped. Make a new link if this happens again.")
            .arg(host);
    case PaneListener::Failure::Stopped:
    case PaneListener::Failure::Other:
        return paneText("The page at %1 could not be shown. Try again; nothing was lost.").arg(host);
    }
    Q_UNREACHABLE();
}

QString stateTitle(LinkPane::State state)
{
    switch (state) {
    case LinkPane::State::Empty:
    case LinkPane::State::Loading:
    case LinkPane::State::Shown:
        return {};
    case LinkPane::State::Finished:
        return paneText("The customer's part is done");
    case LinkPane::State::Abandoned:
        return paneText("The page was left");
    case LinkPane::State::Crashed:
        return paneText("The page stopped working");
    case LinkPane::State::Offline:
        return paneText("The page did not load");
    case LinkPane::State::Untrusted:
        return paneText("The connection is not trusted");
    case LinkPane::State::Refused:
        return paneText("The page was not opened");
    }
    Q_UNREACHABLE();
}

} // namespace ui

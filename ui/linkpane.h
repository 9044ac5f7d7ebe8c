// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fastlinkmessage.h"
#include "models/pagerules.h"
#include "ui/paneengine.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

namespace ui {

class AddressLine;
class Banner;
class EmptyState;
class PanePopup;

//! Shows one hosted page behind guards: the address and its lock above the page, what was refused in a strip between
//! them, never inside the page. Knows nothing of sessions; what it learns leaves as signals, all through the event
//! loop. The engine is given back as soon as the page is over.
class LinkPane : public QWidget, private PaneListener
{
    Q_OBJECT
public:
    enum class State {
        Empty,
        Loading,
        Shown,
        Finished,  //!< the redirect was caught, or FastLink ended
        Abandoned, //!< leave() was called before that
        Crashed,
        Offline,   //!< no connection, or the page did not load
        Untrusted, //!< the certificate was refused; final
        Refused,   //!< the request itself, its first address, or an endless redirect; final
    };
    Q_ENUM(State)

    explicit LinkPane(PaneEngines &engines, QWidget *parent = nullptr);
    ~LinkPane() override;

    void open(const models::PaneRequest &request); //!< once
    void tryAgain();                               //!< after Crashed and Offline: from the request's address
    void leave();                                  //!< gives the page up; does nothing once it is over

    State state() const { return m_state; }
    QString explanation() const { return m_explanation; } //!< a sentence for Crashed, Offline, Untrusted and Refused
    const models::PaneRequest &request() const { return m_rules->request(); } //!< after open()
    QUrl shownAddress() const { return m_address; }
    bool wasShown() const;   //!< a page came, so that somebody could begin
    bool isUnderway() const; //!< whether something would be lost by closing
    QWidget *page() const;   //!< the engine's widget; nullptr while there is none
    PanePopup *popup() const { return m_popup.get(); }
    void focusPage();

signals:
    void stateChanged(ui::LinkPane::State state);
    //! No request to it left. Read it with models::readRedirect().
    void redirectCaught(const QUrl &url);
    //! At most models::fastLinkMessageLimit bytes, from an origin the request allows, and readable.
    void fastLinkMessage(const QByteArray &json, const QString &origin);
    //! A bank's page that belongs into the system browser (FastLink's OPEN_EXTERNAL_URL); checked.
    void externalUrlRequested(const QUrl &url);
    //! `what` is a place, an origin or a device; `explanation` a sentence for the person. The page goes on.
    void refused(const QString &what, const QString &explanation);

protected:
    void changeEvent(QEvent *event) override;

private:
    bool mayGo(const QUrl &url, Place place) override;
    void loadStarted() override;
    void loadProgressed(int percent) override;
    void loadShown() override;
    void loadFailed(const QUrl &url, Failure failure, const QString &details) override;
    void pageMoved(const QUrl &url, Place place) override;
    void denied(Denied what, const QUrl &origin) override;
    void said(const QString &text, const QUrl &origin) override;
    void crashed(Place place) override;
    void messageArrived(const QByteArray &json, const QString &origin) override;
    bool mayOpenWindow() override;
    void windowOpened(QWidget *view) override;
    void windowClosed() override;

    void start();
    bool isOver() const;
    bool turnsInCircles();
    void catchRedirect(const QUrl &url);
    void takeMessage(const QByteArray &json, const QString &origin);
    void end(State state, const QString &explanation = {});
    void setState(State state, const QString &explanation = {});
    void showState();
    void refuse(const QString &what, const QString &explanation);
    void later(auto action);

    PaneEngines &m_engines;
    std::unique_ptr<PaneEngine> m_engine;
    std::unique_ptr<PanePopup> m_popup;
    std::optional<models::PageRules> m_rules;
    models::FastLinkOutcome m_outcome;
    State m_state = State::Empty;
    QString m_explanation;
    QString m_details;
    QString m_lastRefusal;
    QUrl m_address;
    QUrl m_heading;           //!< where the page was last allowed to go
    bool m_committed = false; //!< the engine has something of the page
    bool m_everShown = false;
    bool m_caught = false;
    int m_moves = 0;
    int m_messages = 0;
    QElapsedTimer m_movesSince;
    QTimer m_lastWord; //!< success may come after exit
    AddressLine *m_line;
    Banner *m_banner;
    EmptyState *m_instead;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fastlinkmessage.h"
#include "models/pagerules.h"
#include "ui/paneengine.h"

#include <QWidget>

#include <expected>
#include <memory>

class QLabel;
class QProgressBar;
class QStackedLayout;

namespace ui {

class AddressLine;
class Banner;

//! Finds and loads the plugin with the browser engine when the first pane is opened. Keep one for the whole run.
class PaneLoader
{
public:
    //! `file` is the plugin; empty for the usual places beside and below the program.
    explicit PaneLoader(QString file = {});
    //! The sentence says why there is no pane, and what to do.
    std::expected<PaneEngines *, QString> engines();
    bool isLoaded() const { return m_engines != nullptr; }

private:
    QString m_file;
    PaneEngines *m_engines = nullptr;
    QString m_problem;
};

//! Shows one hosted page behind guards: the address and its lock above the page, what was refused in a strip between
//! them, never inside the page. Knows nothing of sessions; what it learns leaves as signals.
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
        Refused,   //!< the request itself, or an endless redirect; nothing (more) is opened
    };
    Q_ENUM(State)

    LinkPane(PaneEngines &engines, QWidget *parent = nullptr);
    ~LinkPane() override;

    void open(const models::PaneRequest &request); //!< once
    void tryAgain();                               //!< after Crashed and Offline: from the request's address
    void leave();                                  //!< gives the page up; does nothing once Finished

    State state() const { return m_state; }
    QString explanation() const { return m_explanation; } //!< a sentence for Crashed, Offline, Untrusted and Refused
    QUrl shownAddress() const { return m_address; }
    //! Whether something would be lost by closing.
    bool isUnderway() const;

signals:
    void stateChanged(ui::LinkPane::State state);
    //! Before any request to it left. Read it with models::readRedirect().
    void redirectCaught(const QUrl &url);
    //! At most models::fastLinkMessageLimit bytes, from an origin the request allows, and readable.
    void fastLinkMessage(const QByteArray &json, const QString &origin);
    //! A bank's page that belongs into the system browser (FastLink's OPEN_EXTERNAL_URL); checked.
    void externalUrlRequested(const QUrl &url);
    //! `what` is a place, an origin or a device; `explanation` a sentence for the person. The page goes on.
    void refused(const QString &what, const QString &explanation);

private:
    bool mayGo(const QUrl &url, Place place, bool byPerson) override;
    void loadStarted(const QUrl &url) override;
    void loadProgressed(int percent) override;
    void loadShown(const QUrl &url) override;
    void loadFailed(const QUrl &url, Failure failure, const QString &details) override;
    void pageMoved(const QUrl &url) override;
    void denied(Denied what, const QUrl &origin) override;
    void said(const QString &text, const QUrl &origin) override;
    void crashed() override;
    void messageArrived(const QByteArray &json, const QString &origin, qint64 length) override;
    QWidget *windowWanted() override;

    void setState(State state, const QString &explanation = {});
    void refuse(const QString &what, const QString &explanation);

    PaneEngines &m_engines;
    std::unique_ptr<PaneEngine> m_engine;
    std::unique_ptr<models::PageRules> m_rules;
    State m_state = State::Empty;
    QString m_explanation;
    QUrl m_address;
    AddressLine *m_line;
    Banner *m_banner;
};

} // namespace ui

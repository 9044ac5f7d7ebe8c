// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"
#include "ui/linkpane.h"
#include "ui/paneloader.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class Asker;

//! The window around one pane: the environment's band, what the page is for, "Leave the page", "Open in the system
//! browser". When the plugin is missing it says so and offers the system browser. Closing it midway asks first.
//! Deletes itself when closed.
class LinkPaneWindow : public QWidget
{
    Q_OBJECT
public:
    LinkPaneWindow(PaneLoader &loader, Asker &asker, const models::Profile &profile, QWidget *parent);

    //! Shows itself. `purpose` is the line above the page: "Pay link for Ada Lovelace, $25.00". Call it once.
    void open(const models::PaneRequest &request, const QString &purpose);
    LinkPane *pane() const { return m_pane; } //!< nullptr while the plugin is missing

signals:
    //! The person prefers, or needs, their own browser. Never for FastLink, which is no plain address.
    void systemBrowserRequested(const QUrl &url);
    //! The pane could not be loaded; the sentence is shown as well.
    void unavailable(const QString &explanation);
    // The pane's own signals, repeated here so that they can be connected before open().
    void stateChanged(ui::LinkPane::State state);
    void redirectCaught(const QUrl &url);
    void fastLinkMessage(const QByteArray &json, const QString &origin);
    void externalUrlRequested(const QUrl &url);
    void refused(const QString &what, const QString &explanation);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void build();
    void showPane(PaneEngines &engines);
    void showUnavailable(const QString &explanation);
    void showState();
    void askToLeave();

    PaneLoader &m_loader;
    Asker &m_asker;
    models::Profile m_profile;
    models::PaneRequest m_request;
    QPointer<LinkPane> m_pane;
    QVBoxLayout *m_column;
    QLabel *m_purpose;
    QPushButton *m_browser;
    QPushButton *m_leave;
    bool m_asking = false;
};

} // namespace ui

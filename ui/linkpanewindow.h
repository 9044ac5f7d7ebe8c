// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"
#include "ui/linkpane.h"

#include <QPointer>
#include <QWidget>

namespace ui {

class Asker;

//! The window around one pane: the environment's band, who the page is for, "Leave". When the plugin is missing it says
//! so and offers the system browser. Closing it midway asks first. Deletes itself when closed; show it with open().
class LinkPaneWindow : public QWidget
{
    Q_OBJECT
public:
    LinkPaneWindow(PaneLoader &loader, Asker &asker, const models::Profile &profile, QWidget *parent);

    //! `purpose` is the line under the title: "Pay link for Ada Lovelace, $25.00".
    void open(const models::PaneRequest &request, const QString &purpose);
    LinkPane *pane() const { return m_pane; } //!< nullptr while the plugin is missing; connect after open()

signals:
    //! The person prefers, or needs, their own browser. Never for FastLink by form, which is no plain address.
    void systemBrowserRequested(const QUrl &url);
    //! The pane's own signals, repeated here so that one connect is enough.
    void stateChanged(ui::LinkPane::State state);
    void redirectCaught(const QUrl &url);
    void fastLinkMessage(const QByteArray &json, const QString &origin);
    void externalUrlRequested(const QUrl &url);
    void refused(const QString &what, const QString &explanation);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    PaneLoader &m_loader;
    Asker &m_asker;
    models::Profile m_profile;
    QPointer<LinkPane> m_pane;
    bool m_closing = false;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/linkpane.h"
#include "ui/paneloader.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebEngineView>

#include <functional>
#include <memory>

//! One pane with the real engine, and a hand on the page inside it.
class WebPaneBench
{
public:
    WebPaneBench();

    void open(const models::PaneRequest &request);
    void close() { m_pane.reset(); }
    ui::LinkPane &pane() { return *m_pane; }
    ui::LinkPane::State state() const { return m_pane->state(); }

    //! What a script in the page itself gives; an invalid value when none came in that time.
    QVariant run(const QString &script) { return runIn(m_pane->page(), script); }
    static QVariant runIn(QWidget *view, const QString &script, int milliseconds = 5'000);
    //! Runs the event loop until the condition holds; false when it does not in time.
    static bool waitFor(const std::function<bool()> &condition, int milliseconds);
    QWidget *popupView() const;
    //! True as soon as the script gives true, in whatever page there is by then.
    bool becomes(const QString &script);
    static bool becomesIn(QWidget *view, const QString &script);
    //! Presses an element with the mouse, as a person does. True once the page felt it.
    static bool press(QWidget *view, const QString &selector);
    bool press(const QString &selector) { return press(m_pane->page(), selector); }
    //! Presses it as a script does, which needs no place on the screen.
    void follow(const QString &selector);
    void fill(const QString &selector, const QString &text);
    //! The first refusal whose sentence holds the text came within ten seconds.
    bool wasRefused(const QString &text);
    QStringList refusals() const;

    std::unique_ptr<QSignalSpy> states, redirects, messages, externals, refused;

private:
    ui::PaneLoader m_loader;
    std::unique_ptr<ui::LinkPane> m_pane;
};

//! Processes that run pages, below this one: the engine's helpers that other helpers started.
QStringList pageProcesses();

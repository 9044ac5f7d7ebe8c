// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workspace.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <vector>

class QWidget;

namespace console {

//! Walks through the main job as a person would: waits for the import, finds a payment, refunds it, and watches it
//! being accepted. Leaves screenshots and a summary. Works only on the built-in sandbox.
class Tour : public QObject
{
    Q_OBJECT
public:
    Tour(QWidget &window, const ui::Workspace &workspace, QString directory, QObject *parent = nullptr);
    void start();

signals:
    void finished(int exitCode); //!< 0 only when the refund was accepted

private:
    struct Step
    {
        QString name;                //!< "import every id"
        std::function<bool()> ready; //!< polled; the act follows when it says yes
        std::function<void()> act;
        int limitMs = 0;
    };

    void plan();
    void planImport();
    void planFind();
    void planRefund();
    void planAcceptance();
    void poll();
    void note(const QString &line);
    void shoot(const QString &name, QWidget *of = nullptr);
    void watchOutbox();
    void end(bool accepted, const QString &lastWord);

    template<typename Widget> Widget *visible(const char *name) const;
    void type(QWidget *into, const QString &text) const;
    void pressReturn(QWidget *into) const;

    QWidget &m_window;
    ui::Workspace m_workspace;
    QString m_directory;
    std::vector<Step> m_steps;
    std::size_t m_next = 0;
    QTimer m_poll;
    QElapsedTimer m_stepTime;
    QStringList m_summary;
    models::LedgerRead m_read;
    QString m_outboxState;
    QString m_outboxAnswer;
    QString m_transactionId;
};

} // namespace console

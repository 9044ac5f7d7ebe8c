// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventreplay.h"
#include "ui/dialogframe.h"
#include "ui/workspace.h"

class QLineEdit;
class QPlainTextEdit;
class QRadioButton;

namespace ui {

class Banner;

//! Sends a stored event once more, as it arrived: to the console's own receiver, or to an address of the person's
//! choice. Stays open, so that it can be tried again.
class ReplayDialog : public DialogFrame
{
    Q_OBJECT
public:
    //! `eventTitle`: what the event says happened.
    ReplayDialog(const Workspace &workspace, qint64 eventKey, const QString &eventTitle, QWidget *parent);

private:
    void build(const QString &eventTitle);
    void wire();
    void showState();
    void sendOrStop();
    void showOutcome(const models::ReplayOutcome &outcome);

    Workspace m_workspace;
    qint64 m_eventKey;
    models::EventReplay m_replay;
    Banner *m_banner = nullptr;
    QRadioButton *m_own = nullptr;
    QRadioButton *m_other = nullptr;
    QLineEdit *m_address = nullptr;
    QLabel *m_problem = nullptr;
    QPlainTextEdit *m_answer = nullptr;
};

} // namespace ui

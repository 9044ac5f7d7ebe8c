// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

//! The frame every dialog of ours has: environment band on top, title, body, one primary button, Escape gives up. Shown
//! with open(), never exec().
class DialogFrame : public QDialog
{
    Q_OBJECT
public:
    DialogFrame(const models::Profile &profile, const QString &title, QWidget *parent);
    void reject() override;

protected:
    bool event(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    //! While something is written down that goes on without the dialog, it stays: leaving would look like giving up.
    void setLeavable(bool leavable);
    QVBoxLayout *body() const; //!< where the dialog's own widgets go
    QPushButton *primary() const;
    void setPrimary(const QString &text, bool destructive = false);
    void setHint(const QString &text);   //!< small line beside the buttons
    void setCancel(const QString &text); //!< "Close", "Keep the payment"; empty hides the button, Escape stays
    const models::Profile &profile() const;

private:
    void takeGround();
    void grow(int needed);

    models::Profile m_profile;
    QVBoxLayout *m_body;
    QPushButton *m_primary;
    QPushButton *m_cancel;
    QLabel *m_hint;
    bool m_wasShown = false;
    bool m_leavable = true;
    //! Until a window manager has placed the dialog, its place reads as the corner of the screen, where one that grows
    //! would then go.
    QTimer m_settling;
};

} // namespace ui

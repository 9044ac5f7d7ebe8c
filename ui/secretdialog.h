// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogframe.h"

namespace ui {

class Banner;
class SecretField;

//! Asks for a profile's client secret for this run only, when the keychain cannot give it; says why, and offers to ask
//! the keychain again.
class SecretDialog : public DialogFrame
{
    Q_OBJECT
public:
    //! `why`: the keychain's problem as a sentence.
    SecretDialog(const models::Profile &profile, const QString &why, QWidget *parent = nullptr);

    void showProblem(const QString &why); //!< the keychain was asked again and still has a problem

signals:
    void secretEntered(
        const QString &profileId, const QByteArray &secret); //!< to be held in memory only; the dialog closes
    void retryRequested();                                   //!< ask the keychain again; the dialog stays

private:
    void showState();
    void hand();
    Banner *m_banner;
    SecretField *m_field;
};

} // namespace ui

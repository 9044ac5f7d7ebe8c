// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogframe.h"

class QLineEdit;

namespace ui {

class Banner;

//! Asks for the passphrase of a sealed file: twice to seal one, once to open one. Stays open until it is told what came
//! of it.
class PassphraseDialog : public DialogFrame
{
    Q_OBJECT
public:
    enum class Purpose { Seal, Open };
    PassphraseDialog(const models::Profile &profile, Purpose purpose, QWidget *parent);

    void showProblem(const QString &sentence);

signals:
    void passphraseEntered(const QString &passphrase);

private:
    void showState();
    QString problem() const;

    Purpose m_purpose;
    Banner *m_banner;
    QLineEdit *m_first;
    QLineEdit *m_second = nullptr;
    bool m_waiting = false;
};

} // namespace ui

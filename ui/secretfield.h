// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

//! Where the client secret of a profile stands.
enum class SecretState {
    Asking,      //!< the keychain has not answered yet
    Kept,        //!< in the keychain
    ThisRunOnly, //!< in memory until the console ends
    Missing,
    Problem, //!< the keychain could not be asked, or refused
};

//! The client secret: typed, never shown back. What is kept is only ever replaced or removed.
class SecretField : public QWidget
{
    Q_OBJECT
public:
    //! `prefix` keeps the object names of several apart: "aggregation" gives aggregationSecretEdit.
    explicit SecretField(QWidget *parent, const QString &prefix = {});

    void setState(SecretState state, const QString &sentence = {});
    SecretState state() const;
    QByteArray typed() const; //!< without spaces and line ends around it; empty when nothing was typed
    void forgetTyped();
    QLineEdit *edit() const;

signals:
    void changed();
    void removeRequested();

private:
    void showState();
    SecretState m_state = SecretState::Missing;
    QString m_sentence;
    QLineEdit *m_edit;
    QPushButton *m_remove;
    QLabel *m_note;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/forwarder.h"
#include "models/receiversettings.h"
#include "ui/dialogframe.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QSpinBox;
class QVBoxLayout;

namespace ui {

class Asker;
class Banner;

//! Where events reach this computer, and where they are passed on to.
class ReceiverDialog : public DialogFrame
{
    Q_OBJECT
public:
    ReceiverDialog(
        const models::Profile &profile, const models::ReceiverSettings &settings, Asker &asker, QWidget *parent);

    void setTargets(const QList<models::ForwardTarget> &targets);
    void showProblem(const QString &sentence);

signals:
    void settingsChosen(const models::ReceiverSettings &settings);
    void targetAdded(const QUrl &url);
    void targetRemoved(qint64 key);
    void retryRequested(const QUrl &url); //!< those that were given up

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void buildReceiving(QVBoxLayout *column);
    void buildPassingOn(QVBoxLayout *column);
    QWidget *fileField(QLineEdit *&edit, const QString &name, const QString &title);
    void wire();
    void showState();
    void addTarget();
    models::ReceiverSettings settings() const;

    models::ReceiverSettings m_settings;
    Asker &m_asker;
    QList<models::ForwardTarget> m_targets;
    Banner *m_banner = nullptr;
    QCheckBox *m_enabled = nullptr;
    QLineEdit *m_address = nullptr;
    QSpinBox *m_port = nullptr;
    QLineEdit *m_certificate = nullptr;
    QLineEdit *m_key = nullptr;
    QLineEdit *m_public = nullptr;
    QLabel *m_warning = nullptr;
    QLineEdit *m_target = nullptr;
    QListWidget *m_list = nullptr;
};

} // namespace ui

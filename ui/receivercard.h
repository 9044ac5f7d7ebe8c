// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace models {
class Receiver;
}

namespace ui {

class StatusChip;

//! Whether events can reach this computer now, in one line.
class ReceiverCard : public QWidget
{
    Q_OBJECT
public:
    ReceiverCard(models::Receiver &receiver, QWidget *parent);

signals:
    void settingsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showState();

    models::Receiver &m_receiver;
    QTimer m_tick; //!< the time since the last delivery goes on by itself
    StatusChip *m_chip;
    QLabel *m_text;
    QPushButton *m_settings;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"

#include <QWidget>

class QLabel;
class QRadioButton;
class QSpinBox;

namespace ui {

//! How a profile refunds, how long it waits before money moves, and how hard it asks.
class ProfileOptions : public QWidget
{
    Q_OBJECT
public:
    explicit ProfileOptions(QWidget *parent);
    void setProfile(const models::Profile &profile);
    void writeTo(models::Profile &profile) const;

signals:
    void changed();

private:
    void build();
    void wire();
    void showRoute();
    QSpinBox *makeNumber(const QString &name, int least, int most);

    QRadioButton *m_reversed = nullptr;
    QRadioButton *m_refunds = nullptr;
    QLabel *m_routeNote = nullptr;
    QSpinBox *m_hold = nullptr;
    QSpinBox *m_inFlight = nullptr;
    QSpinBox *m_refresh = nullptr;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"

#include <QColor>
#include <QWidget>

namespace ui {

//! The colour by which a person knows where they are.
QColor environmentColour(models::Environment environment);

//! The coloured line over a window or dialog.
class EnvironmentBand : public QWidget
{
    Q_OBJECT
public:
    EnvironmentBand(models::Environment environment, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    models::Environment m_environment;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment.h"

#include "ui/theme.h"

#include <QPainter>

namespace ui {

QColor environmentColour(models::Environment environment)
{
    switch (environment) {
    case models::Environment::BuiltInSandbox:
        return Theme::colour(Colour::SandboxBand);
    case models::Environment::LinkSandbox:
        return Theme::colour(Colour::LinkSandboxBand);
    case models::Environment::Production:
        return Theme::colour(Colour::ProductionBand);
    case models::Environment::Custom:
        return Theme::colour(Colour::CustomBand);
    }
    Q_UNREACHABLE();
}

EnvironmentBand::EnvironmentBand(models::Environment environment, QWidget *parent)
    : QWidget(parent)
    , m_environment(environment)
{
    setFixedHeight(metrics::bandHeight);
}

void EnvironmentBand::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), environmentColour(m_environment));
}

} // namespace ui

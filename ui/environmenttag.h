// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"

#include <QWidget>

namespace ui {

//! Where money is about to move, in colour and in words: "Production, real money · Acme".
class EnvironmentTag : public QWidget
{
    Q_OBJECT
public:
    EnvironmentTag(const models::Profile &profile, QWidget *parent);
    QString text() const;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    models::Environment m_environment;
    QString m_text;
};

//! "Production, real money", "Built-in sandbox, no real money", ...
QString environmentSentence(models::Environment environment);

} // namespace ui

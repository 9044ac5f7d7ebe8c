// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/webhookverification.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace ui {

//! How deliveries are checked: one of the forms that are known of, with where it is known from. A scheme that is none
//! of them stays as it is.
class SchemeField : public QWidget
{
    Q_OBJECT
public:
    SchemeField(models::WebhookFamily family, QWidget *parent);

    models::WebhookScheme scheme() const;
    void setScheme(const models::WebhookScheme &scheme);
    QComboBox *box() const { return m_box; }

signals:
    void changed();

private:
    void showState();

    QList<models::SchemePreset> m_presets;
    QComboBox *m_box;
    QLabel *m_why;
};

} // namespace ui

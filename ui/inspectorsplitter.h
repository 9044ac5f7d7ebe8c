// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QSplitter>
#include <QTimer>

namespace models {
class ProfileStore;
}

namespace ui {

//! A list and, beside it, at most one inspector at a time. The width that a person gives an inspector is kept for all
//! pages and starts.
class InspectorSplitter : public QSplitter
{
    Q_OBJECT
public:
    InspectorSplitter(models::ProfileStore &profiles, QWidget *list, QWidget *parent);

    //! Takes the inspector and hides it. Below `minimumWidth` pixels it cannot be drawn.
    void addInspector(QWidget *inspector, int minimumWidth = metrics::inspectorWidth * 3 / 4);
    //! Gives a hidden inspector its width and shows it.
    void showInspector(QWidget *inspector);

private:
    void keepWidth();

    models::ProfileStore &m_profiles;
    QTimer m_saving;
};

} // namespace ui

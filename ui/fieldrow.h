// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recorddetails.h"

#include <QWidget>

namespace ui {

//! One documented field in the inspector: label, value by its type; ids can be copied, links open their record.
class FieldRow : public QWidget
{
    Q_OBJECT
public:
    FieldRow(models::RecordKind kind, const models::DetailField &field, QWidget *parent);

signals:
    void opened(const models::RecordRef &ref);

private:
    QWidget *valueWidget(models::RecordKind kind, const models::DetailField &field);
    QWidget *idWidget(const models::DetailField &field);
};

} // namespace ui

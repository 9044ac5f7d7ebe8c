// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stepchip.h"

#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QPainter>

namespace ui {

namespace {

//! Wide enough for the longest word, so that the texts beside the chips line up.
constexpr int stepChipWidth = 92;

} // namespace

StepChip::StepChip(const models::StatusLook &look, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
{
    setAccessibleName(look.word);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize StepChip::sizeHint() const
{
    return {qMax(stepChipWidth, StatusChip::widthFor(m_look)), metrics::rowHeight - spacing::m};
}

void StepChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    StatusChip::paint(&painter, rect(), m_look, false);
}

} // namespace ui

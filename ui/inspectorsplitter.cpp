// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspectorsplitter.h"

#include "models/profiles.h"
#include "ui/fadein.h"
#include "ui/taborder.h"
#include "ui/theme.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr auto widthSetting = "inspector/width"_L1;

} // namespace

InspectorSplitter::InspectorSplitter(models::ProfileStore &profiles, QWidget *list, QWidget *parent)
    : QSplitter(parent)
    , m_profiles(profiles)
{
    setChildrenCollapsible(false);
    addWidget(list);
    setStretchFactor(0, 1);
    m_saving.setSingleShot(true);
    m_saving.setInterval(500ms);
    connect(this, &QSplitter::splitterMoved, &m_saving, qOverload<>(&QTimer::start));
    connect(&m_saving, &QTimer::timeout, this, &InspectorSplitter::keepWidth);
}

void InspectorSplitter::addInspector(QWidget *inspector, int minimumWidth)
{
    inspector->setMinimumWidth(minimumWidth);
    addWidget(inspector);
    setStretchFactor(indexOf(inspector), 0);
    inspector->hide(); // a splitter shows what it is given
    tabInReadingOrder(this);
}

void InspectorSplitter::showInspector(QWidget *inspector)
{
    if (!inspector->isHidden())
        return;
    inspector->show();
    const int kept = m_profiles.viewSetting(widthSetting, metrics::inspectorWidth).toInt();
    const int wanted = qMin(kept, width() * 2 / 5); // in a small window the list needs the room more
    QList<int> widths(count(), 0);
    widths.first() = width() - wanted;
    widths[indexOf(inspector)] = wanted;
    setSizes(widths);
    fadeIn(inspector);
}

void InspectorSplitter::keepWidth()
{
    for (int part = 1; part < count(); ++part) {
        if (!widget(part)->isHidden())
            m_profiles.setViewSetting(widthSetting, widget(part)->width());
    }
}

} // namespace ui

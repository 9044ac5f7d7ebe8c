// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schemefield.h"

#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace ui {

SchemeField::SchemeField(models::WebhookFamily family, QWidget *parent)
    : QWidget(parent)
    , m_presets(models::schemePresets(family))
    , m_box(new QComboBox(this))
    , m_why(captionLabel({}, this))
{
    m_box->setObjectName(u"schemeBox"_s);
    m_box->setAccessibleName(tr("Signature"));
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const models::SchemePreset &preset : m_presets)
        m_box->addItem(preset.title);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(spacing::xs);
    column->addWidget(m_box);
    column->addWidget(m_why);
    connect(m_box, &QComboBox::currentIndexChanged, this, [this] {
        showState();
        emit changed();
    });
    showState();
}

models::WebhookScheme SchemeField::scheme() const
{
    return m_presets.at(m_box->currentIndex()).scheme;
}

void SchemeField::setScheme(const models::WebhookScheme &scheme)
{
    auto found = std::ranges::find(m_presets, scheme, &models::SchemePreset::scheme);
    if (found == m_presets.end()) {
        m_presets.append({.id = {}, .title = models::schemeText(scheme), .why = {}, .scheme = scheme});
        m_box->addItem(m_presets.last().title);
        found = m_presets.end() - 1;
    }
    m_box->setCurrentIndex(static_cast<int>(found - m_presets.begin()));
}

void SchemeField::showState()
{
    const models::SchemePreset &preset = m_presets.at(m_box->currentIndex());
    m_why->setText(preset.why);
    m_why->setVisible(!preset.why.isEmpty());
    m_box->setAccessibleDescription(u"%1. %2"_s.arg(m_box->accessibleName(), preset.why));
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environmenttag.h"

#include "ui/environment.h"
#include "ui/theme.h"

#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace ui {

QString environmentSentence(models::Environment environment)
{
    switch (environment) {
    case models::Environment::BuiltInSandbox:
        return EnvironmentTag::tr("Built-in sandbox, no real money");
    case models::Environment::LinkSandbox:
        return EnvironmentTag::tr("Link sandbox, simulated money");
    case models::Environment::Production:
        return EnvironmentTag::tr("Production, real money");
    case models::Environment::Custom:
        return EnvironmentTag::tr("Custom address, treat as real money");
    }
    return {};
}

EnvironmentTag::EnvironmentTag(const models::Profile &profile, QWidget *parent)
    : QWidget(parent)
    , m_environment(profile.environment)
    , m_text(environmentSentence(profile.environment))
{
    if (!profile.name.isEmpty() && profile.name != models::environmentName(profile.environment))
        m_text += u" · "_s + profile.name;
    setFont(Theme::font(Type::BodyStrong));
    setAccessibleName(tr("Environment: %1").arg(m_text));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setObjectName(u"environmentTag"_s);
}

QString EnvironmentTag::text() const
{
    return m_text;
}

QSize EnvironmentTag::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(m_text) + metrics.height() + spacing::s, metrics.height() + spacing::xs};
}

void EnvironmentTag::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = QFontMetrics(font()).height() - spacing::xs;
    const QRect mark(0, (height() - side) / 2, side, side);
    painter.setPen(Qt::NoPen);
    painter.setBrush(environmentColour(m_environment));
    painter.drawRoundedRect(mark, spacing::xs, spacing::xs);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(rect().adjusted(side + spacing::s, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_text);
}

} // namespace ui

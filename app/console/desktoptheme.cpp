// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/desktoptheme.h"

#include "ui/theme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace console {

namespace {

// XDG Desktop Portal, org.freedesktop.portal.Settings.
constexpr auto portalService = "org.freedesktop.portal.Desktop"_L1;
constexpr auto portalPath = "/org/freedesktop/portal/desktop"_L1;
constexpr auto portalInterface = "org.freedesktop.portal.Settings"_L1;
constexpr auto appearanceGroup = "org.freedesktop.appearance"_L1;
constexpr auto schemeKey = "color-scheme"_L1;

//! Read wraps the value in one variant more than ReadOne does.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

std::optional<ui::Theme::Scheme> schemeOfValue(const QVariant &value)
{
    switch (unwrapped(value).toUInt()) {
    case 1:
        return ui::Theme::Scheme::Dark;
    case 2:
        return ui::Theme::Scheme::Light;
    default:
        return std::nullopt; // no preference, or one that is not known yet
    }
}

} // namespace

DesktopTheme::DesktopTheme(QDBusConnection bus, QObject *parent)
    : QObject(parent)
    , m_bus(std::move(bus))
{
    if (!m_bus.isConnected())
        return;
    // Without a service's name: asking who owns it would be waited for.
    m_bus.connect({}, portalPath, portalInterface, u"SettingChanged"_s, this,
        SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask(u"ReadOne"_s);
}

bool DesktopTheme::hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s);
}

void DesktopTheme::ask(const QString &method)
{
    QDBusMessage call = QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, method);
    call.setArguments({QString(appearanceGroup), QString(schemeKey)});
    auto *answer = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, method, answer] {
        answer->deleteLater();
        const QDBusMessage reply = answer->reply();
        const bool isOld = answer->isError() && answer->error().type() == QDBusError::UnknownMethod;
        if (isOld && method == "ReadOne"_L1)
            return ask(u"Read"_s); // portals before version 2 of the interface
        if (!answer->isError() && !m_heard)
            ui::Theme::follow(schemeOfValue(reply.arguments().value(0)));
    });
}

void DesktopTheme::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group != appearanceGroup || key != schemeKey)
        return;
    m_heard = true;
    ui::Theme::follow(schemeOfValue(value.variant()));
}

} // namespace console

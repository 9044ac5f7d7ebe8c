// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/desktoptheme.h"

#include "ui/theme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QFile>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace console {

namespace {

// XDG Desktop Portal, org.freedesktop.portal.Settings.
constexpr auto portalService = "org.freedesktop.portal.Desktop"_L1;
constexpr auto portalPath = "/org/freedesktop/portal/desktop"_L1;
constexpr auto portalInterface = "org.freedesktop.portal.Settings"_L1;

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

void applyScheme(const QVariant &value)
{
    ui::Theme::follow(schemeOfValue(value));
}

void applyMotion(const QVariant &value)
{
    const QVariant wanted = unwrapped(value);
    ui::Theme::followMotion(!wanted.canConvert<bool>() || wanted.toBool());
}

} // namespace

//! One of the portal's settings and what it changes here.
struct DesktopSetting
{
    QLatin1StringView group;
    QLatin1StringView key;
    void (*apply)(const QVariant &value);
};

namespace {

constexpr std::array settings{
    DesktopSetting{"org.freedesktop.appearance"_L1, "color-scheme"_L1, applyScheme},
    DesktopSetting{"org.gnome.desktop.interface"_L1, "enable-animations"_L1, applyMotion},
};

} // namespace

DesktopTheme::DesktopTheme(QDBusConnection bus, QObject *parent)
    : QObject(parent)
    , m_bus(std::move(bus))
{
    if (!m_bus.isConnected())
        return;
    // Without a service's name: asking who owns it would be waited for.
    // clang-format off: it would write the signature as Qt does not
    m_bus.connect({}, portalPath, portalInterface, u"SettingChanged"_s, this,
        SLOT(settingChanged(QString,QString,QDBusVariant)));
    // clang-format on
    for (const DesktopSetting &setting : settings)
        ask(setting, u"ReadOne"_s);
}

bool DesktopTheme::hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s);
}

void DesktopTheme::ask(const DesktopSetting &setting, const QString &method)
{
    QDBusMessage call = QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, method);
    call.setArguments({QString(setting.group), QString(setting.key)});
    auto *answer = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, &setting, method, answer] {
        answer->deleteLater();
        const QDBusMessage reply = answer->reply();
        const bool isOld = answer->isError() && answer->error().type() == QDBusError::UnknownMethod;
        if (isOld && method == "ReadOne"_L1)
            return ask(setting, u"Read"_s); // portals before version 2 of the interface
        if (!answer->isError() && !m_heard.contains(&setting))
            setting.apply(reply.arguments().value(0));
    });
}

void DesktopTheme::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    for (const DesktopSetting &setting : settings) {
        if (group != setting.group || key != setting.key)
            continue;
        m_heard.insert(&setting);
        setting.apply(value.variant());
    }
}

} // namespace console

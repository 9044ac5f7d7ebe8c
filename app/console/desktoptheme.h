// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>
#include <QSet>

namespace console {

struct DesktopSetting;

//! Whether the desktop prefers light or dark, and whether it wants things to move, as the settings portal tells it:
//! asked for once and heard afterwards, never waited for. Without a portal the platform's palette decides, as it does
//! for "no preference", and things move.
class DesktopTheme : public QObject
{
    Q_OBJECT
public:
    explicit DesktopTheme(QDBusConnection bus, QObject *parent = nullptr);

    //! Nothing is started for it: a session without a bus has no portal either.
    static bool hasSessionBus();

private slots:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask(const DesktopSetting &setting, const QString &method);

    QDBusConnection m_bus;
    QSet<const DesktopSetting *> m_heard; //!< a change came: an answer that is still on its way is older
};

} // namespace console

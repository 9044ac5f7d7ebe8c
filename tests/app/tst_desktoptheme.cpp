// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/desktoptheme.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using Scheme = ui::Theme::Scheme;

namespace {

constexpr auto desktopPath = "/org/freedesktop/portal/desktop"_L1;

//! A bus of our own, so that neither the desktop's portal nor its keyring is asked.
class PrivateBus
{
public:
    PrivateBus()
    {
        m_daemon.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        if (m_daemon.waitForStarted() && m_daemon.waitForReadyRead())
            m_address = QString::fromLocal8Bit(m_daemon.readLine()).trimmed();
    }
    Q_DISABLE_COPY_MOVE(PrivateBus)
    ~PrivateBus()
    {
        for (const QString &name : m_names)
            QDBusConnection::disconnectFromBus(name);
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }

    QDBusConnection connection(const QString &name)
    {
        m_names << name;
        return QDBusConnection::connectToBus(m_address, name);
    }

private:
    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
};

//! The settings portal, in its newer or older form.
class Portal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    explicit Portal(QDBusConnection bus, uint preference = 0, bool moves = true)
        : m_bus(std::move(bus))
        , m_preference(preference)
        , m_moves(moves)
    {
        m_bus.registerObject(desktopPath, this, QDBusConnection::ExportAllSlots);
        m_bus.registerService(u"org.freedesktop.portal.Desktop"_s);
    }
    Q_DISABLE_COPY_MOVE(Portal)
    ~Portal() override
    {
        m_bus.unregisterObject(desktopPath);
        m_bus.unregisterService(u"org.freedesktop.portal.Desktop"_s);
    }

    void change(const QString &group, const QString &key, const QVariant &value)
    {
        QDBusMessage signal = QDBusMessage::createSignal(
            desktopPath, u"org.freedesktop.portal.Settings"_s, u"SettingChanged"_s);
        signal << group << key << QVariant::fromValue(QDBusVariant(value));
        m_bus.send(signal);
    }
    void prefer(uint preference) { change(u"org.freedesktop.appearance"_s, u"color-scheme"_s, preference); }

    int asked = 0;

public slots:
    QDBusVariant Read(const QString &group, const QString &key) // NOLINT: the portal's name
    {
        ++asked;
        const bool scheme = group == u"org.freedesktop.appearance"_s && key == u"color-scheme"_s;
        const bool motion = group == u"org.gnome.desktop.interface"_s && key == u"enable-animations"_s;
        const QVariant value = scheme ? QVariant(m_preference) : motion ? QVariant(m_moves) : QVariant(99);
        return QDBusVariant(QVariant::fromValue(QDBusVariant(value)));
    }

private:
    QDBusConnection m_bus;
    uint m_preference;
    bool m_moves;
};

class NewPortal : public Portal
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    using Portal::Portal;

public slots:
    QDBusVariant ReadOne(const QString &group, const QString &key) // NOLINT: the portal's name
    {
        return Read(group, key).variant().value<QDBusVariant>();
    }
};

} // namespace

class tst_DesktopTheme : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(!QStandardPaths::findExecutable(u"dbus-daemon"_s).isEmpty(), "dbus is not installed");
        ui::Theme::install(*qobject_cast<QApplication *>(qApp), ui::Theme::Choice::System);
    }
    void init()
    {
        ui::Theme::follow(std::nullopt);
        ui::Theme::followMotion(true);
        QCOMPARE(ui::Theme::scheme(), Scheme::Light); // as the platform of the tests is
    }

    void thePreferenceIsRead_data()
    {
        QTest::addColumn<bool>("newer");
        QTest::addColumn<uint>("preference");
        QTest::addColumn<Scheme>("scheme");
        for (const bool newer : {false, true}) {
            const char *portal = newer ? "ReadOne" : "Read";
            QTest::addRow("%s: none", portal) << newer << 0U << Scheme::Light;
            QTest::addRow("%s: dark", portal) << newer << 1U << Scheme::Dark;
            QTest::addRow("%s: light", portal) << newer << 2U << Scheme::Light;
            QTest::addRow("%s: not known", portal) << newer << 7U << Scheme::Light;
        }
    }
    void thePreferenceIsRead()
    {
        QFETCH(bool, newer);
        QFETCH(uint, preference);
        QFETCH(Scheme, scheme);
        PrivateBus bus;
        const QDBusConnection portalSide = bus.connection(u"portal"_s);
        QVERIFY(portalSide.isConnected());
        const std::unique_ptr<Portal> portal = newer ? std::make_unique<NewPortal>(portalSide, preference)
                                                     : std::make_unique<Portal>(portalSide, preference);
        const console::DesktopTheme theme(bus.connection(u"console"_s));
        QTRY_COMPARE(portal->asked, 2);
        QTRY_COMPARE(ui::Theme::scheme(), scheme);
    }

    void aChangeIsFollowedAtOnce()
    {
        PrivateBus bus;
        NewPortal portal(bus.connection(u"portal"_s), 0);
        const console::DesktopTheme theme(bus.connection(u"console"_s));
        QTRY_COMPARE(portal.asked, 2);
        portal.prefer(1);
        QTRY_COMPARE(ui::Theme::scheme(), Scheme::Dark);
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 128);
        portal.change(u"org.freedesktop.appearance"_s, u"accent-color"_s, 2U);
        portal.change(u"org.gnome.desktop.interface"_s, u"color-scheme"_s, 2U);
        portal.prefer(2);
        QTRY_COMPARE(ui::Theme::scheme(), Scheme::Light);
    }

    void lessMotionIsFollowed()
    {
        PrivateBus bus;
        NewPortal portal(bus.connection(u"portal"_s), 0, false);
        const console::DesktopTheme theme(bus.connection(u"console"_s));
        QVERIFY(!ui::Theme::reducedMotion());
        QTRY_VERIFY(ui::Theme::reducedMotion());
        portal.change(u"org.gnome.desktop.interface"_s, u"enable-animations"_s, true);
        QTRY_VERIFY(!ui::Theme::reducedMotion());
    }

    void thePaletteOfThePlatformDoesNotUndoIt()
    {
        ui::Theme::follow(Scheme::Dark);
        QCOMPARE(ui::Theme::scheme(), Scheme::Dark);
        QEvent told(QEvent::ThemeChange);
        QCoreApplication::sendEvent(qApp, &told);
        QCOMPARE(ui::Theme::scheme(), Scheme::Dark);
        ui::Theme::follow(std::nullopt);
        QCOMPARE(ui::Theme::scheme(), Scheme::Light);
    }

    void withoutAPortalThePlatformDecides()
    {
        PrivateBus bus;
        const QDBusConnection connection = bus.connection(u"console"_s);
        const console::DesktopTheme theme(connection);
        // Answers come in the order of the questions: after this one, the theme's is there too.
        QVERIFY(!connection.interface()->isServiceRegistered(u"org.freedesktop.portal.Desktop"_s));
        QCoreApplication::processEvents();
        QCOMPARE(ui::Theme::scheme(), Scheme::Light);
    }

    void withoutABusNothingIsAsked()
    {
        const console::DesktopTheme theme(QDBusConnection(u"there is no such bus"_s));
        QCOMPARE(ui::Theme::scheme(), Scheme::Light);
    }
};

QTEST_MAIN(tst_DesktopTheme)
#include "tst_desktoptheme.moc"

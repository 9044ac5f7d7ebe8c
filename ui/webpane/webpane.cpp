// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paneengine.h"
#include "ui/webpane/webengine.h"

#include <QGuiApplication>
#include <QObject>
#include <QPalette>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

bool looksDark()
{
    return QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

void addEngineFlag(const QByteArray &wanted)
{
    constexpr auto name = "QTWEBENGINE_CHROMIUM_FLAGS";
    const QByteArray given = qgetenv(name);
    if (!given.contains(wanted))
        qputenv(name, given.isEmpty() ? wanted : given + ' ' + wanted);
}

// What has no setting. The engine reads it once, when the first page is opened.
void addEngineFlags()
{
    // Addresses of this computer's network must not leak through calls.
    addEngineFlag("--force-webrtc-ip-handling-policy=disable_non_proxied_udp");
    // Pages that have a dark look of their own show it; others stay as they are.
    if (looksDark())
        addEngineFlag("--blink-settings=preferredColorScheme=0");
}

} // namespace

class WebPane : public QObject, public PaneEngines
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID PANE_ENGINES_IID)
    Q_INTERFACES(ui::PaneEngines)
public:
    PaneEngine *create(PaneListener &listener, const PaneOptions &options) override
    {
        addEngineFlags();
        return new WebEngine(listener, options);
    }
};

} // namespace ui

#include "webpane.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paneengine.h"
#include "ui/webpane/webengine.h"

#include <QObject>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

// What has no setting: addresses of this computer's network must not leak through calls.
void addEngineFlags()
{
    constexpr auto name = "QTWEBENGINE_CHROMIUM_FLAGS";
    const QByteArray wanted = "--force-webrtc-ip-handling-policy=disable_non_proxied_udp";
    const QByteArray given = qgetenv(name);
    if (!given.contains(wanted))
        qputenv(name, given.isEmpty() ? wanted : given + ' ' + wanted);
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paneengine.h"
#include "ui/webpane/webengine.h"

#include <QObject>
#include <QWebEngineUrlScheme>

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

// The engine follows a redirect to a scheme it knows far enough to ask about it, and drops all others unseen.
void learnScheme(const QString &scheme)
{
    const QByteArray name = scheme.toLatin1();
    if (name.isEmpty() || QWebEngineUrlScheme::schemeByName(name).name() == name)
        return;
    QWebEngineUrlScheme known(name);
    known.setSyntax(QWebEngineUrlScheme::Syntax::Path);
    known.setFlags({});
    QWebEngineUrlScheme::registerScheme(known);
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
        learnScheme(options.customScheme);
        return new WebEngine(listener, options);
    }
};

} // namespace ui

#include "webpane.moc"

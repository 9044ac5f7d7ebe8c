// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webpane/bridge.h"

#include "ui/paneengine.h"

#include <QFile>
#include <QWebChannel>
#include <QWebEnginePage>
#include <QWebEngineScript>
#include <QWebEngineScriptCollection>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

QString scriptText(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        qFatal("The plugin lacks %s", qPrintable(file));
    return QString::fromUtf8(source.readAll());
}

void insertScript(QWebEnginePage *page, const QString &name, const QString &source, quint32 world)
{
    QWebEngineScript script;
    script.setName(name);
    script.setSourceCode(source);
    script.setInjectionPoint(QWebEngineScript::DocumentCreation);
    script.setWorldId(world);
    script.setRunsOnSubFrames(false);
    page->scripts().insert(script);
}

} // namespace

Bridge::Bridge(QWebEnginePage *page, PaneListener &listener, qsizetype limit)
    : QObject(page)
    , m_listener(listener)
    , m_limit(limit)
{
    constexpr quint32 ownWorld = QWebEngineScript::ApplicationWorld;
    auto *channel = new QWebChannel(this);
    channel->registerObject(u"bridge"_s, this);
    page->setWebChannel(channel, ownWorld);
    const QString bridge = scriptText(u":/webpane/bridge.js"_s).replace("LIMIT"_L1, QString::number(limit));
    insertScript(page, u"bridge"_s, scriptText(u":/qtwebchannel/qwebchannel.js"_s) + bridge, ownWorld);
    insertScript(page, u"handler"_s, scriptText(u":/webpane/handler.js"_s), QWebEngineScript::MainWorld);
}

void Bridge::take(const QString &text, const QString &origin)
{
    const QByteArray json = text.size() <= m_limit ? text.toUtf8() : QByteArray();
    m_listener.messageArrived(json.size() <= m_limit ? json : QByteArray(), origin);
}

} // namespace ui

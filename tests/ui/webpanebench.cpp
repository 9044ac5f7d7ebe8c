// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/webpanebench.h"

#include "ui/panepopup.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTimer>
#include <QWebEnginePage>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int patience = 10'000;
constexpr int scriptPatience = 300; // a page that goes away takes the answer with it
constexpr int pressPatience = 2'000;

QWebEngineView *asView(QWidget *widget)
{
    return qobject_cast<QWebEngineView *>(widget);
}

QByteArray contentOf(const QString &file)
{
    QFile source(file);
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

qint64 parentOf(const QString &pid)
{
    const QByteArray stat = contentOf("/proc/"_L1 + pid + "/stat"_L1);
    const QList<QByteArray> fields = stat.sliced(stat.lastIndexOf(')') + 1).simplified().split(' ');
    return fields.size() > 1 ? fields.at(1).toLongLong() : 0;
}

bool isEngine(const QString &pid)
{
    return contentOf("/proc/"_L1 + pid + "/cmdline"_L1).contains("QtWebEngineProcess");
}

bool isOurs(const QString &pid)
{
    return parentOf(pid) == QCoreApplication::applicationPid();
}

QString quotedText(const QString &text)
{
    return u'\'' + QString(text).replace(u'\'', "\\'"_L1) + u'\'';
}

} // namespace

WebPaneBench::WebPaneBench()
    : m_loader(QStringLiteral(WEB_PANE))
{
}

void WebPaneBench::open(const models::PaneRequest &request)
{
    const auto engines = m_loader.engines();
    QVERIFY2(engines.has_value(), engines ? "" : qPrintable(engines.error()));
    m_pane = std::make_unique<ui::LinkPane>(**engines);
    states = std::make_unique<QSignalSpy>(m_pane.get(), &ui::LinkPane::stateChanged);
    redirects = std::make_unique<QSignalSpy>(m_pane.get(), &ui::LinkPane::redirectCaught);
    messages = std::make_unique<QSignalSpy>(m_pane.get(), &ui::LinkPane::fastLinkMessage);
    externals = std::make_unique<QSignalSpy>(m_pane.get(), &ui::LinkPane::externalUrlRequested);
    refused = std::make_unique<QSignalSpy>(m_pane.get(), &ui::LinkPane::refused);
    m_pane->resize(700, 800);
    m_pane->show();
    m_pane->open(request);
}

// Qt's own waiting handles the events that are there and then sleeps. The engine works in very many small steps, each
// of which would wait for the next of these turns.
bool WebPaneBench::waitFor(const std::function<bool()> &condition, int milliseconds)
{
    const QDeadlineTimer deadline(milliseconds);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QEventLoop loop;
        QTimer::singleShot(10, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

QVariant WebPaneBench::runIn(QWidget *view, const QString &script, int milliseconds)
{
    if (!asView(view))
        return {};
    const auto answer = std::make_shared<std::optional<QVariant>>();
    asView(view)->page()->runJavaScript(script, [answer](const QVariant &value) { *answer = value; });
    if (!waitFor([&answer] { return answer->has_value(); }, milliseconds))
        return {};
    return **answer;
}

QWidget *WebPaneBench::popupView() const
{
    return m_pane->popup() ? m_pane->popup()->findChild<QWebEngineView *>() : nullptr;
}

bool WebPaneBench::becomes(const QString &script)
{
    return waitFor([&] { return m_pane->page() && runIn(m_pane->page(), script, scriptPatience).toBool(); }, patience);
}

bool WebPaneBench::becomesIn(QWidget *view, const QString &script)
{
    return waitFor([&] { return runIn(view, script, scriptPatience).toBool(); }, patience);
}

// The engine drops what is pressed before a page's first frame is on the screen, and does not say so. The page
// therefore tells that it was pressed, and until then it is pressed again, as a person would.
bool WebPaneBench::press(QWidget *view, const QString &selector)
{
    const QString script = u"(() => { const e = document.querySelector(%1); if (!e) return []; e.scrollIntoView();"
                           "window.benchPressed = false;"
                           "e.addEventListener('pointerdown', () => window.benchPressed = true, {once: true});"
                           "const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"_s
                               .arg(quotedText(selector));
    const auto arrives = [&] {
        const QVariantList at = runIn(view, script).toList();
        if (at.size() != 2)
            return false;
        QWidget *target = view->focusProxy() ? view->focusProxy() : view;
        QTest::mouseClick(target, Qt::LeftButton, {}, QPoint(at.at(0).toInt(), at.at(1).toInt()));
        return waitFor([view] { return runIn(view, u"window.benchPressed"_s).toBool(); }, pressPatience);
    };
    return waitFor(arrives, patience);
}

void WebPaneBench::follow(const QString &selector)
{
    if (QWebEngineView *view = asView(m_pane->page()))
        view->page()->runJavaScript(u"document.querySelector(%1).click()"_s.arg(quotedText(selector)));
}

void WebPaneBench::fill(const QString &selector, const QString &text)
{
    run(u"document.querySelector(%1).value = %2"_s.arg(quotedText(selector), quotedText(text)));
}

QStringList WebPaneBench::refusals() const
{
    QStringList sentences;
    for (const auto &arguments : *refused)
        sentences << arguments.at(1).toString();
    return sentences;
}

bool WebPaneBench::wasRefused(const QString &text)
{
    return waitFor(
        [&] { return std::ranges::any_of(refusals(), [&](const QString &said) { return said.contains(text); }); },
        patience);
}

QStringList pageProcesses()
{
    QStringList found;
    const QStringList pids = QDir(u"/proc"_s).entryList(QDir::Dirs).filter(QRegularExpression(u"^[0-9]+$"_s));
    for (const QString &pid : pids) {
        const QString starter = QString::number(parentOf(pid));
        if (isEngine(pid) && isEngine(starter) && isOurs(starter))
            found << pid;
    }
    return found;
}

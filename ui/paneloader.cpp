// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paneloader.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QOpenGLContext>
#include <QPluginLoader>

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

QT_BEGIN_NAMESPACE
Q_GUI_EXPORT void qt_gl_set_global_share_context(QOpenGLContext *context);
QT_END_NAMESPACE

namespace ui {

namespace {

constexpr auto pluginName = "webpane.so"_L1;

QString loaderText(const char *text)
{
    return QCoreApplication::translate("ui::PaneLoader", text);
}

QString usualFile()
{
    const QString beside = QCoreApplication::applicationDirPath() + u'/';
    for (const QString &folder : {beside, beside + "../lib/merchant-console/"_L1}) {
        if (QFileInfo::exists(folder + pluginName))
            return folder + pluginName;
    }
    return {};
}

bool sandboxIsOff()
{
    return qEnvironmentVariable("QTWEBENGINE_DISABLE_SANDBOX") == "1"_L1
        || qEnvironmentVariable("QTWEBENGINE_CHROMIUM_FLAGS").contains("--no-sandbox"_L1);
}

// The engine ends the whole process when it cannot shut its pages in, so it is tried out beforehand, in a child.
bool canShutPagesIn()
{
    const pid_t child = fork();
    if (child < 0)
        return false;
    if (child == 0)
        _exit(unshare(CLONE_NEWUSER) == 0 ? 0 : 1);
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

QString machineProblem()
{
    if (sandboxIsOff())
        return {};
    if (geteuid() == 0)
        return loaderText(
            "Web pages are not shown inside the console while it runs as the system administrator (root). "
            "Start it as an ordinary user, or use the system browser.");
    if (!canShutPagesIn())
        return loaderText("This computer does not let the console shut web pages in safely (user namespaces are off). "
                          "Use the system browser.");
    return {};
}

void dropShareContext()
{
    delete QOpenGLContext::globalShareContext();
    qt_gl_set_global_share_context(nullptr);
}

// The engine expects this context from the start of the program, where it would double the time to start. Setting it
// just before the engine is loaded does as well.
void prepareShareContext()
{
    if (QOpenGLContext::globalShareContext())
        return;
    auto *context = new QOpenGLContext;
    context->create(); // the engine asks for one even where there is no OpenGL, and then draws without it
    qt_gl_set_global_share_context(context);
    qAddPostRoutine(dropShareContext);
}

} // namespace

PaneLoader::PaneLoader(QString file)
    : m_file(std::move(file))
{
}

std::expected<PaneEngines *, QString> PaneLoader::engines()
{
    if (m_engines)
        return m_engines;
    const QString file = m_file.isEmpty() ? usualFile() : m_file;
    if (!QFileInfo::exists(file))
        return std::unexpected(loaderText("Web pages cannot be shown inside the console because the package "
                                          "merchant-console-webpane is not installed. Install it, or use the system "
                                          "browser."));
    if (const QString problem = machineProblem(); !problem.isEmpty())
        return std::unexpected(problem);
    prepareShareContext();
    QPluginLoader loader(file);
    auto *engines = qobject_cast<PaneEngines *>(loader.instance());
    if (!engines) {
        const QString why = loader.isLoaded() ? loaderText("it belongs to another version") : loader.errorString();
        return std::unexpected(loaderText("Web pages cannot be shown inside the console: %1. Install the package "
                                          "merchant-console-webpane again, or use the system browser.")
                .arg(why));
    }
    m_engines = engines;
    return engines;
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a Qt program with a window can be: what our start is compared with.
#include <QApplication>
#include <QMainWindow>
#include <QMenuBar>
#include <QPaintEvent>
#include <QStatusBar>
#include <QToolBar>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace {

class BareCanvas final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QWidget::paintEvent(event);
        if (m_painted)
            return;
        m_painted = true;
        // Queued: said when the window's whole first picture is done, as the console does.
        QMetaObject::invokeMethod(
            this,
            [] {
                std::puts("painted");
                std::fflush(stdout);
                QApplication::quit();
            },
            Qt::QueuedConnection);
    }

private:
    bool m_painted = false;
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.menuBar()->addMenu(u"&File"_s)->addAction(u"&Quit"_s, &application, &QApplication::quit);
    window.addToolBar(u"Tools"_s)->addAction(u"Refresh"_s);
    window.statusBar()->showMessage(u"Ready"_s);
    window.setCentralWidget(new BareCanvas);
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}

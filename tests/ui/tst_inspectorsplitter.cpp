// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/profiles.h"
#include "ui/inspectorsplitter.h"

#include <QMouseEvent>
#include <QSplitterHandle>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QSize wide(1400, 600);

//! A page with a list and two inspectors.
struct Page
{
    explicit Page(models::ProfileStore &profiles, QSize size = wide)
        : splitter(profiles, new QWidget, nullptr)
    {
        splitter.resize(size);
        splitter.show();
        splitter.addInspector(first);
        splitter.addInspector(second);
    }

    void drag(int pixels)
    {
        QWidget *handle = splitter.handle(1);
        QTRY_VERIFY(handle->isVisible());
        const QPointF from = handle->rect().center();
        const QPointF to = from - QPointF(pixels, 0);
        QMouseEvent press(
            QEvent::MouseButtonPress, from, handle->mapToGlobal(from), Qt::LeftButton, Qt::LeftButton, {});
        QMouseEvent move(QEvent::MouseMove, to, handle->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(handle, &press);
        QCoreApplication::sendEvent(handle, &move);
    }

    ui::InspectorSplitter splitter;
    QWidget *first = new QWidget;
    QWidget *second = new QWidget;
};

} // namespace

class tst_InspectorSplitter : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_profiles = std::make_unique<models::ProfileStore>(m_directory.filePath(u"profiles"_s)); }
    void anInspectorIsHiddenUntilItIsShown();
    void theKeptWidthHoldsForEveryPage();
    void aSmallWindowLeavesTheListItsRoom();

private:
    QTemporaryDir m_directory;
    std::unique_ptr<models::ProfileStore> m_profiles;
};

void tst_InspectorSplitter::anInspectorIsHiddenUntilItIsShown()
{
    Page page(*m_profiles);
    QVERIFY(page.first->isHidden() && page.second->isHidden());
    page.splitter.showInspector(page.second);
    QVERIFY(page.first->isHidden() && page.second->isVisible());
    QCOMPARE(page.second->width(), ui::metrics::inspectorWidth);
}

void tst_InspectorSplitter::theKeptWidthHoldsForEveryPage()
{
    constexpr int more = 90;
    Page page(*m_profiles);
    page.splitter.showInspector(page.first);
    const int before = page.first->width();
    page.drag(more);
    QCOMPARE(page.first->width(), before + more);
    page.splitter.showInspector(page.first); // it is there already: nothing moves
    QCOMPARE(page.first->width(), before + more);
    QTRY_COMPARE(m_profiles->viewSetting(u"inspector/width"_s).toInt(), before + more);

    Page other(*m_profiles);
    other.splitter.showInspector(other.first);
    QCOMPARE(other.first->width(), before + more);
}

void tst_InspectorSplitter::aSmallWindowLeavesTheListItsRoom()
{
    m_profiles->setViewSetting(u"inspector/width"_s, 900);
    Page page(*m_profiles, {1000, 600});
    page.splitter.showInspector(page.first);
    QVERIFY2(page.first->width() <= 400, qPrintable(QString::number(page.first->width())));
}

QTEST_MAIN(tst_InspectorSplitter)
#include "tst_inspectorsplitter.moc"

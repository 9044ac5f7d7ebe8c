// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/emptystate.h"

#include <QLabel>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

class tst_EmptyState : public QObject
{
    Q_OBJECT

private slots:
    void theTextHasItsHeight_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << QString();
        QTest::newRow("a line") << u"Nothing was found."_s;
        QTest::newRow("several lines") << u"Nothing was found. "_s.repeated(12).trimmed();
    }

    void theTextHasItsHeight()
    {
        QFETCH(QString, text);
        QTest::failOnWarning(QRegularExpression(u"Negative sizes"_s));
        ui::EmptyState empty;
        empty.resize(600, 500);
        empty.setContent(u"window-close"_s, u"Nothing here"_s, u"Something else."_s);
        empty.setContent(u"window-close"_s, u"Nothing here"_s, text);
        empty.show();
        const QList<QLabel *> labels = empty.findChildren<QLabel *>();
        const auto shown = std::ranges::count_if(labels,
            [&text](const QLabel *label) { return label->isVisible() && label->wordWrap() && label->text() == text; });
        QCOMPARE(shown, text.isEmpty() ? 0 : 1);
        for (const QLabel *label : labels) {
            if (label->isVisible() && label->wordWrap())
                QVERIFY(label->height() >= label->heightForWidth(label->width()));
        }
    }

    void nothingAtFirstIsNoTrouble()
    {
        QTest::failOnWarning(QRegularExpression(u"Negative sizes"_s));
        ui::EmptyState empty;
        empty.setContent(u"window-close"_s, {}, {});
        QCOMPARE(empty.accessibleName(), QString());
    }
};

QTEST_MAIN(tst_EmptyState)
#include "tst_emptystate.moc"

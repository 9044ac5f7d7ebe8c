// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordtablemodel.h"
#include "ui/recorddelegate.h"

#include <QImage>
#include <QPainter>
#include <QStandardItemModel>
#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

int bankColumn()
{
    const std::span<const models::Column> columns = models::columnsOf(models::RecordKind::Transaction);
    return static_cast<int>(
        std::ranges::find(columns, std::string_view("bank"), &models::Column::name) - columns.begin());
}

QImage paintedBank(const QString &text, int width)
{
    QStandardItemModel model(1, bankColumn() + 1);
    const QModelIndex index = model.index(0, bankColumn());
    model.setData(index, text);
    model.setData(index, true, models::RecordTableModel::LoadedRole);
    model.setData(
        index, QVariant::fromValue(models::Cell{.value = text, .currency = {}}), models::RecordTableModel::CellRole);
    model.setData(index, QVariant::fromValue(models::RecordRef{models::RecordKind::Transaction, u"p-1"_s}),
        models::RecordTableModel::RefRole);
    QStyleOptionViewItem option;
    option.rect = QRect(0, 0, width, 36);
    QImage image(option.rect.size(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    const ui::RecordDelegate delegate;
    delegate.paint(&painter, option, index);
    return image;
}

} // namespace

class tst_RecordDelegate : public QObject
{
    Q_OBJECT
private slots:
    void theLastFourDigitsAreSeenAtEveryWidth()
    {
        for (int width = 100; width <= 260; ++width) {
            const QImage one = paintedBank(u"Heartland Mutual Bank ··5926"_s, width);
            QVERIFY2(one != paintedBank(u"Heartland Mutual Bank ··5928"_s, width), qPrintable(QString::number(width)));
            QCOMPARE(one, paintedBank(u"Heartland Mutual Bank ··5926"_s, width));
        }
    }
};

QTEST_MAIN(tst_RecordDelegate)
#include "tst_recorddelegate.moc"

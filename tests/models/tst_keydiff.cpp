// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/keydiff.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using models::diffKeys;
using models::KeyOrder;
using models::KeySplice;
using models::KeyVector;

namespace {

KeyVector applied(KeyVector keys, const KeyVector &target, const std::vector<KeySplice> &splices)
{
    for (const KeySplice &splice : splices) {
        const auto at = keys.begin() + std::ptrdiff_t(splice.position);
        keys.erase(at, at + std::ptrdiff_t(splice.removed));
        const auto from = target.begin() + std::ptrdiff_t(splice.position);
        keys.insert(keys.begin() + std::ptrdiff_t(splice.position), from, from + std::ptrdiff_t(splice.inserted));
    }
    return keys;
}

size_t touched(const std::vector<KeySplice> &splices)
{
    size_t rows = 0;
    for (const KeySplice &splice : splices)
        rows += splice.removed + splice.inserted;
    return rows;
}

} // namespace

Q_DECLARE_METATYPE(models::KeyVector)
Q_DECLARE_METATYPE(models::KeyOrder)

class tst_KeyDiff : public QObject
{
    Q_OBJECT

private slots:
    void theFewestRowsMove_data()
    {
        QTest::addColumn<KeyVector>("before");
        QTest::addColumn<KeyVector>("after");
        QTest::addColumn<KeyOrder>("order");
        QTest::addColumn<int>("rows");
        QTest::newRow("nothing") << KeyVector{} << KeyVector{} << KeyOrder::Descending << 0;
        QTest::newRow("the same") << KeyVector{3, 2, 1} << KeyVector{3, 2, 1} << KeyOrder::Descending << 0;
        QTest::newRow("all new") << KeyVector{} << KeyVector{2, 1} << KeyOrder::Descending << 2;
        QTest::newRow("all gone") << KeyVector{2, 1} << KeyVector{} << KeyOrder::Descending << 2;
        QTest::newRow("at the top") << KeyVector{2, 1} << KeyVector{3, 2, 1} << KeyOrder::Descending << 1;
        QTest::newRow("both ends and the middle")
            << KeyVector{8, 6, 4, 2} << KeyVector{9, 8, 5, 4, 1} << KeyOrder::Descending << 5;
        QTest::newRow("ascending") << KeyVector{1, 3, 5} << KeyVector{1, 2, 5} << KeyOrder::Ascending << 2;
        QTest::newRow("one moved down") << KeyVector{5, 9, 1, 7} << KeyVector{9, 1, 7, 5} << KeyOrder::Other << 2;
        QTest::newRow("one moved up") << KeyVector{5, 9, 1, 7} << KeyVector{7, 5, 9, 1} << KeyOrder::Other << 2;
        QTest::newRow("turned round") << KeyVector{1, 2, 3} << KeyVector{3, 2, 1} << KeyOrder::Other << 4;
        QTest::newRow("nothing in common") << KeyVector{1, 2} << KeyVector{3, 4} << KeyOrder::Other << 4;
    }

    void theFewestRowsMove()
    {
        QFETCH(KeyVector, before);
        QFETCH(KeyVector, after);
        QFETCH(KeyOrder, order);
        const auto splices = diffKeys(before, after, order);
        QVERIFY(applied(before, after, splices) == after);
        QTEST(int(touched(splices)), "rows");
    }

    void anyTwoListsAreJoined()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 300; ++round) {
            KeyVector before;
            KeyVector after;
            for (qint64 key = 0; key < 60; ++key) {
                if (random.bounded(3) != 0)
                    before.push_back(key);
                if (random.bounded(3) != 0)
                    after.push_back(key);
            }
            QVERIFY(applied(before, after, diffKeys(before, after, KeyOrder::Ascending)) == after);
            std::shuffle(after.begin(), after.end(), random);
            QVERIFY(applied(before, after, diffKeys(before, after, KeyOrder::Other)) == after);
            const auto few = diffKeys(before, after, KeyOrder::Other, 3);
            QVERIFY(few.size() <= 3);
            QVERIFY(applied(before, after, few) == after);
        }
    }
};

QTEST_APPLESS_MAIN(tst_KeyDiff)
#include "tst_keydiff.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelineview.h"

#include "ui/theme.h"
#include "ui/timelinerow.h"

#include <QCoreApplication>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace ui {

QString sourceText(models::Source source)
{
    switch (source) {
    case models::Source::LookUp:
        return TimelineView::tr("by look-up");
    case models::Source::Poll:
        return TimelineView::tr("by automatic refresh");
    case models::Source::Import:
        return TimelineView::tr("by import");
    case models::Source::OwnAction:
        return TimelineView::tr("after an action here");
    case models::Source::EventReadBack:
        return TimelineView::tr("after an event");
    }
    Q_UNREACHABLE();
}

TimelineView::TimelineView(models::RecordKind kind, const QList<models::TimelineEntry> &entries, QWidget *parent)
    : QWidget(parent)
{
    QList<models::TimelineEntry> newestFirst = entries;
    std::reverse(newestFirst.begin(), newestFirst.end());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    for (qsizetype i = 0; i < newestFirst.size(); ++i) {
        const models::TimelineEntry &entry = newestFirst.at(i);
        const QString time = models::cellText(
            {.type = models::CellType::Time, .value = entry.at, .currency = {}}, locale());
        const QString how = entry.inferred ? tr("follows from a later step")
                                           : tr("seen %1").arg(sourceText(entry.source));
        const QString when = entry.inferred ? tr("by %1").arg(time) : time;
        const QString detail = entry.told ? time : entry.at == 0 ? how : when + u" · "_s + how;
        const TimelineRow::Place place{.first = i == 0, .last = i == newestFirst.size() - 1};
        column->addWidget(new TimelineRow(
            models::statusLook(kind, entry.status), detail, entry.inferred && !entry.told, place, this));
    }
}

} // namespace ui

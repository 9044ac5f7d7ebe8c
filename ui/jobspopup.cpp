// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobspopup.h"

#include "ui/jobrow.h"
#include "ui/theme.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int popupWidth = 400;
constexpr int mostHeight = 480;

} // namespace

JobsPopup::JobsPopup(models::JobsModel &jobs, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_jobs(jobs)
    , m_area(new QScrollArea(this))
{
    setObjectName(u"jobsPopup"_s);
    setAccessibleName(tr("Jobs"));
    setFrameShape(StyledPanel);
    m_area->setFrameShape(NoFrame);
    m_area->setAccessibleName(tr("Jobs"));
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(m_area);
    connect(&m_jobs, &QAbstractItemModel::rowsInserted, this, &JobsPopup::fill);
    connect(&m_jobs, &QAbstractItemModel::rowsRemoved, this, &JobsPopup::fill);
    connect(&m_jobs, &QAbstractItemModel::modelReset, this, &JobsPopup::fill);
}

void JobsPopup::fill()
{
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins({});
    column->setSpacing(0);
    for (int row = 0; row < m_jobs.rowCount(); ++row) {
        auto *line = new JobRow(m_jobs.jobAt(row), list);
        connect(line, &JobRow::opened, this, [this](models::Job *job) {
            close();
            emit jobOpened(job);
        });
        column->addWidget(line);
    }
    if (m_jobs.rowCount() == 0) {
        auto *nothing = new QLabel(
            tr("No jobs yet. An import of ids shows its progress here, and goes on after a restart."), list);
        nothing->setWordWrap(true);
        nothing->setMargin(spacing::l);
        column->addWidget(nothing);
    }
    column->addStretch();
    m_area->setWidget(list);
    const QMargins around = layout()->contentsMargins() + frameWidth();
    const int inner = popupWidth - around.left() - around.right();
    const int height = list->layout()->hasHeightForWidth() ? list->layout()->totalHeightForWidth(inner)
                                                           : list->sizeHint().height();
    setFixedSize(popupWidth, qMin(height + around.top() + around.bottom(), mostHeight));
}

void JobsPopup::showUnder(const QWidget *anchor)
{
    fill();
    const QPoint corner = anchor->mapToGlobal(QPoint(anchor->width(), anchor->height()));
    move(corner - QPoint(popupWidth, -spacing::xs));
    show();
    setFocus(Qt::PopupFocusReason);
}

} // namespace ui

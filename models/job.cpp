// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/job.h"

#include <algorithm>

namespace models {

void JobsModel::add(Job *job)
{
    job->setParent(this);
    beginInsertRows({}, 0, 0);
    m_jobs.insert(m_jobs.begin(), job);
    endInsertRows();
    connect(job, &Job::changed, this, [this, job] {
        const auto found = std::ranges::find(m_jobs, job, &QPointer<Job>::data);
        const QModelIndex row = index(static_cast<int>(found - m_jobs.begin()));
        emit dataChanged(row, row);
        emit activityChanged();
    });
    connect(job, &QObject::destroyed, this, &JobsModel::forgetGone);
    emit activityChanged();
}

void JobsModel::forgetGone()
{
    const auto found = std::ranges::find_if(m_jobs, &QPointer<Job>::isNull);
    const int row = static_cast<int>(found - m_jobs.begin());
    beginRemoveRows({}, row, row);
    m_jobs.erase(found);
    endRemoveRows();
    emit activityChanged();
}

Job *JobsModel::jobAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_jobs.at(static_cast<std::size_t>(row)) : nullptr;
}

Job *JobsModel::newestActive() const
{
    const auto found = std::ranges::find_if(m_jobs, [](const QPointer<Job> &job) {
        return job && (job->state() == Job::State::Running || job->state() == Job::State::Paused);
    });
    return found == m_jobs.end() ? nullptr : found->data();
}

int JobsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

QVariant JobsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    Job *job = jobAt(index.row());
    if (!job)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return job->title();
    case Qt::ToolTipRole:
        return job->summary();
    case JobRole:
        return QVariant::fromValue(job);
    default:
        return {};
    }
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QObject>
#include <QPointer>
#include <QString>

#include <memory>
#include <vector>

namespace models {

//! Long work that a person can watch, pause, cancel and come back to.
class Job : public QObject
{
    Q_OBJECT
public:
    enum class State { Running, Paused, Done, Cancelled, Failed };
    using QObject::QObject;

    virtual QString title() const = 0;
    virtual State state() const = 0;
    virtual qint64 done() const = 0;
    virtual qint64 total() const = 0;    //!< 0 while unknown
    virtual int perSecond() const = 0;   //!< 0 when it makes no sense
    virtual QString summary() const = 0; //!< one sentence: where it is, or how it ended
    virtual bool canPause() const { return true; }

public slots:
    virtual void pause() = 0;
    virtual void resume() = 0;
    virtual void cancel() = 0;

signals:
    void changed();
};

//! All jobs in one place, newest first.
class JobsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { JobRole = Qt::UserRole }; //!< models::Job *
    using QAbstractListModel::QAbstractListModel;

    void add(Job *job); //!< takes ownership; a job that is deleted elsewhere leaves the list
    Job *jobAt(int row) const;
    Job *newestActive() const; //!< null when nothing runs or is paused
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

signals:
    void activityChanged();

private:
    void forgetGone();

    std::vector<QPointer<Job>> m_jobs;
};

} // namespace models

Q_DECLARE_METATYPE(models::Job *)

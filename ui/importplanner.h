// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/importplan.h"

#include <QObject>

#include <memory>

namespace ui {

//! Reads and understands what is to be imported on a thread of its own, so that two million lines never hold up the
//! window. A newer question replaces an older one, whose answer is then never heard.
class ImportPlanner : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void planFile(const QString &file);
    void planText(const QString &text);
    void planAgain(const QList<models::ImportColumn> &columns); //!< the same bytes, columns taken for something else
    void forget();                                              //!< drops what was read, and any question under way
    bool isBusy() const;

signals:
    void busyChanged();
    void planned(const models::ImportPlan &plan);
    void failed(const QString &sentence);

private:
    using Plan = std::expected<models::ImportPlan, QString>;

    //! What was read, kept for planning it again. Shared with the thread that works on it.
    struct Material
    {
        QString file; //!< to be read first, when set
        QString text; //!< what was pasted, when no file
        QByteArray bytes;
        QString name;
        bool isFile = false;
    };
    static Plan work(Material &material, const QList<models::ImportColumn> &columns);
    void start(std::shared_ptr<Material> material, const QList<models::ImportColumn> &columns);

    std::shared_ptr<Material> m_material;
    quint64 m_question = 0;
    bool m_busy = false;
};

} // namespace ui

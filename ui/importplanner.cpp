// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importplanner.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QThread>

namespace ui {

namespace {

//! About ten million ids. A larger file is more likely the wrong one.
constexpr qint64 largestFile = 512LL * 1024 * 1024;

} // namespace

void ImportPlanner::planFile(const QString &file)
{
    start(std::make_shared<Material>(
              Material{.file = file, .text = {}, .bytes = {}, .name = QFileInfo(file).fileName(), .isFile = true}),
        {});
}

void ImportPlanner::planText(const QString &text)
{
    start(std::make_shared<Material>(Material{.file = {}, .text = text, .bytes = {}, .name = {}}), {});
}

void ImportPlanner::planAgain(const QList<models::ImportColumn> &columns)
{
    if (m_material)
        start(std::make_shared<Material>(*m_material), columns);
}

void ImportPlanner::forget()
{
    ++m_question;
    m_material.reset();
    m_busy = false;
    emit busyChanged();
}

bool ImportPlanner::isBusy() const
{
    return m_busy;
}

ImportPlanner::Plan ImportPlanner::work(Material &material, const QList<models::ImportColumn> &columns)
{
    if (!material.isFile)
        return models::planPastedImport(material.text, columns);
    if (!material.file.isEmpty()) {
        QFile file(material.file);
        if (!file.open(QIODevice::ReadOnly))
            return std::unexpected(
                tr("%1 could not be opened: %2. Check that you may read it.").arg(material.name, file.errorString()));
        if (file.size() > largestFile)
            return std::unexpected(tr("%1 is larger than %2. Split it and import the parts one after the other.")
                    .arg(material.name, QLocale().formattedDataSize(largestFile, 0)));
        material.bytes = file.readAll();
        if (file.error() != QFileDevice::NoError)
            return std::unexpected(tr("%1 could not be read to its end: %2.").arg(material.name, file.errorString()));
        material.file.clear();
    }
    return models::planImport(material.bytes, material.name, columns);
}

void ImportPlanner::start(std::shared_ptr<Material> material, const QList<models::ImportColumn> &columns)
{
    const quint64 question = ++m_question;
    const auto answer = std::make_shared<Plan>(std::unexpected(QString()));
    QThread *thread = QThread::create([material, columns, answer] { *answer = work(*material, columns); });
    connect(thread, &QThread::finished, this, [this, question, material, answer] {
        if (question != m_question)
            return;
        m_material = material;
        m_busy = false;
        emit busyChanged();
        if (*answer)
            emit planned(**answer);
        else
            emit failed(answer->error());
    });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    m_busy = true;
    emit busyChanged();
    thread->start();
}

} // namespace ui

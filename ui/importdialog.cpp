// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importdialog.h"

#include "models/plurals.h"
#include "ui/asker.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/importreview.h"
#include "ui/importsource.h"
#include "ui/theme.h"

#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

enum ImportPage { SourcePage, ReadingPage, ReviewPage };

} // namespace

ImportDialog::ImportDialog(const Workspace &workspace, QWidget *parent)
    : DialogFrame(workspace.profile, tr("Import ids"), parent)
    , m_asker(workspace.asker)
{
    setObjectName(u"importDialog"_s);
    build();
    wire();
    showState();
}

void ImportDialog::build()
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_source = new ImportSource(this);
    m_review = new ImportReview(this);
    m_stack = new QStackedWidget(this);
    m_stack->insertWidget(SourcePage, m_source);
    m_stack->insertWidget(ReadingPage, buildReading());
    m_stack->insertWidget(ReviewPage, m_review);
    body()->setSpacing(spacing::m);
    body()->addWidget(m_banner);
    body()->addWidget(m_stack, 1);
    setMinimumWidth(dialogwidth::wide);
}

QWidget *ImportDialog::buildReading()
{
    auto *page = new QWidget(this);
    m_readingText = paragraphLabel({}, page);
    m_readingText->setObjectName(u"loadingText"_s);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::m);
    layout->addStretch();
    layout->addWidget(m_readingText);
    layout->addWidget(busyBar(page));
    layout->addStretch();
    return page;
}

void ImportDialog::wire()
{
    connect(primary(), &QPushButton::clicked, this, &ImportDialog::advance);
    connect(m_source, &ImportSource::dropped, this, &ImportDialog::openFile);
    connect(m_source, &ImportSource::pastedChanged, this, &ImportDialog::showState);
    connect(m_source, &ImportSource::chooseRequested, this, [this] {
        m_asker.openFile(this, tr("Import ids"), tr("Lists of ids (*.csv *.tsv *.txt);;All files (*)"),
            [dialog = QPointer<ImportDialog>(this)](const QString &file) {
                if (dialog)
                    dialog->openFile(file);
            });
    });
    connect(m_review, &ImportReview::columnsChosen, &m_planner, &ImportPlanner::planAgain);
    connect(m_review, &ImportReview::backRequested, this, &ImportDialog::startOver);
    connect(&m_planner, &ImportPlanner::busyChanged, this, &ImportDialog::showState);
    connect(&m_planner, &ImportPlanner::planned, this, &ImportDialog::took);
    connect(&m_planner, &ImportPlanner::failed, this, &ImportDialog::failed);
}

void ImportDialog::openFile(const QString &file)
{
    const QFileInfo info(file);
    m_plan.reset();
    m_banner->clear();
    m_reading = tr("%1, %2").arg(info.fileName(), QLocale().formattedDataSize(info.size(), 1));
    m_planner.planFile(file);
}

void ImportDialog::advance()
{
    if (m_planner.isBusy())
        return;
    if (m_plan) {
        emit startRequested(*m_plan);
        accept();
        return;
    }
    m_banner->clear();
    m_reading = tr("the pasted list");
    m_planner.planText(m_source->pasted());
}

void ImportDialog::took(const models::ImportPlan &plan)
{
    m_plan = plan;
    m_review->setPlan(plan);
    showState();
}

void ImportDialog::failed(const QString &sentence)
{
    m_plan.reset();
    m_banner->showMessage(Banner::Kind::Error, sentence);
    showState();
}

void ImportDialog::startOver()
{
    m_plan.reset();
    m_banner->clear();
    m_planner.forget();
}

void ImportDialog::showState()
{
    const bool busy = m_planner.isBusy();
    m_readingText->setText(tr("Reading %1…").arg(m_reading));
    m_stack->setCurrentIndex(m_plan ? ReviewPage : busy ? ReadingPage : SourcePage);
    const qint64 ids = m_plan ? m_plan->records.size() : 0;
    m_review->setEnabled(!busy);
    if (m_plan) {
        setPrimary(models::counted(ids, tr("&Look up 1 id"), tr("&Look up %1 ids")));
        primary()->setEnabled(!busy && ids > 0);
    } else {
        setPrimary(tr("&Read the pasted list"));
        primary()->setEnabled(!busy && !m_source->pasted().trimmed().isEmpty());
    }
    setHint(busy && m_plan ? tr("Reading it again…") : QString());
}

} // namespace ui

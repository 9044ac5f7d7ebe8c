// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importsummarydialog.h"

#include "ui/dialogpieces.h"
#include "ui/importsummary.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

ImportSummaryDialog::ImportSummaryDialog(const models::Profile &profile, models::ImportJob *job, QWidget *parent)
    : DialogFrame(profile, tr("Import"), parent)
{
    setObjectName(u"importSummaryDialog"_s);
    setMinimumWidth(dialogwidth::wide);
    auto *summary = new ImportSummary(this);
    summary->setJob(job);
    body()->addWidget(summary, 1);
    setPrimary(tr("&Close"));
    setCancel({});
    connect(primary(), &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace ui

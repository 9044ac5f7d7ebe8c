// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importreview.h"

#include "models/plurals.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/importpreviewmodel.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QVBoxLayout>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr std::array importColumns{models::ImportColumn::Ignored, models::ImportColumn::Kind, models::ImportColumn::Id,
    models::ImportColumn::TransactionId, models::ImportColumn::CustomerId, models::ImportColumn::PayoutId};
constexpr int previewHeight = 230, badLinesHeight = 120, previewColumnWidth = 170, widestPreview = 300;

QString importSeparatorName(QChar separator)
{
    if (separator == u';')
        return ImportReview::tr("semicolons");
    if (separator == u'\t')
        return ImportReview::tr("tabs");
    return ImportReview::tr("commas");
}

QString importSourceLine(const models::ImportPlan &plan)
{
    QStringList parts{plan.name, plan.encoding};
    if (plan.columns.size() > 1)
        parts << ImportReview::tr("separated by %1").arg(importSeparatorName(plan.separator))
              << (plan.hasHeader ? ImportReview::tr("first line holds names") : ImportReview::tr("no line with names"));
    parts << models::counted(plan.lines, ImportReview::tr("1 line"), ImportReview::tr("%1 lines"));
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QString importNoticeText(const models::ImportPlan &plan)
{
    QStringList parts;
    if (plan.cutShort)
        parts << ImportReview::tr(
            "The file ends in the middle of a quoted value: it may be cut. Export it again if lines are missing.");
    if (plan.formulaCells > 0)
        parts << models::counted(plan.formulaCells,
            ImportReview::tr("1 cell holds a formula; it was not taken for an id."),
            ImportReview::tr("%1 cells hold formulas; they were not taken for ids."));
    return parts.join(u' ');
}

void styleImportTable(QTableView *table)
{
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->verticalHeader()->setDefaultSectionSize(metrics::rowHeight - spacing::s);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->setTabKeyNavigation(false);
}

} // namespace

QString importCountsText(const models::ImportPlan &plan)
{
    qint64 transactions = 0, customers = 0, payouts = 0;
    for (const models::RecordRef &ref : plan.records) {
        switch (ref.kind) {
        case models::RecordKind::Transaction:
            ++transactions;
            break;
        case models::RecordKind::Customer:
            ++customers;
            break;
        case models::RecordKind::Payout:
            ++payouts;
            break;
        case models::RecordKind::OutboxEntry:
        case models::RecordKind::Event:
        case models::RecordKind::PayLink:
            break;
        }
    }
    QStringList kinds;
    if (transactions > 0)
        kinds << models::counted(transactions, ImportReview::tr("1 transaction"), ImportReview::tr("%1 transactions"));
    if (customers > 0)
        kinds << models::counted(customers, ImportReview::tr("1 customer"), ImportReview::tr("%1 customers"));
    if (payouts > 0)
        kinds << models::counted(payouts, ImportReview::tr("1 payout"), ImportReview::tr("%1 payouts"));
    if (kinds.isEmpty())
        return ImportReview::tr("No ids found. Say below which column holds them.");
    QString text = models::counted(plan.records.size(), ImportReview::tr("1 id"), ImportReview::tr("%1 ids")) + u": "_s
        + kinds.join(u", "_s);
    if (plan.repeats > 0)
        text += u"; "_s
            + models::counted(
                plan.repeats, ImportReview::tr("1 repeat left out"), ImportReview::tr("%1 repeats left out"));
    return text + u'.';
}

ImportReview::ImportReview(QWidget *parent)
    : QWidget(parent)
    , m_model(new ImportPreviewModel(this))
{
    build();
}

void ImportReview::build()
{
    auto *back = new QPushButton(Theme::icon(u"go-previous"_s), tr("&Back"), this);
    back->setObjectName(u"backButton"_s);
    back->setAutoDefault(false);
    back->setFlat(true);
    back->setToolTip(tr("Choose something else to import"));
    connect(back, &QPushButton::clicked, this, &ImportReview::backRequested);
    m_counts = sectionLabel({}, this);
    m_counts->setObjectName(u"importCounts"_s);
    m_source = captionLabel({}, this);
    m_source->setObjectName(u"importSourceText"_s);
    m_notice = new Banner(this);
    m_notice->setObjectName(u"importNotice"_s);
    buildTables();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::s);
    layout->addWidget(back, 0, Qt::AlignLeft);
    layout->addWidget(m_counts);
    layout->addWidget(m_source);
    layout->addWidget(m_notice);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_badTitle);
    layout->addWidget(m_bad);
}

void ImportReview::buildTables()
{
    m_table = new QTableView(this);
    m_table->setObjectName(u"importPreview"_s);
    m_table->setAccessibleName(tr("First lines, and what each column is taken for"));
    m_table->setModel(m_model);
    m_table->setMinimumHeight(previewHeight);
    styleImportTable(m_table);
    m_badTitle = new QLabel(this);
    m_badTitle->setObjectName(u"badLinesTitle"_s);
    m_badTitle->setFont(Theme::font(Type::BodyStrong));
    m_bad = new QTableWidget(0, 3, this);
    m_bad->setObjectName(u"badLines"_s);
    m_bad->setAccessibleName(tr("Lines that are left out, and why"));
    m_bad->setHorizontalHeaderLabels({tr("Line"), tr("Why"), tr("Text")});
    m_bad->horizontalHeader()->setStretchLastSection(true);
    m_bad->verticalHeader()->hide();
    m_bad->setFixedHeight(badLinesHeight);
    styleImportTable(m_bad);
}

void ImportReview::setPlan(const models::ImportPlan &plan)
{
    m_columns = plan.columns;
    m_counts->setText(importCountsText(plan));
    m_source->setText(importSourceLine(plan));
    if (const QString notice = importNoticeText(plan); notice.isEmpty())
        m_notice->clear();
    else
        m_notice->showMessage(Banner::Kind::Warning, notice);
    showPreview(plan);
    showBadLines(plan);
    if (m_chosen >= 0 && m_chosen < m_columns.size())
        m_table->indexWidget(m_model->index(0, m_chosen))->setFocus();
    m_chosen = -1;
}

void ImportReview::showPreview(const models::ImportPlan &plan)
{
    m_model->setPlan(plan);
    m_table->setRowHeight(0, metrics::rowHeight);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        m_table->setIndexWidget(m_model->index(0, column), makeColumnBox(column, plan.columns.at(column)));
        m_table->resizeColumnToContents(column);
        m_table->setColumnWidth(column, qBound(previewColumnWidth, m_table->columnWidth(column), widestPreview));
    }
}

QWidget *ImportReview::makeColumnBox(int column, models::ImportColumn taken)
{
    auto *box = new QComboBox(m_table);
    box->setObjectName(u"columnCombo%1"_s.arg(column));
    nameBox(box, tr("Column %1 is taken for").arg(m_model->headerData(column, Qt::Horizontal).toString()));
    for (const models::ImportColumn choice : importColumns) {
        box->addItem(importColumnName(choice), int(choice));
        if (choice == taken)
            box->setCurrentIndex(box->count() - 1);
    }
    connect(box, &QComboBox::activated, this, [this, box, column] {
        QList<models::ImportColumn> columns = m_columns;
        columns[column] = models::ImportColumn(box->currentData().toInt());
        if (columns == m_columns)
            return;
        m_chosen = column;
        emit columnsChosen(columns);
    });
    return box;
}

void ImportReview::showBadLines(const models::ImportPlan &plan)
{
    m_badTitle->setVisible(plan.badLineCount > 0);
    m_bad->setVisible(plan.badLineCount > 0);
    QString title = models::counted(plan.badLineCount, tr("1 line is left out"), tr("%1 lines are left out"));
    if (plan.badLineCount > plan.badLines.size())
        title += u" · "_s + tr("the first %1 are shown").arg(QLocale().toString(plan.badLines.size()));
    m_badTitle->setText(title);
    m_bad->setRowCount(int(plan.badLines.size()));
    for (int row = 0; row < m_bad->rowCount(); ++row) {
        const models::ImportBadLine &line = plan.badLines.at(row);
        m_bad->setItem(row, 0, new QTableWidgetItem(QLocale().toString(line.line)));
        m_bad->setItem(row, 1, new QTableWidgetItem(line.why));
        m_bad->setItem(row, 2, new QTableWidgetItem(line.text));
    }
    m_bad->resizeColumnsToContents();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/importplan.h"

#include <QWidget>

class QLabel;
class QTableView;
class QTableWidget;

namespace ui {

class Banner;
class ImportPreviewModel;

//! What an import would do: counts, encoding, the first lines with what each column is taken for, and the lines that
//! could not be read.
class ImportReview : public QWidget
{
    Q_OBJECT
public:
    explicit ImportReview(QWidget *parent);
    void setPlan(const models::ImportPlan &plan);

signals:
    void columnsChosen(const QList<models::ImportColumn> &columns);
    void backRequested();

private:
    void build();
    void buildTables();
    void showPreview(const models::ImportPlan &plan);
    void showBadLines(const models::ImportPlan &plan);
    QWidget *makeColumnBox(int column, models::ImportColumn taken);

    QList<models::ImportColumn> m_columns;
    int m_chosen = -1; //!< the column whose pick list gets the focus back once the plan is there
    ImportPreviewModel *m_model;
    QLabel *m_counts = nullptr;
    QLabel *m_source = nullptr;
    Banner *m_notice = nullptr;
    QTableView *m_table = nullptr;
    QLabel *m_badTitle = nullptr;
    QTableWidget *m_bad = nullptr;
};

//! "5,260 ids: 5,000 transactions, 200 customers, 60 payouts; 12 repeats left out."
QString importCountsText(const models::ImportPlan &plan);

} // namespace ui

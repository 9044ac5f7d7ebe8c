// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordtablemodel.h"

#include <QTimer>
#include <QWidget>

class QCompleter;
class QLabel;
class QLineEdit;
class QStringListModel;

namespace ui {

//! Where the filter language is typed: completions while typing, a mistake shown in place, count and sum of exactly the
//! rows below.
class FilterBar : public QWidget
{
    Q_OBJECT
public:
    FilterBar(models::RecordTableModel &model, QWidget *parent);

    QLineEdit *edit() const;
    void setText(const QString &text); //!< takes effect at once
    void clear();

private:
    void build();
    void wire();
    void showState();
    void sayState();
    void apply();
    void offerCompletions();
    void takeCompletion(const QString &word);

    models::RecordTableModel &m_model;
    QTimer m_typing;
    QLineEdit *m_edit = nullptr;
    QLabel *m_totals = nullptr;
    QLabel *m_problem = nullptr;
    QStringListModel *m_words = nullptr;
    QCompleter *m_completer = nullptr;
    bool m_unsaid = false; //!< what the filter's last change led to has not been said yet
};

//! "412 rows · $38,204.17", with what is still being counted said as such.
QString totalsText(const models::RecordTotals &totals, const QLocale &locale);

} // namespace ui

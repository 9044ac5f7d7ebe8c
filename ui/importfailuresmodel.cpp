// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importfailuresmodel.h"

#include "ui/elidedtext.h"
#include "ui/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

QString failureKind(models::RecordKind kind)
{
    switch (kind) {
    case models::RecordKind::Transaction:
        return ImportFailuresModel::tr("Transaction");
    case models::RecordKind::Customer:
        return ImportFailuresModel::tr("Customer");
    case models::RecordKind::Payout:
        return ImportFailuresModel::tr("Payout");
    case models::RecordKind::OutboxEntry:
        return ImportFailuresModel::tr("Outbox entry");
    case models::RecordKind::Event:
        return ImportFailuresModel::tr("Event");
    case models::RecordKind::PayLink:
        return ImportFailuresModel::tr("Pay link");
    }
    return {};
}

QLatin1StringView failureKindWord(models::RecordKind kind)
{
    switch (kind) {
    case models::RecordKind::Transaction:
        return "transaction"_L1;
    case models::RecordKind::Customer:
        return "customer"_L1;
    case models::RecordKind::Payout:
        return "payout"_L1;
    case models::RecordKind::OutboxEntry:
        return "outbox"_L1;
    case models::RecordKind::Event:
        return "event"_L1;
    case models::RecordKind::PayLink:
        return "paylink"_L1;
    }
    return {};
}

QString csvField(QString text)
{
    static const QString formulaStarts = u"=+-@\t\r"_s;
    if (!text.isEmpty() && formulaStarts.contains(text.front()))
        text.prepend(u'\'');
    if (!text.contains(u'"') && !text.contains(u',') && !text.contains(u'\n') && !text.contains(u'\r'))
        return text;
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

} // namespace

QString importFailuresCsv(const QList<models::ImportFailure> &failures)
{
    QString csv = u"kind,id,outcome,why\r\n"_s;
    for (const models::ImportFailure &failure : failures) {
        csv += failureKindWord(failure.ref.kind) + u',' + csvField(failure.ref.id) + u',';
        csv += (failure.notFound ? "not found"_L1 : "failed"_L1) + u',' + csvField(failure.why) + "\r\n"_L1;
    }
    return csv;
}

void ImportFailuresModel::setFailures(const QList<models::ImportFailure> &failures)
{
    beginResetModel();
    m_failures = failures;
    endResetModel();
}

int ImportFailuresModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_failures.size());
}

int ImportFailuresModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ImportFailuresModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const models::ImportFailure &failure = m_failures.at(index.row());
    if (role == Qt::FontRole && index.column() == IdColumn)
        return Theme::font(Type::Mono);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (Column(index.column())) {
    case KindColumn:
        return failureKind(failure.ref.kind);
    case IdColumn:
        return role == Qt::ToolTipRole ? plainToolTip(failure.ref.id) : failure.ref.id;
    case OutcomeColumn:
        return failure.notFound ? tr("Not found") : tr("Failed");
    case WhyColumn:
        return role == Qt::ToolTipRole ? plainToolTip(failure.why) : failure.why;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant ImportFailuresModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (Column(section)) {
    case KindColumn:
        return tr("Kind");
    case IdColumn:
        return tr("Id");
    case OutcomeColumn:
        return tr("Outcome");
    case WhyColumn:
        return tr("Why");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/linkbatchdialog.h"

#include "models/plurals.h"
#include "ui/asker.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/sessiondialog.h"
#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QFile>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSaveFile>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int planHeight = 280;
constexpr qint64 largestLinkFile = 16 * 1024 * 1024;
enum LineColumn { LineNumber, LineName, LineMail, LineAmount, LineVerdict, LineColumns };

QString verdictOf(const models::PlannedLink &link)
{
    QStringList sentences;
    for (const models::DraftFinding &finding : link.findings)
        sentences.append(finding.sentence);
    if (sentences.isEmpty())
        return LinkBatchDialog::tr("Can be sent");
    return link.canBeSent() ? LinkBatchDialog::tr("Can be sent; please check: %1").arg(sentences.join(u' '))
                            : sentences.join(u' ');
}

} // namespace

LinkBatchDialog::LinkBatchDialog(const Workspace &workspace, QWidget *parent)
    : DialogFrame(workspace.profile, tr("Pay links from a file"), parent)
    , m_workspace(workspace)
{
    setObjectName(u"linkBatchDialog"_s);
    build();
    wire();
    showState();
}

void LinkBatchDialog::build()
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_about = paragraphLabel(
        tr("One link per line of a CSV file. The first line names the fields as Link Money does: firstName, lastName, "
           "email, product, experienceId, paymentDetails.amount, paymentDetails.clientReferenceId, "
           "billingAddress.city, item1.description and so on. Nothing is sent before you have seen every line."),
        this);
    m_choose = new QPushButton(tr("&Choose a file…"), this);
    m_choose->setObjectName(u"chooseFileButton"_s);
    m_choose->setIcon(Theme::icon(u"document-import"_s));
    m_choose->setAutoDefault(false);
    m_totals = sectionLabel({}, this);
    m_totals->setObjectName(u"planTotals"_s);
    m_table = new QTableWidget(0, LineColumns, this);
    m_table->setObjectName(u"planTable"_s);
    m_table->setAccessibleName(tr("Lines of the file"));
    m_table->setHorizontalHeaderLabels({tr("Line"), tr("Customer"), tr("E-mail"), tr("Amount"), tr("What was found")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeaderItem(LineAmount)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(true);
    m_table->setMinimumHeight(planHeight);
    m_table->setColumnWidth(LineNumber, 56);
    m_table->setColumnWidth(LineName, 160);
    m_table->setColumnWidth(LineMail, 200);
    m_table->setColumnWidth(LineAmount, 90);
    body()->setSpacing(spacing::m);
    body()->addWidget(m_banner);
    body()->addWidget(m_about);
    body()->addWidget(m_choose, 0, Qt::AlignLeft);
    body()->addWidget(m_totals);
    body()->addWidget(m_table, 1);
    body()->addStretch();
    setMinimumWidth(dialogwidth::wide);
}

void LinkBatchDialog::wire()
{
    connect(m_choose, &QPushButton::clicked, this, [this] {
        m_workspace.asker.openFile(this, tr("Pay links from a file"),
            tr("CSV files (*.csv *.tsv *.txt);;All files (*)"),
            [dialog = QPointer<LinkBatchDialog>(this)](const QString &file) {
                if (dialog)
                    dialog->openFile(file);
            });
    });
    connect(primary(), &QPushButton::clicked, this, &LinkBatchDialog::start);
}

void LinkBatchDialog::openFile(const QString &file)
{
    m_plan.reset();
    m_banner->clear();
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly)) {
        m_banner->showMessage(Banner::Kind::Error, tr("The file cannot be read: %1").arg(source.errorString()));
        return showState();
    }
    if (source.size() > largestLinkFile) {
        m_banner->showMessage(Banner::Kind::Error, tr("The file is larger than 16 MB. Split it."));
        return showState();
    }
    models::SessionDraft fallback;
    fallback.set(models::SessionField::RedirectUrl, usualRedirect(m_workspace.profile).toString(QUrl::FullyEncoded));
    auto plan = models::planLinks(source.readAll(), QFileInfo(file).fileName(), fallback);
    if (!plan)
        m_banner->showMessage(Banner::Kind::Error, plan.error());
    else
        m_plan = *std::move(plan);
    showPlan();
    showState();
}

void LinkBatchDialog::addLine(const models::PlannedLink &link)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const auto put = [this, row](int column, const QString &text) {
        auto *item = new QTableWidgetItem(text);
        item->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
        item->setToolTip(text);
        m_table->setItem(row, column, item);
        return item;
    };
    using models::SessionField;
    put(LineNumber, locale().toString(link.line));
    put(LineName, link.draft.text(SessionField::FirstName) + u' ' + link.draft.text(SessionField::LastName));
    put(LineMail, link.draft.text(SessionField::Email));
    put(LineAmount, link.draft.text(SessionField::PaymentAmount))->setTextAlignment(Qt::AlignRight | Qt::AlignTop);
    const auto tone = link.canBeSent() ? models::StatusTone::Done : models::StatusTone::Failed;
    put(LineVerdict, verdictOf(link))->setForeground(Theme::tone(tone).ink);
}

void LinkBatchDialog::showPlan()
{
    constexpr int mostShown = 1000;
    m_table->setRowCount(0);
    if (!m_plan)
        return;
    // Those with problems first: they are what a person has to look at.
    for (const bool good : {false, true}) {
        for (const models::PlannedLink &link : m_plan->links) {
            if (link.canBeSent() == good && m_table->rowCount() < mostShown)
                addLine(link);
        }
    }
    if (!m_plan->unknownColumns.isEmpty())
        m_banner->showMessage(Banner::Kind::Warning,
            tr("These columns are not fields of a session and are not sent: %1.")
                .arg(m_plan->unknownColumns.join(u", "_s)));
}

void LinkBatchDialog::showState()
{
    const qint64 good = m_plan ? m_plan->good() : 0;
    const qint64 bad = m_plan ? m_plan->links.size() - good : 0;
    m_table->setVisible(m_plan.has_value());
    m_totals->setVisible(m_plan.has_value());
    m_totals->setText(bad == 0
            ? models::counted(good, tr("1 line, it can be sent"), tr("%1 lines, all can be sent"))
            : tr("%1; %2").arg(models::counted(good, tr("1 line can be sent"), tr("%1 lines can be sent")),
                  models::counted(bad, tr("1 has problems and is left out"), tr("%1 have problems and are left out"))));
    setPrimary(m_plan ? models::counted(good, tr("&Make 1 link"), tr("&Make %1 links")) : tr("&Make the links"));
    primary()->setEnabled(good > 0 && !m_starting);
    setLeavable(!m_starting);
    m_choose->setText(m_plan ? tr("&Choose another file…") : tr("&Choose a file…"));
    setHint(m_plan ? tr("Every line gets its own outcome. You can pause and cancel under Jobs.") : QString());
}

void LinkBatchDialog::start()
{
    m_starting = true;
    showState();
    models::PayLinkBatch::start(*m_plan, m_workspace.payLinks, m_workspace.ledger, this,
        [this](const std::expected<models::PayLinkBatch *, QString> &batch) {
            m_starting = false;
            if (!batch) {
                m_banner->showMessage(Banner::Kind::Error, batch.error());
                return showState();
            }
            emit started(*batch);
            accept();
        });
}

LinkBatchSummary::LinkBatchSummary(const Workspace &workspace, models::PayLinkBatch *batch, QWidget *parent)
    : DialogFrame(workspace.profile, batch->title(), parent)
    , m_workspace(workspace)
    , m_batch(batch->id())
{
    setObjectName(u"linkBatchSummary"_s);
    m_banner = new Banner(this);
    auto *text = paragraphLabel(batch->summary(), this);
    text->setObjectName(u"batchSummary"_s);
    connect(batch, &models::Job::changed, text, [text, batch] { text->setText(batch->summary()); });
    auto *list = new QPushButton(tr("Show these &links"), this);
    list->setObjectName(u"batchLinksButton"_s);
    list->setAutoDefault(false);
    connect(list, &QPushButton::clicked, this, [this] {
        emit listRequested(m_batch);
        accept();
    });
    body()->addWidget(m_banner);
    body()->addWidget(text);
    body()->addWidget(list, 0, Qt::AlignLeft);
    setPrimary(tr("&Save the result…"));
    setCancel(tr("Close"));
    setHint(tr("The file holds the links themselves: whoever has it can use them."));
    setMinimumWidth(dialogwidth::normal);
    connect(primary(), &QPushButton::clicked, this, &LinkBatchSummary::save);
}

void LinkBatchSummary::save()
{
    m_workspace.asker.saveFile(this, tr("Save the result"), u"pay-links-result.csv"_s,
        [dialog = QPointer<LinkBatchSummary>(this)](const QString &file) {
            if (dialog)
                dialog->write(file);
        });
}

void LinkBatchSummary::write(const QString &file)
{
    m_read = m_workspace.ledger.read<QByteArray>(
        [batch = m_batch](models::Database &database) { return models::batchResult(database, batch); }, this,
        [this, file](const models::DatabaseResult<QByteArray> &csv) {
            if (!csv)
                return m_banner->showMessage(Banner::Kind::Error, models::databaseErrorText(csv.error()));
            QSaveFile target(file);
            if (!target.open(QIODevice::WriteOnly) || target.write(*csv) != csv->size() || !target.commit())
                return m_banner->showMessage(
                    Banner::Kind::Error, tr("The file could not be written: %1").arg(target.errorString()));
            m_banner->showMessage(Banner::Kind::Info, tr("Saved."));
        });
}

} // namespace ui

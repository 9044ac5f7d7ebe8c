// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector.h"

#include "models/eventactor.h"
#include "ui/amountlabel.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/environment.h"
#include "ui/fieldrow.h"
#include "ui/hairline.h"
#include "ui/rawanswer.h"
#include "ui/recordactions.h"
#include "ui/relatedrow.h"
#include "ui/statuschip.h"
#include "ui/taborder.h"
#include "ui/theme.h"
#include "ui/timelineview.h"

#include <QAction>
#include <QDateTime>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int clockMs = 15'000;
constexpr qint64 staleMs = 15 * 60'000;
constexpr qsizetype mostRelated = 6;

} // namespace

QString recordKindText(models::RecordKind kind)
{
    switch (kind) {
    case models::RecordKind::Transaction:
        return Inspector::tr("Transaction");
    case models::RecordKind::Customer:
        return Inspector::tr("Customer");
    case models::RecordKind::Payout:
        return Inspector::tr("Payout");
    case models::RecordKind::OutboxEntry:
        return Inspector::tr("Order");
    case models::RecordKind::Event:
        return Inspector::tr("Event");
    case models::RecordKind::PayLink:
        return Inspector::tr("Pay link");
    }
    Q_UNREACHABLE();
}

Inspector::Inspector(const Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_details(workspace.ledger)
{
    build();
    wire();
}

void Inspector::build()
{
    setObjectName(u"inspector"_s);
    setAccessibleName(tr("Details"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *inner = new QWidget;
    inner->setBackgroundRole(QPalette::Base);
    inner->setAutoFillBackground(true);
    m_actions = new RecordActions(m_workspace, inner);
    m_banner = new Banner(inner);
    m_body = new QWidget(inner);
    m_raw = new RawAnswer(inner);
    m_content = new QVBoxLayout(inner);
    m_content->setContentsMargins(spacing::xl, spacing::m, spacing::xl, spacing::l);
    m_content->setSpacing(spacing::l);
    m_content->addWidget(buildHead());
    m_content->addWidget(m_actions);
    m_content->addWidget(m_banner);
    m_content->addWidget(m_body);
    m_content->addWidget(m_raw);
    m_content->addStretch();
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(tr("Details"));
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(inner);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    outer->addWidget(area, 1);
    outer->addWidget(new Hairline(this));
    outer->addWidget(buildFoot());
}

QToolButton *Inspector::headButton(const QString &name, const QString &icon, const QString &what)
{
    constexpr int side = 28;
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedSize(side, side);
    button->setIcon(Theme::icon(icon, Colour::MutedInk));
    button->setToolTip(what);
    button->setAccessibleName(what);
    return button;
}

QWidget *Inspector::buildHead()
{
    auto *head = new QWidget(this);
    m_kind = new QLabel(head);
    m_kind->setFont(Theme::font(Type::Caption));
    m_kind->setForegroundRole(QPalette::PlaceholderText);
    m_detach = headButton(u"detachButton"_s, u"window-new"_s, tr("Open in a window of its own"));
    m_close = headButton(u"closeInspectorButton"_s, u"edit-delete-remove"_s, tr("Close the details (Esc)"));
    m_amount = new AmountLabel(head);
    m_chip = new StatusChip(head);
    m_title = new QLabel(head);
    m_title->setObjectName(u"inspectorTitle"_s);
    m_title->setFont(Theme::font(Type::Section));
    m_subtitle = new QLabel(head);
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {m_title, m_subtitle}) {
        label->setWordWrap(true);
        label->setMinimumWidth(1); // a word that cannot be wrapped must not widen the pane
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *top = new QHBoxLayout;
    top->setSpacing(spacing::xs);
    top->addWidget(m_kind, 1);
    top->addWidget(m_detach);
    top->addWidget(m_close);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins({});
    column->setSpacing(spacing::xs);
    column->addLayout(top);
    column->addWidget(m_amount);
    column->addWidget(m_chip);
    column->addSpacing(spacing::s);
    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    return head;
}

QWidget *Inspector::buildFoot()
{
    auto *foot = new QWidget(this);
    m_lastRead = new QLabel(foot);
    m_lastRead->setObjectName(u"lastReadLabel"_s);
    m_lastRead->setFont(Theme::font(Type::Caption));
    m_lastRead->setForegroundRole(QPalette::PlaceholderText);
    m_lastRead->setWordWrap(true);
    m_again = new QPushButton(tr("Read again"), foot);
    m_again->setObjectName(u"readAgainButton"_s);
    m_again->setToolTip(tr("Ask Link Money for this record (F5)"));
    m_again->setAutoDefault(false);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(spacing::xl, spacing::s, spacing::l, spacing::s);
    row->addWidget(m_lastRead, 1);
    row->addWidget(m_again);
    return foot;
}

void Inspector::wire()
{
    m_clock.setInterval(clockMs);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        showReadTime();
        showBanner();
    });
    connect(&m_details, &models::RecordDetailsModel::changed, this, [this] {
        showState();
        if (!m_details.isLoading())
            emit loaded();
    });
    connect(m_detach, &QToolButton::clicked, this, [this] { emit detachRequested(record()); });
    connect(m_close, &QToolButton::clicked, this, &Inspector::closeRequested);
    connect(m_again, &QPushButton::clicked, this, &Inspector::readAgain);
    connect(m_banner, &Banner::actionTriggered, this, &Inspector::readAgain);
    connect(m_actions, &RecordActions::refundRequested, this, &Inspector::refundRequested);
    connect(m_actions, &RecordActions::cancelRequested, this, &Inspector::cancelRequested);
    connect(m_actions, &RecordActions::payRequested, this, &Inspector::payRequested);
    connect(m_actions, &RecordActions::creditRequested, this, &Inspector::creditRequested);
    connect(m_actions, &RecordActions::revealRequested, this, &Inspector::revealRequested);
    connect(m_actions, &RecordActions::relinkRequested, this, &Inspector::relinkRequested);
    connect(m_actions, &RecordActions::payAgainRequested, this, &Inspector::payAgainRequested);
    m_clock.start();
}

void Inspector::setRecord(const models::RecordRef &ref)
{
    if (ref == record())
        return;
    m_lookUp = {};
    m_reading = false;
    m_readProblem.clear();
    m_details.setRecord(ref);
    showState();
}

const models::RecordRef &Inspector::record() const
{
    return m_details.ref();
}

qint64 Inspector::key() const
{
    return m_details.details() ? m_details.details()->key : 0;
}

void Inspector::becomeWindow()
{
    constexpr QSize windowSize(440, 760);
    const QPoint beside = window()->geometry().topRight() - QPoint(windowSize.width() + spacing::xxl, -spacing::xxl);
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, new EnvironmentBand(m_workspace.profile.environment, this));
    setWindowFlags(Qt::Window);
    setAttribute(Qt::WA_DeleteOnClose);
    m_detach->hide();
    m_close->hide();
    const auto add = [this](const QString &text, Qt::Key key, auto act) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
    };
    add(tr("Read the record again"), Qt::Key_F5, &Inspector::readAgain);
    add(tr("Close the window"), Qt::Key_Escape, [this] { close(); });
    setGeometry(QRect(beside, windowSize.boundedTo(screen()->availableSize())));
    show();
}

void Inspector::readAgain()
{
    if (m_reading || record().id.isEmpty())
        return;
    if (record().kind == models::RecordKind::Event)
        return m_workspace.actor.actOn({record().id.toLongLong()});
    m_reading = true;
    m_readProblem.clear();
    m_lookUp = m_workspace.lookUps.lookUp(record(), models::Source::LookUp, this,
        [this](const api::Result<models::RecordRef> &result) { tookAnswer(result); });
    showReadTime();
    showBanner();
}

void Inspector::tookAnswer(const api::Result<models::RecordRef> &result)
{
    m_reading = false;
    if (!result) {
        m_readProblem = api::errorText(result.error());
        m_readDetails = api::errorDetails(result.error());
    }
    showReadTime();
    showBanner();
}

void Inspector::showState()
{
    setUpdatesEnabled(false);
    showHead();
    m_actions->setRecord(m_details.details());
    showBody();
    showBanner();
    showReadTime();
    setUpdatesEnabled(true);
}

void Inspector::showHead()
{
    const std::optional<models::RecordDetails> &details = m_details.details();
    m_kind->setText(recordKindText(record().kind));
    const bool event = record().kind == models::RecordKind::Event;
    m_again->setText(event ? tr("Act again") : tr("Read again"));
    m_again->setToolTip(
        event ? tr("Read the record that it names once more (F5)") : tr("Ask Link Money for this record (F5)"));
    m_amount->setAmount(details ? details->headline : models::Cell{});
    m_chip->setVisible(details && !details->status.isEmpty());
    if (details)
        m_chip->setStatus(record().kind, details->status);
    m_title->setText(details ? details->title : record().id);
    const bool customer = record().kind == models::RecordKind::Customer;
    m_subtitle->setText(details ? details->bankText : QString());
    m_subtitle->setVisible(!m_subtitle->text().isEmpty());
    if (isWindow())
        setWindowTitle(tr("%1 — %2", "record, profile").arg(m_title->text(), m_workspace.profile.name));
    setAccessibleName(customer ? tr("Details of %1").arg(m_title->text())
                               : tr("Details of %1 %2").arg(m_kind->text().toLower(), m_title->text()));
}

void Inspector::addSection(const QString &title, QWidget *content)
{
    auto *heading = new QLabel(title, m_body);
    heading->setFont(Theme::font(Type::Section));
    if (m_body->layout()->count() > 0)
        static_cast<QVBoxLayout *>(m_body->layout())->addSpacing(spacing::l);
    m_body->layout()->addWidget(heading);
    static_cast<QVBoxLayout *>(m_body->layout())->addSpacing(spacing::xs);
    m_body->layout()->addWidget(content);
}

void Inspector::showBody()
{
    auto *fresh = new QWidget(m_body->parentWidget());
    delete m_content->replaceWidget(m_body, fresh);
    m_body->hide();
    m_body->deleteLater();
    m_body = fresh;
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins({});
    column->setSpacing(spacing::xs);
    const std::optional<models::RecordDetails> &details = m_details.details();
    m_raw->setText(record().kind == models::RecordKind::Event ? tr("Headers and body") : tr("Raw answer"),
        details ? details->rawAnswer : QString());
    if (!details)
        return;
    if (!details->timeline.isEmpty())
        addSection(tr("Timeline"), new TimelineView(record().kind, details->timeline, m_body));
    if (!details->related.isEmpty())
        addSection(tr("Related"), relatedView(details->related));
    for (const models::DetailSection &section : details->sections) {
        auto *fields = new QWidget(m_body);
        auto *rows = new QVBoxLayout(fields);
        rows->setContentsMargins({});
        rows->setSpacing(spacing::s);
        for (const models::DetailField &field : section.fields) {
            auto *row = new FieldRow(record().kind, field, fields);
            connect(row, &FieldRow::opened, this, &Inspector::openRequested);
            rows->addWidget(row);
        }
        addSection(section.title, fields);
    }
    tabInReadingOrder(this);
}

QWidget *Inspector::relatedView(const QList<models::RelatedRecord> &related)
{
    auto *list = new QWidget(m_body);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins({});
    column->setSpacing(0);
    for (const models::RelatedRecord &one :
        record().kind == models::RecordKind::Customer ? related.first(qMin(related.size(), mostRelated)) : related) {
        auto *row = new RelatedRow(one, list);
        connect(row, &QAbstractButton::clicked, this, [this, ref = one.ref] { emit openRequested(ref); });
        column->addWidget(row);
    }
    if (related.size() > mostRelated && record().kind == models::RecordKind::Customer) {
        auto *all = new QPushButton(tr("All transactions of this customer"), list);
        all->setObjectName(u"allRelatedButton"_s);
        all->setAutoDefault(false);
        connect(all, &QPushButton::clicked, this,
            [this] { emit listRequested(models::RecordKind::Transaction, u"customerid:\"%1\""_s.arg(record().id)); });
        column->addWidget(all, 0, Qt::AlignLeft);
    }
    return list;
}

void Inspector::showBanner()
{
    const std::optional<models::RecordDetails> &details = m_details.details();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (!m_readProblem.isEmpty())
        return m_banner->showMessage(Banner::Kind::Error, m_readProblem, m_readDetails, tr("Try again"));
    if (m_details.error())
        return m_banner->showMessage(
            Banner::Kind::Error, models::databaseErrorText(*m_details.error()), m_details.error()->message);
    if (!details && !m_details.isLoading() && !m_reading && !record().id.isEmpty())
        return m_banner->showMessage(
            Banner::Kind::Info, tr("The ledger does not have this record yet."), {}, tr("Ask Link Money"));
    const bool readable = record().kind != models::RecordKind::Event;
    if (readable && details && details->lastReadAt == 0)
        return m_banner->showMessage(
            Banner::Kind::Info, tr("Known only from other records; it was never read itself."), {}, tr("Read it"));
    if (details && details->canStillChange && now - details->lastReadAt > staleMs && !m_reading)
        return m_banner->showMessage(Banner::Kind::Info,
            tr("This can have changed: it was read %1 ago.").arg(spanText(now - details->lastReadAt)), {},
            tr("Read again"));
    m_banner->clear();
}

void Inspector::showReadTime()
{
    const std::optional<models::RecordDetails> &details = m_details.details();
    m_again->setEnabled(!m_reading && !record().id.isEmpty());
    if (m_reading) {
        m_lastRead->setText(tr("Reading…"));
    } else if (record().kind == models::RecordKind::Event) {
        m_lastRead->setText(tr("An event never changes a record: what it names is read."));
    } else if (!details || details->lastReadAt == 0) {
        m_lastRead->setText(m_details.isLoading() ? QString() : tr("Never read"));
    } else {
        const qint64 age = QDateTime::currentMSecsSinceEpoch() - details->lastReadAt;
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(details->lastReadAt);
        const QString when = at.date() == QDate::currentDate() ? at.toString(u"HH:mm:ss")
                                                               : locale().toString(at, tr("MMM d yyyy, HH:mm"));
        m_lastRead->setText(tr("Last read %1 (%2 ago), %3").arg(when, spanText(age), sourceText(details->lastSource)));
    }
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/outboxinspector.h"

#include "ui/amountlabel.h"
#include "ui/asker.h"
#include "ui/banner.h"
#include "ui/elidedlabel.h"
#include "ui/outboxwords.h"
#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QDateTime>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int countdownTickMs = 250;

QString fullTime(qint64 at, const QLocale &locale)
{
    return models::cellLongText({.type = models::CellType::Time, .value = at, .currency = {}}, locale);
}

QPushButton *actionButton(const QString &text, const QString &name, const QString &what, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setToolTip(what);
    button->setAccessibleDescription(what);
    button->setAutoDefault(false);
    return button;
}

} // namespace

OutboxInspector::OutboxInspector(const Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    build();
    wire();
}

void OutboxInspector::build()
{
    setObjectName(u"outboxInspector"_s);
    setAccessibleName(tr("Details"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_banner = new Banner(this);
    auto *content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto *facts = new QWidget(content);
    m_facts = new QFormLayout(facts);
    m_facts->setContentsMargins({});
    m_facts->setHorizontalSpacing(spacing::l);
    m_facts->setVerticalSpacing(spacing::s);
    m_facts->setLabelAlignment(Qt::AlignLeft);
    m_facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(spacing::xl, spacing::l, spacing::xl, spacing::l);
    column->setSpacing(spacing::l);
    column->addWidget(buildHead());
    column->addWidget(m_banner);
    column->addWidget(buildNextStep());
    column->addWidget(facts);
    column->addStretch();
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(tr("Details"));
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(area);
}

QWidget *OutboxInspector::buildHead()
{
    auto *head = new QWidget(this);
    m_kind = new QLabel(head);
    m_kind->setFont(Theme::font(Type::Caption));
    m_kind->setForegroundRole(QPalette::PlaceholderText);
    m_amount = new AmountLabel(head);
    m_chip = new StatusChip(head);
    m_who = new QLabel(head);
    m_who->setTextFormat(Qt::PlainText);
    m_who->setWordWrap(true);
    m_who->setMinimumWidth(1); // a word that cannot be wrapped must not widen the pane
    m_who->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close = new QPushButton(head);
    m_close->setObjectName(u"closeInspectorButton"_s);
    m_close->setFlat(true);
    m_close->setFixedWidth(32);
    m_close->setIcon(Theme::icon(u"edit-delete-remove"_s, Colour::MutedInk));
    m_close->setToolTip(tr("Close the details (Esc)"));
    m_close->setAccessibleName(tr("Close the details"));
    auto *top = new QHBoxLayout;
    top->addWidget(m_kind, 1);
    top->addWidget(m_close);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins({});
    column->setSpacing(spacing::xs);
    column->addLayout(top);
    column->addWidget(m_amount);
    column->addWidget(m_chip);
    column->addSpacing(spacing::xs);
    column->addWidget(m_who);
    return head;
}

QWidget *OutboxInspector::buildNextStep()
{
    auto *box = new QWidget(this);
    m_next = new QLabel(box);
    m_next->setObjectName(u"nextStep"_s);
    m_next->setTextFormat(Qt::PlainText);
    m_next->setWordWrap(true);
    m_answer = new QLabel(box);
    m_answer->setObjectName(u"answer"_s);
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->setWordWrap(true);
    m_answer->setForegroundRole(QPalette::PlaceholderText);
    m_answer->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_undo = actionButton(tr("&Undo"), u"withdrawButton"_s, tr("Takes it back: nothing is sent"), box);
    m_send = actionButton(tr("Send &now"), u"sendNowButton"_s, tr("Ends the countdown and sends it"), box);
    m_ask = actionButton(tr("&Ask again"), u"askAgainButton"_s,
        tr("Repeats the very same request, which Link Money can carry out only once"), box);
    m_happened = actionButton(
        tr("It happened…"), u"settleYesButton"_s, tr("You have seen in the merchant portal that the money moved"), box);
    m_didNotHappen = actionButton(
        tr("It did not happen…"), u"settleNoButton"_s, tr("You have seen in the merchant portal that it did not"), box);
    m_note = actionButton(
        tr("&Got it"), u"takeNoteButton"_s, tr("Marks it as read, so that it no longer waits for you"), box);
    m_again = actionButton(
        tr("Try a new &refund…"), u"newRefundButton"_s, tr("Starts a new refund of the same payment"), box);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(spacing::s);
    column->addWidget(m_next);
    column->addWidget(m_answer);
    for (const QList<QPushButton *> &line :
        {QList{m_undo, m_send, m_ask, m_again, m_note}, QList{m_happened, m_didNotHappen}}) {
        auto *row = new QHBoxLayout;
        row->setSpacing(spacing::s);
        for (QPushButton *button : line)
            row->addWidget(button);
        row->addStretch();
        column->addLayout(row);
    }
    return box;
}

void OutboxInspector::wire()
{
    models::Outbox *outbox = &m_workspace.outbox;
    m_tick.setInterval(countdownTickMs);
    connect(&m_tick, &QTimer::timeout, this, &OutboxInspector::tick);
    connect(m_close, &QPushButton::clicked, this, &OutboxInspector::closeRequested);
    connect(m_undo, &QPushButton::clicked, this, [this, outbox] { outbox->withdraw(m_key, this, reporter()); });
    connect(m_send, &QPushButton::clicked, this, [this, outbox] { outbox->sendNow(m_key, this, reporter()); });
    connect(m_ask, &QPushButton::clicked, this, [this, outbox] { outbox->askAgain(m_key, this, reporter()); });
    connect(m_note, &QPushButton::clicked, this, [this, outbox] { outbox->takeNote(m_key, this, reporter()); });
    connect(m_happened, &QPushButton::clicked, this, [this] { settle(true); });
    connect(m_didNotHappen, &QPushButton::clicked, this, [this] { settle(false); });
    connect(m_again, &QPushButton::clicked, this,
        [this] { emit refundRequested({models::RecordKind::Transaction, m_entry->original.text()}); });
    connect(outbox, &models::Outbox::entryChanged, this, [this](qint64 key) {
        if (key == m_key)
            read();
    });
}

void OutboxInspector::setEntry(qint64 key)
{
    if (key == m_key)
        return;
    m_key = key;
    m_entry.reset();
    m_banner->clear();
    showState();
    read();
}

qint64 OutboxInspector::entry() const
{
    return m_key;
}

void OutboxInspector::read()
{
    using Entry = std::optional<models::OutboxEntry>;
    m_read = m_workspace.ledger.read<Entry>(
        [key = m_key](models::Database &database) { return models::readOutboxEntry(database, key); }, this,
        [this](const models::DatabaseResult<Entry> &entry) {
            if (!entry) {
                m_banner->showMessage(
                    Banner::Kind::Error, models::databaseErrorText(entry.error()), entry.error().message);
                return;
            }
            m_entry = *entry;
            if (!m_entry)
                m_banner->showMessage(Banner::Kind::Warning, tr("This entry is no longer in the ledger."));
            showState();
        });
}

void OutboxInspector::showState()
{
    const models::OutboxEntry entry = m_entry.value_or(models::OutboxEntry());
    m_kind->setText(m_entry ? outboxKindText(entry.kind) : QString());
    m_amount->setAmount({.type = entry.amount.cents > 0 ? models::CellType::Money : models::CellType::Text,
        .value = entry.amount.cents,
        .currency = entry.amount.currency});
    m_chip->setVisible(m_entry.has_value());
    m_chip->setStatus(models::RecordKind::OutboxEntry, models::outboxStateWord(entry.state));
    m_who->setText(entry.customerName.isEmpty() ? entry.customer.text() : entry.customerName);
    m_answer->setText(entry.answer);
    m_answer->setVisible(!entry.answer.isEmpty() && entry.state != models::OutboxState::Held);
    showActions();
    showFacts();
    tick();
}

void OutboxInspector::showActions()
{
    const models::OutboxActions can = m_entry ? models::outboxActions(*m_entry, QDateTime::currentMSecsSinceEpoch())
                                              : models::OutboxActions();
    m_undo->setVisible(can.withdraw);
    m_send->setVisible(can.sendNow);
    m_ask->setVisible(can.askAgain);
    m_happened->setVisible(can.settle);
    m_didNotHappen->setVisible(can.settle);
    m_note->setVisible(can.takeNote);
    const bool nothingHappened = m_entry
        && (m_entry->state == models::OutboxState::Refused || m_entry->released
            || m_entry->state == models::OutboxState::Withdrawn);
    m_again->setVisible(nothingHappened && m_entry->kind == models::OutboxKind::Refund);
    const bool counting = m_entry && m_entry->state == models::OutboxState::Held && m_entry->holdUntil > 0;
    if (counting != m_tick.isActive())
        counting ? m_tick.start() : m_tick.stop();
}

void OutboxInspector::tick()
{
    m_next->setText(m_entry ? models::outboxNextStep(*m_entry, QDateTime::currentMSecsSinceEpoch()) : QString());
}

void OutboxInspector::addFact(const QString &label, const QString &value, bool mono)
{
    if (value.isEmpty())
        return;
    auto *name = new QLabel(label);
    name->setForegroundRole(QPalette::PlaceholderText);
    if (mono) {
        m_facts->addRow(name, new ElidedLabel(value, Theme::font(Type::Mono), nullptr));
        return;
    }
    auto *text = new QLabel(value);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setMinimumWidth(1);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    name->setBuddy(text);
    m_facts->addRow(name, text);
}

void OutboxInspector::addLink(const QString &label, const api::TransactionId &transaction)
{
    if (transaction.isEmpty())
        return;
    auto *name = new QLabel(label);
    name->setForegroundRole(QPalette::PlaceholderText);
    auto *link = new ElidedLabel(transaction.text(), Theme::font(Type::Mono), nullptr);
    link->setLink(true);
    link->setAccessibleName(tr("%1: open %2").arg(label, transaction.text()));
    connect(link, &ElidedLabel::activated, this,
        [this, transaction] { emit openRequested({models::RecordKind::Transaction, transaction.text()}); });
    m_facts->addRow(name, link);
}

void OutboxInspector::showFacts()
{
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    if (!m_entry)
        return;
    const models::OutboxEntry &entry = *m_entry;
    addLink(entry.kind == models::OutboxKind::Refund ? tr("Refund of") : tr("Payment"), entry.original);
    addLink(tr("Made"), entry.result);
    addFact(tr("Reason"), entry.reason);
    addFact(tr("Reference"), entry.reference, true);
    addFact(tr("Your reference"), entry.ownReference, true);
    addFact(tr("On the statement"), entry.softDescriptor);
    addFact(tr("Confirmed"), fullTime(entry.createdAt, locale()));
    addFact(tr("By"), entry.by);
    addFact(tr("Last change"), fullTime(entry.changedAt, locale()));
    addFact(tr("Sent"),
        entry.attempts == 0       ? tr("never")
            : entry.attempts == 1 ? tr("once")
                                  : tr("%1 times, same key and content").arg(entry.attempts));
    addFact(tr("Service"), entry.service);
    addFact(tr("Request key"), entry.requestKey.text(), true);
}

void OutboxInspector::settle(bool happened)
{
    const Asker::Question question{
        .title = happened ? tr("Record that it happened") : tr("Record that it did not happen"),
        .text = tr("%1. This settles what is unknown for good, so look in the merchant portal first: search for "
                   "reference %2.")
            .arg(outboxSummary(*m_entry, locale()), m_entry->reference),
        .yes = tr("Record it")};
    const QString label = tr("What did you see, and where? This is kept with the entry.");
    m_workspace.asker.askText(this, question, label, [this, happened, key = m_key](const QString &reason) {
        m_workspace.outbox.settle(key, happened, reason.trimmed(), this, reporter());
    });
}

models::Outbox::ChangeHandler OutboxInspector::reporter()
{
    return [this](const std::expected<void, QString> &result) {
        if (result)
            m_banner->clear();
        else
            m_banner->showMessage(Banner::Kind::Warning, result.error());
        read();
    };
}

} // namespace ui

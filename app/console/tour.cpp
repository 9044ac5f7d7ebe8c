// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/tour.h"

#include "models/finder.h"
#include "models/job.h"
#include "models/recordtablemodel.h"
#include "ui/moneyfield.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QTableView>

using namespace Qt::Literals::StringLiterals;

namespace console {

namespace {

constexpr int pollMs = 50;
constexpr int settleMs = 400; //!< pictures are taken when nothing has moved for this long
constexpr int usualLimitMs = 30'000;
constexpr int importLimitMs = 180'000;

//! The newest outbox entry's state and answer.
models::DatabaseResult<std::pair<QString, QString>> newestEntry(models::Database &database)
{
    auto query = database.prepare("SELECT key FROM outbox ORDER BY key DESC LIMIT 1");
    if (!query)
        return std::unexpected(query.error());
    const auto row = (*query)->step();
    if (!row)
        return std::unexpected(row.error());
    if (!*row)
        return std::pair<QString, QString>();
    const auto entry = models::readOutboxEntry(database, (*query)->integer(0));
    if (!entry)
        return std::unexpected(entry.error());
    return *entry ? std::pair((models::outboxStateWord((*entry)->state)), (*entry)->answer)
                  : std::pair<QString, QString>();
}

} // namespace

Tour::Tour(QWidget &window, const ui::Workspace &workspace, QString directory, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_workspace(workspace)
    , m_directory(std::move(directory))
{
    m_poll.setInterval(pollMs);
    connect(&m_poll, &QTimer::timeout, this, &Tour::poll);
}

void Tour::start()
{
    QDir().mkpath(m_directory);
    note(u"# What the console did"_s);
    note({});
    plan();
    m_stepTime.start();
    m_poll.start();
}

template<typename Widget> Widget *Tour::visible(const char *name) const
{
    for (QWidget *top : QApplication::topLevelWidgets()) {
        const QList<Widget *> found = top->findChildren<Widget *>(QLatin1StringView(name));
        for (Widget *widget : found) {
            if (widget->isVisible())
                return widget;
        }
    }
    return nullptr;
}

void Tour::pressReturn(QWidget *into) const
{
    QKeyEvent down(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
    QApplication::sendEvent(into, &down);
    QKeyEvent up(QEvent::KeyRelease, Qt::Key_Return, Qt::NoModifier);
    QApplication::sendEvent(into, &up);
}

void Tour::type(QWidget *into, const QString &text) const
{
    into->setFocus();
    for (const QChar character : text) {
        QKeyEvent down(QEvent::KeyPress, 0, Qt::NoModifier, QString(character));
        QApplication::sendEvent(into, &down);
    }
}

void Tour::plan()
{
    planImport();
    planFind();
    planRefund();
    planAcceptance();
}

void Tour::planImport()
{
    m_steps.push_back({u"import every id the merchant knows"_s,
        [this] {
            models::Job *job = m_workspace.jobs.rowCount() > 0 ? m_workspace.jobs.jobAt(0) : nullptr;
            return job && job->state() == models::Job::State::Done;
        },
        [this] {
            note(u"- Import: "_s + m_workspace.jobs.jobAt(0)->summary());
            shoot(u"1-transactions"_s);
        },
        importLimitMs});
    m_steps.push_back({u"filter to payments that can be refunded"_s,
        [this] { return visible<QLineEdit>("filterEdit") && visible<QTableView>("transactionsTable"); },
        [this] { type(visible<QLineEdit>("filterEdit"), u"status:succeeded type:debit amount:>20"_s); }, usualLimitMs});
    m_steps.push_back({u"see the filtered rows"_s,
        [this] {
            const QTableView *table = visible<QTableView>("transactionsTable");
            const auto *model = table ? qobject_cast<const models::RecordTableModel *>(table->model()) : nullptr;
            return model && !model->filter().isEmpty() && model->state() == models::RecordTableModel::State::Ready
                && model->totals().complete && model->rowCount() > 0 && !model->refAt(0).id.isEmpty();
        },
        [this] {
            const QTableView *table = visible<QTableView>("transactionsTable");
            const auto *model = qobject_cast<const models::RecordTableModel *>(table->model());
            m_transactionId = model->refAt(0).id;
            note(u"- Filter: %1 of the merchant's payments succeeded and are over 20 dollars."_s.arg(
                QLocale().toString(model->totals().rows)));
            shoot(u"2-filter"_s);
        },
        usualLimitMs});
}

void Tour::planFind()
{
    m_steps.push_back({u"find a payment by its id"_s, [this] { return visible<QLineEdit>("omnibox") != nullptr; },
        [this] { type(visible<QLineEdit>("omnibox"), m_transactionId); }, usualLimitMs});
    m_steps.push_back({u"see it found while typing"_s,
        [this] { return m_workspace.finder.rowCount() > 0 && m_stepTime.elapsed() > settleMs; },
        [this] {
            shoot(u"3-find"_s);
            pressReturn(visible<QLineEdit>("omnibox"));
        },
        usualLimitMs});
    m_steps.push_back({u"open it"_s,
        [this] {
            const auto *refund = visible<QAbstractButton>("refundButton");
            return refund && refund->isEnabled() && m_stepTime.elapsed() > settleMs;
        },
        [this] {
            note(u"- Found payment %1."_s.arg(m_transactionId));
            shoot(u"4-payment"_s);
            visible<QAbstractButton>("refundButton")->click();
        },
        usualLimitMs});
}

void Tour::planRefund()
{
    m_steps.push_back({u"fill in the refund"_s,
        [this] {
            const auto *reason = visible<QComboBox>("reasonCombo");
            return reason && reason->isEnabled() && visible<QLineEdit>("amountEdit");
        },
        [this] {
            visible<QComboBox>("reasonCombo")->setCurrentIndex(1);
            note(u"- Refund proposed: $%1."_s.arg(visible<QLineEdit>("amountEdit")->text()));
        },
        usualLimitMs});
    m_steps.push_back({u"ask for the refund"_s,
        [this] {
            const auto *primary = visible<QAbstractButton>("primaryButton");
            return primary && primary->isEnabled() && m_stepTime.elapsed() > settleMs;
        },
        [this] {
            shoot(u"5-refund"_s, visible<QAbstractButton>("primaryButton")->window());
            visible<QAbstractButton>("primaryButton")->click();
        },
        usualLimitMs});
    m_steps.push_back({u"confirm it"_s,
        [this] {
            const auto *primary = visible<QAbstractButton>("primaryButton");
            return primary && primary->isEnabled() && m_stepTime.elapsed() > settleMs;
        },
        [this] {
            shoot(u"6-confirm"_s, visible<QAbstractButton>("primaryButton")->window());
            visible<QAbstractButton>("primaryButton")->click();
        },
        usualLimitMs});
    m_steps.push_back({u"see the countdown"_s,
        [this] { return visible<QAbstractButton>("undoButton") && m_stepTime.elapsed() > settleMs; },
        [this] {
            shoot(u"7-countdown"_s);
            watchOutbox();
        },
        usualLimitMs});
}

void Tour::planAcceptance()
{
    m_steps.push_back({u"wait for Link Money's answer"_s,
        [this] {
            watchOutbox();
            if (!visible<QAbstractButton>("refundsButton"))
                return false;
            return m_outboxState == models::outboxStateWord(models::OutboxState::Accepted)
                || m_outboxState == models::outboxStateWord(models::OutboxState::Refused)
                || m_outboxState == models::outboxStateWord(models::OutboxState::Unknown);
        },
        [this] {
            note(u"- Outcome: %1. %2"_s.arg(m_outboxState.toLower(), m_outboxAnswer));
            visible<QAbstractButton>("refundsButton")->click();
        },
        120'000});
    m_steps.push_back({u"look at the refund afterwards"_s, [this] { return m_stepTime.elapsed() > 3 * settleMs; },
        [this] {
            shoot(u"8-afterwards"_s);
            end(m_outboxState == models::outboxStateWord(models::OutboxState::Accepted), {});
        },
        usualLimitMs});
}

void Tour::watchOutbox()
{
    if (m_read.isActive())
        return;
    m_read = m_workspace.ledger.read<std::pair<QString, QString>>(
        newestEntry, this, [this](const models::DatabaseResult<std::pair<QString, QString>> &newest) {
            if (newest)
                std::tie(m_outboxState, m_outboxAnswer) = *newest;
        });
}

void Tour::poll()
{
    if (m_next >= m_steps.size())
        return;
    const Step step = m_steps.at(m_next);
    if (step.ready()) {
        ++m_next;
        m_stepTime.restart();
        step.act();
    } else if (m_stepTime.elapsed() > step.limitMs) {
        shoot(u"stopped"_s);
        end(false, u"The console did not get to this step in time: %1."_s.arg(step.name));
    }
}

void Tour::note(const QString &line)
{
    m_summary.append(line);
}

void Tour::shoot(const QString &name, QWidget *of)
{
    const QString file = name + u".png"_s;
    if ((of ? of : &m_window)->grab().save(QDir(m_directory).filePath(file)))
        note(u"  ![%1](%2)"_s.arg(name, file));
    else
        note(u"  (the picture %1 could not be written)"_s.arg(file));
}

void Tour::end(bool accepted, const QString &lastWord)
{
    m_poll.stop();
    if (!lastWord.isEmpty())
        note(u"- "_s + lastWord);
    note({});
    note(accepted ? u"The refund was accepted."_s : u"The refund was not accepted."_s);
    QFile summary(QDir(m_directory).filePath(u"summary.md"_s));
    const QByteArray text = (m_summary.join(u'\n') + u'\n').toUtf8();
    const bool written = summary.open(QIODevice::WriteOnly) && summary.write(text) == text.size();
    emit finished(accepted && written ? 0 : 1);
}

} // namespace console

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filterbar.h"

#include "ui/announcement.h"
#include "ui/moneyfield.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStringListModel>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int typingPauseMs = 120;

//! In the filter language, so it is not translated.
QString exampleFilter(models::RecordKind kind)
{
    switch (kind) {
    case models::RecordKind::Transaction:
        return u"status:failed amount:>100 created:7d smith"_s;
    case models::RecordKind::Customer:
        return u"status:active bank:chase smith"_s;
    case models::RecordKind::Payout:
        return u"status:open amount:>1000 created:30d"_s;
    case models::RecordKind::OutboxEntry:
        return u"type:refund status:unknown"_s;
    case models::RecordKind::Event:
        return u"type:payment.failed verdict:verified received:7d"_s;
    case models::RecordKind::PayLink:
        return u"status:open email:example.com"_s;
    }
    Q_UNREACHABLE();
}

//! Where the word before the cursor begins.
qsizetype wordStart(const QString &text, qsizetype cursor)
{
    qsizetype start = cursor;
    while (start > 0 && !text.at(start - 1).isSpace() && text.at(start - 1) != u'(')
        --start;
    return start;
}

QString problemText(const models::QueryProblem &problem, const QString &text)
{
    const QString wrong = text.mid(problem.position, problem.length).trimmed();
    return wrong.isEmpty() ? FilterBar::tr("Expected %1.").arg(problem.expected)
                           : FilterBar::tr("“%1”: expected %2.").arg(wrong, problem.expected);
}

} // namespace

QString totalsText(const models::RecordTotals &totals, const QLocale &locale)
{
    const QString count = totals.rows == 1 ? FilterBar::tr("1 row")
                                           : FilterBar::tr("%1 rows").arg(locale.toString(totals.rows));
    if (!totals.complete)
        return FilterBar::tr("%1, counting…").arg(count);
    return totals.hasSum && totals.rows > 0 ? count + u" · "_s + moneyText(totals.cents, u"USD"_s, locale) : count;
}

FilterBar::FilterBar(models::RecordTableModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
{
    build();
    wire();
    showState();
}

void FilterBar::build()
{
    m_edit = new QLineEdit(this);
    m_edit->setObjectName(u"filterEdit"_s);
    m_edit->setClearButtonEnabled(true);
    m_edit->setPlaceholderText(tr("Filter, for example: %1").arg(exampleFilter(m_model.kind())));
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->addAction(Theme::icon(u"view-filter"_s, Colour::MutedInk), QLineEdit::LeadingPosition);
    m_totals = new QLabel(this);
    m_totals->setObjectName(u"totals"_s);
    m_totals->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_totals->setForegroundRole(QPalette::PlaceholderText);
    m_problem = new QLabel(this);
    m_problem->setObjectName(u"filterProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setFont(Theme::font(Type::Caption));
    m_problem->setWordWrap(true);
    Theme::setInk(m_problem, Colour::DangerInk);

    m_words = new QStringListModel(this);
    m_completer = new QCompleter(m_words, this);
    m_completer->setWidget(m_edit);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);

    auto *row = new QHBoxLayout;
    row->setSpacing(spacing::m);
    row->addWidget(m_edit, 1);
    row->addWidget(m_totals);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(spacing::xs);
    column->addLayout(row);
    column->addWidget(m_problem);
    setFocusProxy(m_edit);
}

void FilterBar::wire()
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPauseMs);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::apply);
    connect(m_edit, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_edit, &QLineEdit::textEdited, this, &FilterBar::offerCompletions);
    connect(m_edit, &QLineEdit::returnPressed, this, &FilterBar::apply);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &FilterBar::takeCompletion);
    connect(&m_model, &models::RecordTableModel::stateChanged, this, &FilterBar::showState);
}

QLineEdit *FilterBar::edit() const
{
    return m_edit;
}

void FilterBar::setText(const QString &text)
{
    m_completer->popup()->hide();
    m_edit->setText(text);
    apply();
}

void FilterBar::clear()
{
    setText({});
}

void FilterBar::apply()
{
    m_typing.stop();
    m_unsaid = true;
    m_model.setFilter(m_edit->text());
    showState();
}

void FilterBar::showState()
{
    m_totals->setText(m_model.state() == models::RecordTableModel::State::Failed
            ? QString()
            : totalsText(m_model.totals(), locale()));
    const auto &problem = m_model.problem();
    m_problem->setText(problem ? problemText(*problem, m_edit->text()) : QString());
    m_problem->setVisible(problem.has_value());
    if (m_edit->accessibleDescription() != m_problem->text())
        m_edit->setAccessibleDescription(m_problem->text());
    sayState();
}

//! What came of typing is shown beside and below the field, where a screen reader does not look.
void FilterBar::sayState()
{
    const bool settled = m_model.problem() || m_model.totals().complete;
    if (!m_unsaid || !settled || !m_edit->hasFocus())
        return;
    m_unsaid = false;
    Announcement::say(this, m_model.problem() ? m_problem->text() : m_totals->text());
}

void FilterBar::offerCompletions()
{
    const qsizetype cursor = m_edit->cursorPosition();
    const qsizetype start = wordStart(m_edit->text(), cursor);
    const QStringList words = cursor > start ? models::queryCompletions(m_model.kind(), m_edit->text(), cursor)
                                             : QStringList();
    if (words.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_words->setStringList(words);
    m_completer->setCompletionPrefix({});
    constexpr int popupWidth = 260;
    QRect place = m_edit->inputMethodQuery(Qt::ImCursorRectangle).toRect();
    place.setWidth(popupWidth);
    m_completer->complete(place);
}

void FilterBar::takeCompletion(const QString &word)
{
    QString text = m_edit->text();
    const qsizetype cursor = m_edit->cursorPosition();
    const qsizetype start = wordStart(text, cursor);
    text.replace(start, cursor - start, word);
    m_edit->setText(text);
    m_edit->setCursorPosition(static_cast<int>(start + word.size()));
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/finder.h"

#include "models/findersearch.h"
#include "models/findertext.h"
#include "models/spoken.h"

#include <QDateTime>
#include <QTimer>

#include <array>
#include <optional>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int typingPauseMs = 60;
constexpr std::array askedKinds{RecordKind::Transaction, RecordKind::Customer, RecordKind::Payout};

//! The server says that there is no such record, or that this cannot even be the id of one.
bool meansNoSuchRecord(const api::Error &error)
{
    return error.kind == api::ErrorKind::NotFound || error.kind == api::ErrorKind::Rejected;
}

QString spokenText(const FoundRecord &found)
{
    const Cell status{.type = CellType::Status, .value = found.status, .currency = {}, .sign = 0};
    //: the last digits of an account
    const QString subtitle = QString(found.subtitle).replace(u"··"_s, Finder::tr("ending in "));
    QStringList facts{found.title, subtitle, spokenCell(found.ref.kind, -1, status, QLocale())};
    facts.removeAll(QString());
    return facts.join(u", "_s);
}

} // namespace

class Finder::Private
{
public:
    Private(Finder *finder, Ledger &theLedger, LookUps &theLookUps);

    using Found = DatabaseResult<QList<FoundRecord>>;

    void drop();
    void setState(State next, const QString &sentence = {});
    void setRows(QList<FoundRecord> next);
    void search();
    void searched(Found found);
    void lookInLedger(const QString &id);
    void askApi();
    void heard(quint64 number, const api::Result<RecordRef> &result);
    void conclude();
    void open(Found found);
    void readLedger(std::function<Found(Database &)> job, void (Private::*then)(Found));

    Finder *q;
    Ledger &ledger;
    LookUps &lookUps;
    QTimer pause;
    QString text = {};
    QString cleaned = {};
    State state = State::Idle;
    QString message = {};
    QList<FoundRecord> rows = {};
    LedgerRead reading = {};
    std::vector<api::Call> calls = {};
    quint64 asking = 0; //!< number of the latest ask(): an answer to an earlier one may still come
    std::size_t unanswered = 0;
    QList<RecordRef> known = {};
    std::optional<api::Error> trouble = {};
};

Finder::Private::Private(Finder *finder, Ledger &theLedger, LookUps &theLookUps)
    : q(finder)
    , ledger(theLedger)
    , lookUps(theLookUps)
{
    pause.setSingleShot(true);
    QObject::connect(&pause, &QTimer::timeout, q, [this] { search(); });
}

//! Ends everything under way.
void Finder::Private::drop()
{
    pause.stop();
    reading = {};
    ++asking;
    calls.clear();
    known.clear();
    trouble.reset();
}

void Finder::Private::setState(State next, const QString &sentence)
{
    if (state == next && message == sentence)
        return;
    state = next;
    message = sentence;
    emit q->stateChanged();
}

void Finder::Private::setRows(QList<FoundRecord> next)
{
    if (rows.isEmpty() && next.isEmpty())
        return;
    q->beginResetModel();
    rows = std::move(next);
    q->endResetModel();
}

void Finder::Private::readLedger(std::function<Found(Database &)> job, void (Private::*then)(Found))
{
    reading = ledger.read<QList<FoundRecord>>(
        std::move(job), q, [this, then](Found found) { (this->*then)(std::move(found)); });
}

void Finder::Private::search()
{
    readLedger([cleaned = cleaned, now = QDateTime::currentMSecsSinceEpoch()](
                   Database &database) { return searchLedger(database, cleaned, now); },
        &Private::searched);
}

void Finder::Private::searched(Found found)
{
    setRows(found ? *std::move(found) : QList<FoundRecord>());
    if (found)
        setState(State::Ready);
    else
        setState(State::Failed, databaseErrorText(found.error()));
}

void Finder::Private::lookInLedger(const QString &id)
{
    readLedger([id](Database &database) { return findById(database, id); }, &Private::open);
}

//! What the ledger has now; an id that it does not have is asked for, unless that was just done.
void Finder::Private::open(Found found)
{
    const bool asked = !known.isEmpty();
    if (!asked && (!found || found->isEmpty()))
        return askApi();
    const QList<RecordRef> opens = asked ? std::exchange(known, {}) : QList<RecordRef>{found->front().ref};
    const bool single = asked ? opens.size() == 1 : found->size() == 1;
    if (found)
        setRows(*std::move(found));
    setState(State::Ready);
    if (single)
        emit q->opened(opens.front());
}

void Finder::Private::askApi()
{
    unanswered = askedKinds.size();
    for (const RecordKind kind : askedKinds) {
        calls.push_back(lookUps.lookUp({.kind = kind, .id = cleaned}, Source::LookUp, q,
            [this, number = asking](const api::Result<RecordRef> &result) { heard(number, result); }));
    }
}

void Finder::Private::heard(quint64 number, const api::Result<RecordRef> &result)
{
    if (number != asking)
        return;
    if (result)
        known.append(*result);
    else if (!meansNoSuchRecord(result.error()) && !trouble)
        trouble = result.error();
    if (--unanswered == 0)
        conclude();
}

void Finder::Private::conclude()
{
    calls.clear();
    if (!known.isEmpty())
        return lookInLedger(known.front().id);
    if (trouble)
        return setState(State::Failed, api::errorText(*std::exchange(trouble, {})));
    setState(State::NotFound,
        //: %1 is what was typed
        Finder::tr("Link Money knows no transaction, customer or payout with the id %1. Check the id and that the "
                   "right profile is open.")
            .arg(cleaned));
}

Finder::Finder(Ledger &ledger, LookUps &lookUps, QObject *parent)
    : QAbstractListModel(parent)
    , d(std::make_unique<Private>(this, ledger, lookUps))
{
}

Finder::~Finder() = default;

void Finder::setText(const QString &text)
{
    if (text == d->text && d->state != State::Idle)
        return;
    d->drop();
    d->text = text;
    d->cleaned = cleanedQuestion(text);
    if (d->cleaned.isEmpty()) {
        d->setRows({});
        return d->setState(State::Idle);
    }
    d->pause.start(typingPauseMs);
    d->setState(State::Searching);
}

QString Finder::text() const
{
    return d->text;
}

Finder::State Finder::state() const
{
    return d->state;
}

QString Finder::message() const
{
    return d->message;
}

bool Finder::looksLikeId() const
{
    return couldBeId(d->cleaned);
}

void Finder::ask()
{
    if (!looksLikeId())
        return;
    d->drop();
    d->lookInLedger(d->cleaned);
    d->setState(State::Asking);
}

void Finder::cancel()
{
    d->drop();
    d->setRows({});
    d->setState(State::Idle);
}

int Finder::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(d->rows.size());
}

QVariant Finder::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const FoundRecord &found = d->rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return found.title;
    case Qt::AccessibleTextRole:
        return spokenText(found);
    case RefRole:
        return QVariant::fromValue(found.ref);
    case SubtitleRole:
        return found.subtitle;
    case CellRole:
        return found.cell.value.isValid() ? QVariant::fromValue(found.cell) : QVariant();
    case StatusRole:
        return found.status;
    default:
        return {};
    }
}

} // namespace models

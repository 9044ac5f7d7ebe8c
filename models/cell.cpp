// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cell.h"

#include "api/money.h"
#include "models/eventtypes.h"

#include <QCoreApplication>
#include <QDateTime>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct KnownStatus
{
    QLatin1String word;
    const char *shown;
    StatusTone tone;
};

// Reference 1.11 to 1.13 and 1.16; those of linked users and of Yodlee; then the outbox's own words and the inbox's.
constexpr std::array knownStatuses{
    KnownStatus{"CREATED"_L1, QT_TRANSLATE_NOOP("Status", "Created"), StatusTone::Waiting},
    KnownStatus{"PENDING"_L1, QT_TRANSLATE_NOOP("Status", "Pending"), StatusTone::Waiting},
    KnownStatus{"AUTHORIZED"_L1, QT_TRANSLATE_NOOP("Status", "Authorized"), StatusTone::InProgress},
    KnownStatus{"SCHEDULED"_L1, QT_TRANSLATE_NOOP("Status", "Scheduled"), StatusTone::InProgress},
    KnownStatus{"INITIATED"_L1, QT_TRANSLATE_NOOP("Status", "Initiated"), StatusTone::InProgress},
    KnownStatus{"SUCCEEDED"_L1, QT_TRANSLATE_NOOP("Status", "Succeeded"), StatusTone::Done},
    KnownStatus{"RETRYABLE_FAILED"_L1, QT_TRANSLATE_NOOP("Status", "Failed, will retry"), StatusTone::Failed},
    KnownStatus{"TERMINAL_FAILED"_L1, QT_TRANSLATE_NOOP("Status", "Failed"), StatusTone::Failed},
    KnownStatus{"CANCELED"_L1, QT_TRANSLATE_NOOP("Status", "Canceled"), StatusTone::Idle},
    KnownStatus{"CANCELLED"_L1, QT_TRANSLATE_NOOP("Status", "Canceled"), StatusTone::Idle},
    KnownStatus{"DISBURSED"_L1, QT_TRANSLATE_NOOP("Status", "Disbursed"), StatusTone::Done},
    KnownStatus{"ACTIVE"_L1, QT_TRANSLATE_NOOP("Status", "Active"), StatusTone::Done},
    KnownStatus{"INACTIVE"_L1, QT_TRANSLATE_NOOP("Status", "Inactive"), StatusTone::Idle},
    KnownStatus{"ABANDON"_L1, QT_TRANSLATE_NOOP("Status", "Abandoned"), StatusTone::Idle},
    KnownStatus{"STARTED"_L1, QT_TRANSLATE_NOOP("Status", "Nothing linked yet"), StatusTone::Waiting},
    KnownStatus{"LINKED"_L1, QT_TRANSLATE_NOOP("Status", "Linked"), StatusTone::Done},
    KnownStatus{"NEEDS_USER"_L1, QT_TRANSLATE_NOOP("Status", "Needs the customer"), StatusTone::Waiting},
    KnownStatus{"IN_PROGRESS"_L1, QT_TRANSLATE_NOOP("Status", "Linking"), StatusTone::InProgress},
    KnownStatus{"LOGIN_IN_PROGRESS"_L1, QT_TRANSLATE_NOOP("Status", "Signing in"), StatusTone::InProgress},
    KnownStatus{"USER_INPUT_REQUIRED"_L1, QT_TRANSLATE_NOOP("Status", "Needs the customer"), StatusTone::Waiting},
    KnownStatus{"PARTIAL_SUCCESS"_L1, QT_TRANSLATE_NOOP("Status", "Partly read"), StatusTone::Done},
    KnownStatus{"SUCCESS"_L1, QT_TRANSLATE_NOOP("Status", "Good"), StatusTone::Done},
    KnownStatus{"FAILED"_L1, QT_TRANSLATE_NOOP("Status", "Failed"), StatusTone::Failed},
    KnownStatus{"AVAILABLE_DATA_RETRIEVED"_L1, QT_TRANSLATE_NOOP("Status", "Read"), StatusTone::Done},
    KnownStatus{
        "USER_ACTION_NEEDED_AT_SITE"_L1, QT_TRANSLATE_NOOP("Status", "Needs a step at the bank"), StatusTone::Waiting},
    KnownStatus{
        "INCORRECT_CREDENTIALS"_L1, QT_TRANSLATE_NOOP("Status", "Wrong sign-in at the bank"), StatusTone::Failed},
    KnownStatus{"HEALTHY"_L1, QT_TRANSLATE_NOOP("Status", "Healthy"), StatusTone::Done},
    KnownStatus{"UNHEALTHY"_L1, QT_TRANSLATE_NOOP("Status", "Not healthy"), StatusTone::Failed},
    KnownStatus{"SWITCHED_ON"_L1, QT_TRANSLATE_NOOP("Status", "On"), StatusTone::Done},
    KnownStatus{"SWITCHED_OFF"_L1, QT_TRANSLATE_NOOP("Status", "Off"), StatusTone::Idle},
    KnownStatus{"TO_BE_CLOSED"_L1, QT_TRANSLATE_NOOP("Status", "To be closed"), StatusTone::Idle},
    KnownStatus{"CLOSED"_L1, QT_TRANSLATE_NOOP("Status", "Closed"), StatusTone::Idle},
    KnownStatus{"DELETED"_L1, QT_TRANSLATE_NOOP("Status", "Deleted"), StatusTone::Idle},
    KnownStatus{"HELD"_L1, QT_TRANSLATE_NOOP("Status", "Held"), StatusTone::Waiting},
    KnownStatus{"SENDING"_L1, QT_TRANSLATE_NOOP("Status", "Sending"), StatusTone::InProgress},
    KnownStatus{"ACCEPTED"_L1, QT_TRANSLATE_NOOP("Status", "Accepted"), StatusTone::Done},
    KnownStatus{"REFUSED"_L1, QT_TRANSLATE_NOOP("Status", "Refused"), StatusTone::Failed},
    KnownStatus{"UNKNOWN"_L1, QT_TRANSLATE_NOOP("Status", "Unknown"), StatusTone::Unknown},
    KnownStatus{"WITHDRAWN"_L1, QT_TRANSLATE_NOOP("Status", "Withdrawn"), StatusTone::Idle},
    KnownStatus{"VERIFIED"_L1, QT_TRANSLATE_NOOP("Status", "Verified"), StatusTone::Done},
    KnownStatus{"NOT_VERIFIED"_L1, QT_TRANSLATE_NOOP("Status", "Does not fit"), StatusTone::Failed},
    KnownStatus{"NOT_CHECKED"_L1, QT_TRANSLATE_NOOP("Status", "Not checked"), StatusTone::Idle},
    KnownStatus{"ARRIVED"_L1, QT_TRANSLATE_NOOP("Status", "Arrived"), StatusTone::Waiting},
    KnownStatus{"READING"_L1, QT_TRANSLATE_NOOP("Status", "Reading back"), StatusTone::InProgress},
    KnownStatus{"READ_BACK"_L1, QT_TRANSLATE_NOOP("Status", "Read back"), StatusTone::Done},
    KnownStatus{"NO_ACTION"_L1, QT_TRANSLATE_NOOP("Status", "Nothing to read"), StatusTone::Idle},
    KnownStatus{"HELD_BACK"_L1, QT_TRANSLATE_NOOP("Status", "Held back"), StatusTone::Unknown},
    KnownStatus{"NOT_READ"_L1, QT_TRANSLATE_NOOP("Status", "Could not be read"), StatusTone::Failed},
    KnownStatus{"NOT_OURS"_L1, QT_TRANSLATE_NOOP("Status", "User not known here"), StatusTone::Idle},
    KnownStatus{"UNREADABLE"_L1, QT_TRANSLATE_NOOP("Status", "Unreadable"), StatusTone::Failed},
    // The life of a pay link.
    KnownStatus{"PLANNED"_L1, QT_TRANSLATE_NOOP("Status", "Not sent"), StatusTone::Waiting},
    KnownStatus{"MAKING"_L1, QT_TRANSLATE_NOOP("Status", "Being made"), StatusTone::InProgress},
    KnownStatus{"LOST"_L1, QT_TRANSLATE_NOOP("Status", "No usable link"), StatusTone::Failed},
    KnownStatus{"READY"_L1, QT_TRANSLATE_NOOP("Status", "Ready to send"), StatusTone::Waiting},
    KnownStatus{"SHARED"_L1, QT_TRANSLATE_NOOP("Status", "Handed out"), StatusTone::Waiting},
    KnownStatus{"OPENED"_L1, QT_TRANSLATE_NOOP("Status", "Opened here"), StatusTone::InProgress},
    KnownStatus{"EXPIRED"_L1, QT_TRANSLATE_NOOP("Status", "Probably expired"), StatusTone::Idle},
    KnownStatus{"ABANDONED"_L1, QT_TRANSLATE_NOOP("Status", "Left by customer"), StatusTone::Idle},
    KnownStatus{"PAGE_ERROR"_L1, QT_TRANSLATE_NOOP("Status", "Ended with an error"), StatusTone::Failed},
    KnownStatus{"CUSTOMER"_L1, QT_TRANSLATE_NOOP("Status", "Customer known"), StatusTone::InProgress},
    KnownStatus{"DECIDED"_L1, QT_TRANSLATE_NOOP("Status", "Payment decided"), StatusTone::InProgress},
    KnownStatus{"FINISHED"_L1, QT_TRANSLATE_NOOP("Status", "Finished"), StatusTone::Done},
};

const KnownStatus *knownStatus(const QString &status)
{
    for (const KnownStatus &known : knownStatuses) {
        if (status == known.word)
            return &known;
    }
    return nullptr;
}

QString statusWord(const QString &status)
{
    const KnownStatus *known = knownStatus(status);
    return known ? QCoreApplication::translate("Status", known->shown) : status;
}

QString localAmount(qint64 cents, const QLocale &locale)
{
    const quint64 absolute = cents < 0 ? quint64(-cents) : quint64(cents);
    const QString fraction = u"%1"_s.arg(absolute % 100, 2, 10, QLatin1Char('0'));
    return locale.toString(absolute / 100) + locale.decimalPoint() + fraction;
}

QString moneyText(const Cell &cell, const QLocale &locale)
{
    const qint64 cents = cell.value.toLongLong();
    const QString unit = cell.currency.isEmpty() || cell.currency == "USD"_L1 ? u"$"_s : cell.currency + QChar(0x00a0);
    const QString amount = (cents < 0 ? u"-"_s : QString()) + unit + localAmount(cents, locale);
    if (cell.sign <= 0)
        return amount;
    //: an amount that went to the customer, with its plus sign
    return QCoreApplication::translate("Cell", "+%1 credit").arg(amount);
}

QDateTime localTime(qint64 utcMs)
{
    return QDateTime::fromMSecsSinceEpoch(utcMs).toLocalTime();
}

QString shortTime(qint64 utcMs, const QLocale &locale)
{
    const QDateTime time = localTime(utcMs);
    const bool thisYear = time.date().year() == QDate::currentDate().year();
    //: a date of this year in a table, in Qt's letters
    return locale.toString(time,
        thisYear ? QCoreApplication::translate("Cell", "MMM d, HH:mm")
                 //: a date of another year in a table, in Qt's letters
                 : QCoreApplication::translate("Cell", "MMM d yyyy, HH:mm"));
}

QString storedWordText(const QString &word)
{
    if (const auto family = webhookFamilyOfWord(word))
        return webhookFamilyText(*family);
    if (word == "DELIVERED"_L1)
        return QCoreApplication::translate("Cell", "Webhook");
    if (word == "IMPORTED"_L1)
        return QCoreApplication::translate("Cell", "Import");
    return eventTitle(word);
}

QString durationText(qint64 ms, const QLocale &locale)
{
    const auto say = [&locale](const char *text, qint64 number) {
        return QCoreApplication::translate("Cell", text).arg(locale.toString(number));
    };
    //: what was received is dated later than it came, because the sender's clock runs ahead; %1 is a length of time
    if (ms < 0)
        return QCoreApplication::translate("Cell", "%1 ahead").arg(durationText(-ms, locale));
    if (ms < 10'000)
        return say(QT_TRANSLATE_NOOP("Cell", "%1 ms"), ms);
    if (ms < 120'000)
        return say(QT_TRANSLATE_NOOP("Cell", "%1 s"), ms / 1000);
    if (ms < 7'200'000)
        return say(QT_TRANSLATE_NOOP("Cell", "%1 min"), ms / 60'000);
    if (ms < 172'800'000)
        return say(QT_TRANSLATE_NOOP("Cell", "%1 h"), ms / 3'600'000);
    return say(QT_TRANSLATE_NOOP("Cell", "%1 d"), ms / 86'400'000);
}

QString exportTime(qint64 utcMs)
{
    const auto format = utcMs % 1000 == 0 ? Qt::ISODate : Qt::ISODateWithMs;
    return QDateTime::fromMSecsSinceEpoch(utcMs, Qt::UTC).toString(format);
}

} // namespace

QString cellText(const Cell &cell, const QLocale &locale)
{
    if (!cell.value.isValid() || cell.value.isNull())
        return {};
    switch (cell.type) {
    case CellType::Text:
    case CellType::Id:
        return cell.value.toString();
    case CellType::Money:
        return moneyText(cell, locale);
    case CellType::Time:
        return cell.value.toLongLong() == 0 ? QString() : shortTime(cell.value.toLongLong(), locale);
    case CellType::Status:
        return statusWord(cell.value.toString());
    case CellType::Count:
        return locale.toString(cell.value.toLongLong());
    case CellType::Word:
        return storedWordText(cell.value.toString());
    case CellType::Duration:
        return durationText(cell.value.toLongLong(), locale);
    }
    Q_UNREACHABLE();
}

QString cellLongText(const Cell &cell, const QLocale &locale)
{
    if (cell.type == CellType::Duration && cell.value.toLongLong() < 0)
        return QCoreApplication::translate("Cell", "Dated %1 of this computer's clock").arg(cellText(cell, locale));
    if (cell.type != CellType::Time || cell.value.toLongLong() == 0)
        return cellText(cell, locale);
    //: a moment with its time zone, in Qt's letters; the space before the zone does not break
    return locale.toString(
        localTime(cell.value.toLongLong()), QCoreApplication::translate("Cell", "MMM d yyyy, HH:mm:ss\u00a0t"));
}

QString cellExportText(const Cell &cell)
{
    if (!cell.value.isValid() || cell.value.isNull())
        return {};
    switch (cell.type) {
    case CellType::Text:
    case CellType::Id:
    case CellType::Status:
    case CellType::Word:
        return cell.value.toString();
    case CellType::Money:
        // Money to the customer is negative, so that a spreadsheet's sum is the sum that the window shows.
        return api::plainAmount(cell.sign > 0 ? -cell.value.toLongLong() : cell.value.toLongLong());
    case CellType::Time:
        return cell.value.toLongLong() == 0 ? QString() : exportTime(cell.value.toLongLong());
    case CellType::Count:
    case CellType::Duration:
        return QString::number(cell.value.toLongLong());
    }
    Q_UNREACHABLE();
}

StatusLook statusLook(RecordKind kind, const QString &status)
{
    if (status.endsWith(u'?'))
        return {statusLook(kind, status.chopped(1)).word + u'?', StatusTone::Unknown};
    // For a user of the aggregation API linking is the goal, for a pay link a step before the payment.
    if (kind == RecordKind::PayLink && status == "LINKED"_L1)
        return {QCoreApplication::translate("Status", "Bank linked"), StatusTone::InProgress};
    const KnownStatus *known = knownStatus(status);
    if (!known)
        return {status, StatusTone::Unknown};
    // A customer who was made but has not linked a bank account yet waits; for money "created" is the first step on its
    // way.
    const bool underWay = known->word == "CREATED"_L1 && kind == RecordKind::Payout;
    return {statusWord(status), underWay ? StatusTone::InProgress : known->tone};
}

} // namespace models

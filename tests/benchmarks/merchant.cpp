// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/merchant.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace benchmarks {

namespace {

constexpr std::array firstNames{u"Ada", u"Grace", u"Alan", u"Edsger", u"Barbara", u"Donald", u"Frances", u"John",
    u"Margaret", u"Dennis", u"Katherine", u"Ken", u"Radia", u"Tim", u"Anita", u"Linus", u"Joan", u"Niklaus", u"Hedy",
    u"Claude", u"Sophie", u"René", u"Zoë", u"José", u"Mary", u"James", u"Olivia", u"Noah", u"Emma", u"Liam", u"Ava",
    u"Lucas", u"Mia", u"Ethan", u"Ruth", u"Oscar"};
constexpr std::array lastNames{u"Lovelace", u"Hopper", u"Turing", u"Dijkstra", u"Liskov", u"Knuth", u"Allen", u"Backus",
    u"Hamilton", u"Ritchie", u"Johnson", u"Thompson", u"Perlman", u"Berners", u"Borg", u"Clarke", u"Wirth", u"Lamarr",
    u"Shannon", u"Wilson", u"Müller", u"García", u"Nuñez", u"Smith", u"Jones", u"Williams", u"Brown", u"Davis",
    u"Miller", u"Martinez", u"Lopez", u"Anderson", u"Thomas", u"Taylor", u"Moore", u"Jackson", u"Martin", u"Lee",
    u"Perez", u"White", u"Harris", u"Sanchez", u"Clark", u"Ramirez", u"Lewis", u"Robinson", u"Walker", u"Young"};
constexpr std::array banks{u"First Bank", u"Harbor Credit Union", u"Pinewood Savings", u"Liberty National",
    u"Riverside Bank", u"Summit Federal", u"Granite Trust", u"Oak Street Bank", u"Lakeshore Bank",
    u"Prairie State Bank", u"Redwood Community", u"Northern Mutual"};
constexpr std::array descriptors{
    u"SHOES AND MORE", u"MONTHLY PLAN", u"GARDEN SUPPLY", u"BOOK CLUB", u"COFFEE ROASTERS", u"BIKE PARTS"};

struct Failure
{
    const char16_t *code;
    const char16_t *text;
};
constexpr std::array failures{Failure{u"R01", u"Insufficient funds"}, Failure{u"R02", u"Account closed"},
    Failure{u"R03", u"No account found"}, Failure{u"R10", u"Customer says not authorized"},
    Failure{u"R16", u"Account frozen"}};

constexpr qint64 dayMs = 86'400'000;
constexpr qint64 settlementMs = 3 * dayMs;
constexpr size_t refundableKept = 2'000;

QString pick(Dice &dice, const auto &words)
{
    return QString::fromUtf16(words[static_cast<size_t>(dice.below(static_cast<qint64>(words.size())))]);
}

QString asciiLower(QString name)
{
    const QString plain = name.normalized(QString::NormalizationForm_D).toLower();
    name.clear();
    for (const QChar c : plain) {
        if (c >= u'a' && c <= u'z')
            name += c;
    }
    return name;
}

MadeCustomer makeCustomer(Dice &dice, qint64 number)
{
    MadeCustomer made;
    made.id = dice.uuid();
    made.firstName = pick(dice, firstNames);
    made.lastName = pick(dice, lastNames);
    made.email = asciiLower(made.firstName) + u'.' + asciiLower(made.lastName) + QString::number(number)
        + u"@example.com"_s;
    made.status = dice.oneIn(20) ? u"INACTIVE"_s : u"ACTIVE"_s;
    made.bank = pick(dice, banks);
    made.lastFour = u"%1"_s.arg(dice.below(10'000), 4, 10, QLatin1Char('0'));
    made.accountType = dice.oneIn(4) ? u"savings"_s : u"checking"_s;
    return made;
}

} // namespace

quint64 Dice::next()
{
    m_state += 0x9e3779b97f4a7c15ULL;
    quint64 mixed = m_state;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
}

QString Dice::uuid()
{
    static constexpr char16_t digits[] = u"0123456789abcdef";
    QString text = u"xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx"_s;
    quint64 bits = next();
    int left = 16;
    for (QChar &c : text) {
        if (c != u'x')
            continue;
        if (left-- == 0) {
            bits = next();
            left = 15;
        }
        c = digits[bits & 15];
        bits >>= 4;
    }
    return text;
}

Merchant::Merchant(quint64 seed, qint64 customers)
    : m_dice(seed)
{
    m_customers.reserve(static_cast<size_t>(customers));
    for (qint64 number = 0; number < customers; ++number)
        m_customers.push_back(makeCustomer(m_dice, number));
}

MadeTransaction Merchant::next(qint64 createdAt, qint64 age)
{
    MadeTransaction made;
    made.id = m_dice.uuid();
    made.createdAt = createdAt;
    made.settlementAt = createdAt + settlementMs;
    made.customer = static_cast<size_t>(m_dice.below(static_cast<qint64>(m_customers.size())));
    if (!m_refundable.empty() && m_dice.oneIn(30))
        return refund(std::move(made));
    made.cents = m_dice.oneIn(10) ? 500 * (1 + m_dice.below(60)) : 199 + m_dice.below(29'800);
    made.reference = u"ORDER-"_s + QString::number(m_orders++);
    made.descriptor = pick(m_dice, descriptors);
    settle(made, age);
    if (made.status == u"SUCCEEDED" && m_dice.oneIn(10))
        m_refundable.push_back({made.id, made.customer, made.cents});
    return made;
}

void Merchant::settle(MadeTransaction &made, qint64 age)
{
    if (age < settlementMs) {
        static constexpr std::array early{u"CREATED", u"PENDING", u"AUTHORIZED", u"SCHEDULED", u"INITIATED"};
        made.status = QString::fromUtf16(early[static_cast<size_t>(std::min<qint64>(4, age * 5 / settlementMs))]);
        return;
    }
    if (!m_dice.oneIn(18)) {
        made.status = u"SUCCEEDED"_s;
        return;
    }
    if (m_dice.oneIn(12)) {
        made.status = u"CANCELED"_s;
        return;
    }
    const Failure &failure = failures[static_cast<size_t>(m_dice.below(static_cast<qint64>(failures.size())))];
    made.status = m_dice.oneIn(8) ? u"RETRYABLE_FAILED"_s : u"TERMINAL_FAILED"_s;
    made.failureCode = QString::fromUtf16(failure.code);
    made.failureText = QString::fromUtf16(failure.text);
}

MadeTransaction Merchant::refund(MadeTransaction made)
{
    const Refundable original = m_refundable.front();
    m_refundable.pop_front();
    if (m_refundable.size() > refundableKept)
        m_refundable.resize(refundableKept);
    made.credit = true;
    made.status = u"SUCCEEDED"_s;
    made.customer = original.customer;
    made.cents = m_dice.oneIn(2) ? original.cents : 1 + m_dice.below(original.cents);
    made.original = original.id;
    made.reference = u"RF-"_s + original.id + u"-1"_s;
    return made;
}

} // namespace benchmarks

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paylinkevidence.h"

#include "models/cell.h"
#include "models/instancelock.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct LinkEvidence
{
    Q_DECLARE_TR_FUNCTIONS(models::PayLink)
};

constexpr qint64 clockSkewMs = 120'000;

bool isDecided(const QString &status)
{
    return !status.isEmpty() && status != "CREATED"_L1 && status != "PENDING"_L1;
}

//! A customer who was there before has to show a new account; a new one only has to be active.
bool showsLinking(const PayLink &link, const LinkFacts &facts)
{
    if (!facts.customerFound)
        return false;
    const bool knownBefore = !link.forCustomer.isEmpty() && facts.customerId == link.forCustomer.text();
    const bool said = !link.saidCustomer.isEmpty();
    return facts.freshAccount || (facts.customerStatus == "ACTIVE"_L1 && (!knownBefore || said));
}

class NewsCollector
{
public:
    NewsCollector(const PayLink &link, qint64 now)
        : m_link(link)
        , m_now(now)
    {
    }

    void add(PayLinkState state, bool inferred, const QString &detail, const LinkFacts &facts)
    {
        if (m_link.hasConfirmed(state) || (inferred && says(state)))
            return;
        PayLinkNews news{.step = {.at = m_now, .state = state, .inferred = inferred, .detail = detail}};
        if (facts.customerFound && !facts.byEmail && (state == PayLinkState::CustomerKnown || !inferred))
            news.customer = api::CustomerId(facts.customerId);
        if (facts.paymentFound)
            news.payment = api::TransactionId(facts.paymentId);
        m_news.append(news);
    }
    QList<PayLinkNews> take() { return std::move(m_news); }

private:
    bool says(PayLinkState state) const
    {
        return std::ranges::any_of(m_link.steps, [state](const PayLinkStep &step) { return step.state == state; });
    }

    const PayLink &m_link;
    qint64 m_now;
    QList<PayLinkNews> m_news;
};

QString customerText(const PayLink &link, const LinkFacts &facts)
{
    if (facts.byEmail)
        return LinkEvidence::tr("A customer with this e-mail address appeared after the link was made.");
    if (!link.forCustomer.isEmpty() && link.forCustomer.text() != facts.customerId)
        return LinkEvidence::tr("Link Money has the customer, under a new id: %1.").arg(facts.customerId);
    return LinkEvidence::tr("Link Money has the customer.");
}

QString paymentText(const LinkFacts &facts)
{
    const QString status = statusLook(RecordKind::Transaction, facts.paymentStatus).word;
    return facts.byReference
        ? LinkEvidence::tr("Link Money shows the payment under this link's reference, status %1.").arg(status)
        : LinkEvidence::tr("Link Money shows the payment, status %1.").arg(status);
}

struct FactsReader
{
    Database &database;
    const PayLink &link;
    LinkFacts facts = {};

    DatabaseResult<void> readPayment()
    {
        // The number that a redirect says is not signed, and a reference that a person typed may be in use elsewhere:
        // only a payment of the link's amount made after it leaves no doubt; by its reference also only one that was
        // not known before, with no second link and no payment of our own under that reference.
        auto statement = database.prepare(
            "SELECT t.id, t.status, t.customer_id, t.id NOT IN (?1, ?2) FROM transactions t WHERE t.type = 'DEBIT' "
            "AND (t.id = ?1 "
            "OR (t.id = ?2 AND ?1 = '' AND t.client_reference_id IN ('', ?3) AND t.amount_cents = ?4 "
            "AND t.created_at >= ?5 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.result_id = t.id)) "
            "OR (t.client_reference_id = ?3 AND t.client_reference_id <> '' AND ?1 = '' AND t.amount_cents = ?4 "
            "AND t.created_at >= ?5 AND t.first_seen_at >= ?6 "
            "AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.kind = 'PAYMENT' AND o.reference = ?3) "
            "AND (SELECT count(*) FROM pay_links p WHERE p.reference = ?3 AND p.reference <> '') = 1)) "
            "ORDER BY t.id <> ?2, t.key LIMIT 1");
        if (!statement)
            return std::unexpected(statement.error());
        Statement &row = **statement;
        row.bind(0, notNull(link.payment.text())).bind(1, notNull(link.saidPayment.text()));
        row.bind(2, notNull(link.reference)).bind(3, link.amount.cents);
        row.bind(4, link.createdAt - clockSkewMs).bind(5, link.createdAt);
        const auto found = row.step();
        if (!found)
            return std::unexpected(found.error());
        if (*found) {
            facts.paymentFound = link.paysInPage();
            facts.paymentId = row.text(0);
            facts.paymentStatus = row.text(1);
            facts.paymentCustomer = row.text(2);
            facts.byReference = row.integer(3) != 0;
        }
        row.reset();
        return {};
    }

    QString wantedCustomer() const
    {
        if (!link.customer.isEmpty())
            return link.customer.text();
        if (facts.paymentFound && !facts.paymentCustomer.isEmpty())
            return facts.paymentCustomer;
        return link.saidCustomer.isEmpty() ? link.forCustomer.text() : link.saidCustomer.text();
    }

    DatabaseResult<void> readCustomer()
    {
        const QString wanted = wantedCustomer();
        auto statement = database.prepare(
            "SELECT id, status, ?1 = '' FROM customers WHERE last_read_at >= ?3 AND (id = ?1 OR (?1 = '' AND email = "
            "?2 AND created_at >= ?3 AND first_seen_at >= ?4 AND (SELECT count(*) FROM customers c WHERE c.email = ?2 "
            "AND c.created_at >= ?3) = 1)) LIMIT 1");
        if (!statement)
            return std::unexpected(statement.error());
        Statement &row = **statement;
        row.bind(0, notNull(wanted)).bind(1, QStringView(link.email));
        row.bind(2, link.createdAt - clockSkewMs).bind(3, link.createdAt);
        const auto found = row.step();
        if (!found)
            return std::unexpected(found.error());
        if (*found) {
            facts.customerFound = true;
            facts.customerId = row.text(0);
            facts.customerStatus = row.text(1);
            facts.byEmail = row.integer(2) != 0;
        }
        row.reset();
        return facts.customerFound ? readAccounts() : DatabaseResult<void>();
    }

    DatabaseResult<void> readAccounts()
    {
        // The server's clock and ours differ: one that the ledger had before the link was made is not of its making,
        // whatever its date.
        auto statement = database.prepare("SELECT 1 FROM accounts WHERE customer_id = ?1 AND status = 'ACTIVE' "
                                          "AND created_at >= ?2 AND first_seen_at >= ?3 LIMIT 1");
        if (!statement)
            return std::unexpected(statement.error());
        const auto found = (*statement)
                               ->bind(0, QStringView(facts.customerId))
                               .bind(1, link.createdAt - clockSkewMs)
                               .bind(2, link.createdAt)
                               .step();
        if (!found)
            return std::unexpected(found.error());
        facts.freshAccount = *found;
        (*statement)->reset();
        return {};
    }
};

class LinkSweeper
{
public:
    LinkSweeper(Database &database, const LinkSweep &sweep)
        : m_database(database)
        , m_sweep(sweep)
    {
    }

    DatabaseResult<QList<qint64>> run()
    {
        if (const auto done = recover(); !done)
            return std::unexpected(done.error());
        if (const auto done = learn(); !done)
            return std::unexpected(done.error());
        return m_changed;
    }

private:
    DatabaseResult<QString> ownerOf(qint64 key)
    {
        auto statement = m_database.prepare("SELECT owner FROM pay_links WHERE key = ?1");
        if (!statement)
            return std::unexpected(statement.error());
        if (const auto row = (*statement)->bind(0, key).step(); !row)
            return std::unexpected(row.error());
        const QString owner = (*statement)->text(0);
        (*statement)->reset();
        return owner;
    }

    DatabaseResult<void> recover()
    {
        const auto sending = payLinksIn(m_database, {PayLinkState::Sending});
        if (!sending)
            return std::unexpected(sending.error());
        for (const qint64 key : *sending) {
            const auto owner = ownerOf(key);
            if (!owner)
                return std::unexpected(owner.error());
            if (*owner == m_sweep.instance || instanceLives(m_sweep.ledgerFile, *owner))
                continue;
            const auto changed = changePayLink(m_database, key,
                {.from = {PayLinkState::Sending},
                    .to = PayLinkState::Unknown,
                    .at = m_sweep.now,
                    .answer = LinkEvidence::tr("The console ended before Link Money's answer was written down."),
                    .owner = QString(),
                    .mayHaveArrived = true,
                    .ownedBy = *owner});
            if (!changed)
                return std::unexpected(changed.error());
            if (*changed)
                m_changed += key;
        }
        return {};
    }

    DatabaseResult<void> learn()
    {
        using enum PayLinkState;
        const auto live = m_sweep.links
            ? DatabaseResult<QList<qint64>>(*m_sweep.links)
            : payLinksIn(m_database,
                  {Ready, Shared, Opened, Expired, Abandoned, Failed, CustomerKnown, Linked, Decided, Unknown, Lost});
        if (!live)
            return std::unexpected(live.error());
        for (const qint64 key : *live) {
            if (const auto done = learnOne(key); !done)
                return done;
        }
        return {};
    }

    DatabaseResult<void> learnOne(qint64 key)
    {
        const auto link = readPayLink(m_database, key);
        if (!link)
            return std::unexpected(link.error());
        if (!*link)
            return {};
        const auto facts = readLinkFacts(m_database, **link);
        if (!facts)
            return std::unexpected(facts.error());
        for (const PayLinkNews &news : newsOf(**link, *facts, m_sweep.now)) {
            const auto added = addPayLinkNews(m_database, key, news);
            if (!added)
                return std::unexpected(added.error());
            if (*added && !m_changed.contains(key))
                m_changed += key;
        }
        return {};
    }

    Database &m_database;
    const LinkSweep &m_sweep;
    QList<qint64> m_changed;
};

} // namespace

QList<PayLinkNews> newsOf(const PayLink &link, const LinkFacts &facts, qint64 now)
{
    using enum PayLinkState;
    NewsCollector news(link, now);
    const bool made = isLive(link.state);
    // A link that nobody can have got is settled only by a payment under its own reference.
    if (!made && !facts.paymentFound)
        return {};
    const bool customerNews = facts.customerFound
        && (link.forCustomer.text() != facts.customerId || !link.saidCustomer.isEmpty() || facts.freshAccount
            || facts.paymentFound);
    if (customerNews)
        news.add(CustomerKnown, facts.byEmail, customerText(link, facts), facts);
    const bool linked = customerNews && showsLinking(link, facts);
    if (linked)
        news.add(Linked, facts.byEmail,
            facts.freshAccount ? LinkEvidence::tr("An active account was linked after the link was made.")
                               : LinkEvidence::tr("Link Money reports the customer as active."),
            facts);
    if (facts.paymentFound)
        news.add(Decided, false, paymentText(facts), facts);
    if (link.paysInPage() ? facts.paymentFound && isDecided(facts.paymentStatus) : linked && !facts.byEmail)
        news.add(Finished, false, link.paysInPage() ? paymentText(facts) : LinkEvidence::tr("The account can be used."),
            facts);
    const bool waits = link.state == Ready || link.state == Shared || link.state == Opened;
    if (waits && !customerNews && now - link.changedAt > payLinkSilenceMs)
        news.add(Expired, true, LinkEvidence::tr("No sign of the customer for a week."), facts);
    return news.take();
}

DatabaseResult<LinkFacts> readLinkFacts(Database &database, const PayLink &link)
{
    FactsReader reader{.database = database, .link = link};
    if (link.paysInPage()) {
        if (const auto done = reader.readPayment(); !done)
            return std::unexpected(done.error());
    }
    if (const auto done = reader.readCustomer(); !done)
        return std::unexpected(done.error());
    return reader.facts;
}

DatabaseResult<QList<qint64>> linksTouchedBy(Database &database, RecordKind kind, const QList<qint64> &keys)
{
    constexpr auto byPayment
        = "SELECT l.key FROM json_each(?1) j JOIN transactions t ON t.key = j.value JOIN pay_links l "
          "ON l.reference = t.client_reference_id AND l.reference <> '' "
          "UNION SELECT l.key FROM json_each(?1) j JOIN transactions t ON t.key = j.value JOIN pay_links l "
          "ON l.said_payment_id = t.id AND l.said_payment_id <> '' "
          "UNION SELECT l.key FROM json_each(?1) j JOIN transactions t ON t.key = j.value JOIN pay_links l "
          "ON l.payment_id = t.id AND l.payment_id <> ''";
    constexpr auto byCustomer
        = "SELECT l.key FROM json_each(?1) j JOIN customers c ON c.key = j.value JOIN pay_links l "
          "ON l.customer_id = c.id AND l.customer_id <> '' "
          "UNION SELECT l.key FROM json_each(?1) j JOIN customers c ON c.key = j.value JOIN pay_links l "
          "ON l.said_customer_id = c.id AND l.said_customer_id <> '' "
          "UNION SELECT l.key FROM json_each(?1) j JOIN customers c ON c.key = j.value JOIN pay_links l "
          "ON l.for_customer_id = c.id AND l.for_customer_id <> '' "
          "UNION SELECT l.key FROM json_each(?1) j JOIN customers c ON c.key = j.value JOIN pay_links l "
          "ON l.email = c.email WHERE c.email <> ''";
    QList<qint64> links;
    if (kind != RecordKind::Transaction && kind != RecordKind::Customer)
        return links;
    auto statement = database.prepare(kind == RecordKind::Transaction ? byPayment : byCustomer);
    if (!statement)
        return std::unexpected(statement.error());
    QString list = u"["_s;
    for (const qint64 key : keys)
        list += (list.size() == 1 ? QString() : u","_s) + QString::number(key);
    list += u']';
    (*statement)->bind(0, QStringView(list));
    auto row = (*statement)->step();
    for (; row && *row; row = (*statement)->step())
        links.append((*statement)->integer(0));
    (*statement)->reset();
    if (!row)
        return std::unexpected(row.error());
    return links;
}

DatabaseResult<QList<qint64>> sweepPayLinks(Database &database, const LinkSweep &sweep)
{
    return LinkSweeper(database, sweep).run();
}

DatabaseResult<int> countLinksNeedingPerson(Database &database)
{
    auto statement = database.prepare("SELECT count(*) FROM pay_links WHERE state IN ('UNKNOWN', 'LOST') "
                                      "OR (state = 'PLANNED' AND batch IS NULL)");
    if (!statement)
        return std::unexpected(statement.error());
    if (const auto row = (*statement)->step(); !row)
        return std::unexpected(row.error());
    const int count = int((*statement)->integer(0));
    (*statement)->reset();
    return count;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paylinkstore.h"

#include "models/audit.h"
#include "models/intentrequest.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr std::array purposeWords{"NEW"_L1, "RELINK"_L1, "PAYAGAIN"_L1};

PayLinkPurpose purposeOfWord(const QString &word)
{
    const auto found = std::ranges::find_if(purposeWords, [&word](QLatin1StringView each) { return word == each; });
    return found == purposeWords.end() ? PayLinkPurpose::New
                                       : static_cast<PayLinkPurpose>(found - purposeWords.begin());
}

//! A null QString would be bound as NULL, which the text columns refuse.
QStringView linkText(const QString &text)
{
    return text.isNull() ? QStringView(u"") : QStringView(text);
}

//! How an address may be written into the audit trail and the raw answer: without its key.
QString describedLink(const PayLink &link)
{
    QString text = payLinkStateWord(link.state);
    if (link.attempts > 0)
        text += u", attempt %1"_s.arg(link.attempts);
    return link.answer.isEmpty() ? text : text + u", answer: "_s + link.answer;
}

QString describedPlan(const PayLink &link)
{
    QString text = u"%1 for %2 <%3>"_s.arg(link.draft.text(SessionField::Product), link.name, link.email);
    if (link.paysInPage())
        text += u", %1 USD, reference %2, request key %3"_s.arg(
            api::plainAmount(link.amount.cents), link.reference, link.requestKey.text());
    return text;
}

DatabaseResult<void> auditLink(
    Database &database, const PayLink &link, qint64 at, const QString &before, const QString &after)
{
    return appendAudit(database,
        {.at = at,
            .who = currentUser(),
            .action = u"pay link "_s + payLinkStateWord(link.state).toLower(),
            .subject = QString::number(link.key),
            .before = before,
            .after = after,
            .reason = {}});
}

DatabaseResult<qint64> nextLinkKey(Database &database, qint64 now)
{
    auto statement = database.prepare("SELECT coalesce(max(key), 0) + 1 FROM pay_links");
    if (!statement)
        return std::unexpected(statement.error());
    if (const auto row = (*statement)->step(); !row)
        return std::unexpected(row.error());
    const qint64 next = std::max(now << 20, (*statement)->integer(0));
    (*statement)->reset();
    return next;
}

DatabaseResult<void> appendStep(Database &database, qint64 key, const PayLinkStep &step)
{
    auto statement = database.prepare(
        "INSERT INTO pay_link_steps(link, number, at, state, inferred, detail) "
        "SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5 FROM pay_link_steps WHERE link = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const QString word = payLinkStateWord(step.state);
    return (*statement)
        ->bind(0, key)
        .bind(1, step.at)
        .bind(2, QStringView(word))
        .bind(3, qint64(step.inferred))
        .bind(4, linkText(step.detail))
        .run();
}

PayLink plannedLink(const NewPayLink &wanted, const PayLinkDesk &desk)
{
    const SessionDraft &draft = wanted.draft;
    PayLink link{.purpose = wanted.purpose,
        .draft = draft,
        .name = (draft.text(SessionField::FirstName) + u' ' + draft.text(SessionField::LastName)).trimmed(),
        .email = draft.text(SessionField::Email),
        .redirectUrl = QUrl(draft.text(SessionField::RedirectUrl), QUrl::StrictMode),
        .forCustomer = wanted.forCustomer,
        .service = desk.service,
        .by = currentUser(),
        .createdAt = desk.now,
        .changedAt = desk.now};
    if (draft.paysInPage()) {
        const QString own = draft.text(SessionField::PaymentReference);
        link.amount = draft.payment();
        link.reference = own.isEmpty() ? u"PL-"_s + QUuid::createUuid().toString(QUuid::Id128).first(16).toUpper()
                                       : own;
        link.requestKey = newRequestKey();
    }
    return link;
}

DatabaseResult<void> bindLink(
    Statement &statement, const PayLink &link, const api::RequestData &request, const PayLinkDesk &desk)
{
    const QString state = payLinkStateWord(link.state);
    const QString purpose = purposeWords[static_cast<std::size_t>(link.purpose)];
    const QString product = link.draft.text(SessionField::Product);
    const QString experience = link.draft.text(SessionField::Experience);
    const QString redirect = link.redirectUrl.toString(QUrl::FullyEncoded);
    const QString path = QString::fromUtf8(request.path);
    const QString type = QString::fromUtf8(request.contentType);
    const QString requestKey = link.requestKey.text();
    statement.bind(0, link.key).bind(1, QStringView(state)).bind(2, QStringView(purpose));
    statement.bind(3, linkText(product)).bind(4, linkText(experience)).bind(5, linkText(link.name));
    statement.bind(6, linkText(link.email)).bind(7, link.amount.cents).bind(8, linkText(link.amount.currency));
    statement.bind(9, linkText(link.reference)).bind(10, linkText(redirect)).bind(11, draftToText(link.draft));
    statement.bind(12, linkText(link.forCustomer.text()));
    if (link.requestKey.isEmpty())
        statement.bindNull(13);
    else
        statement.bind(13, QStringView(requestKey));
    statement.bind(14, linkText(path)).bind(15, linkText(type)).bind(16, request.body);
    statement.bind(17, linkText(link.service)).bind(18, linkText(desk.owner)).bind(19, linkText(link.by));
    statement.bind(20, link.createdAt);
    return statement.run();
}

constexpr auto linkColumns = "key, state, inferred, purpose, draft, name, email, amount_cents, currency, reference, "
                             "redirect_url, "
                             "for_customer_id, customer_id, payment_id, said_customer_id, said_payment_id, "
                             "coalesce(request_key, ''), service, "
                             "url, answer, attempts, may_have_arrived, first_sent_at, by_user, created_at, changed_at";

PayLink linkOfRow(const Statement &row)
{
    return {.key = row.integer(0),
        .state = payLinkStateOfWord(row.text(1)).value_or(PayLinkState::Unknown),
        .inferred = row.integer(2) != 0,
        .purpose = purposeOfWord(row.text(3)),
        .draft = draftOfText(row.blob(4)),
        .name = row.text(5),
        .email = row.text(6),
        .amount = {.cents = row.integer(7), .currency = row.text(8)},
        .reference = row.text(9),
        .redirectUrl = QUrl(row.text(10), QUrl::StrictMode),
        .forCustomer = api::CustomerId(row.text(11)),
        .customer = api::CustomerId(row.text(12)),
        .payment = api::TransactionId(row.text(13)),
        .saidCustomer = api::CustomerId(row.text(14)),
        .saidPayment = api::TransactionId(row.text(15)),
        .requestKey = api::RequestKey(row.text(16)),
        .service = row.text(17),
        .url = QUrl(row.text(18), QUrl::StrictMode),
        .answer = row.text(19),
        .attempts = int(row.integer(20)),
        .mayHaveArrived = row.integer(21) != 0,
        .firstSentAt = row.integer(22),
        .by = row.text(23),
        .createdAt = row.integer(24),
        .changedAt = row.integer(25)};
}

DatabaseResult<QList<PayLinkStep>> readSteps(Database &database, qint64 key)
{
    auto statement = database.prepare(
        "SELECT at, state, inferred, detail FROM pay_link_steps WHERE link = ?1 ORDER BY number");
    if (!statement)
        return std::unexpected(statement.error());
    Statement &row = **statement;
    row.bind(0, key);
    QList<PayLinkStep> steps;
    auto more = row.step();
    for (; more && *more; more = row.step()) {
        if (const auto state = payLinkStateOfWord(row.text(1)))
            steps.append(
                {.at = row.integer(0), .state = *state, .inferred = row.integer(2) != 0, .detail = row.text(3)});
    }
    row.reset();
    if (!more)
        return std::unexpected(more.error());
    return steps;
}

DatabaseResult<bool> updateLink(Database &database, const PayLink &before, const PayLinkChange &change)
{
    auto statement = database.prepare(
        "UPDATE pay_links SET state = ?1, inferred = 0, changed_at = ?2, answer = coalesce(?3, answer), "
        "url = coalesce(?4, url), owner = coalesce(?5, owner), attempts = attempts + ?6, "
        "may_have_arrived = max(may_have_arrived, ?7), "
        "first_sent_at = CASE WHEN ?6 = 1 AND may_have_arrived = 0 THEN ?2 ELSE first_sent_at END "
        "WHERE key = ?8 AND state = ?9 AND (?10 = '' OR owner = ?10)");
    if (!statement)
        return std::unexpected(statement.error());
    const QString to = payLinkStateWord(change.to);
    const QString from = payLinkStateWord(before.state);
    const QString url = change.url ? change.url->toString(QUrl::FullyEncoded) : QString();
    Statement &update = **statement;
    update.bind(0, QStringView(to)).bind(1, change.at);
    update.bind(2, change.answer ? linkText(*change.answer) : QStringView());
    update.bind(3, change.url ? linkText(url) : QStringView());
    update.bind(4, change.owner ? linkText(*change.owner) : QStringView());
    update.bind(5, qint64(change.countsAsAttempt)).bind(6, qint64(change.mayHaveArrived)).bind(7, before.key);
    update.bind(8, QStringView(from)).bind(9, linkText(change.ownedBy));
    if (const auto done = update.run(); !done)
        return std::unexpected(done.error());
    return database.changedRows() == 1;
}

bool saysNothingNew(const PayLink &link, const PayLinkNews &news)
{
    const bool sameIds = (news.customer.isEmpty() || news.customer == link.customer)
        && (news.payment.isEmpty() || news.payment == link.payment)
        && (news.saidCustomer.isEmpty() || news.saidCustomer == link.saidCustomer)
        && (news.saidPayment.isEmpty() || news.saidPayment == link.saidPayment);
    // Sharing and opening may happen many times; only the last one in a row is of no interest.
    const bool repeats = !link.steps.isEmpty() && link.steps.last().state == news.step.state
        && link.steps.last().detail == news.step.detail;
    const bool known = link.hasConfirmed(news.step.state) && news.step.state != PayLinkState::Shared
        && news.step.state != PayLinkState::Opened;
    return sameIds && (repeats || known);
}

DatabaseResult<void> writeNews(Database &database, const PayLink &link, const PayLinkNews &news)
{
    const PayLinkState to = stateAfter(link.state, news.step.state);
    const bool inferred = to == news.step.state ? news.step.inferred && !link.hasConfirmed(to) : link.inferred;
    auto statement = database.prepare(
        "UPDATE pay_links SET state = ?1, inferred = ?2, changed_at = ?3, "
        "customer_id = coalesce(?4, customer_id), payment_id = coalesce(?5, payment_id), "
        "said_customer_id = coalesce(?6, said_customer_id), said_payment_id = coalesce(?7, said_payment_id), "
        "url = CASE WHEN ?1 = 'FINISHED' THEN '' ELSE url END WHERE key = ?8");
    if (!statement)
        return std::unexpected(statement.error());
    const auto unlessEmpty = [](const QString &text) { return text.isEmpty() ? QStringView() : QStringView(text); };
    const QString word = payLinkStateWord(to);
    (*statement)->bind(0, QStringView(word)).bind(1, qint64(inferred)).bind(2, news.step.at);
    (*statement)->bind(3, unlessEmpty(news.customer.text())).bind(4, unlessEmpty(news.payment.text()));
    (*statement)->bind(5, unlessEmpty(news.saidCustomer.text())).bind(6, unlessEmpty(news.saidPayment.text()));
    return (*statement)->bind(7, link.key).run();
}

} // namespace

DatabaseResult<qint64> insertPayLink(
    Database &database, const NewPayLink &wanted, const PayLinkDesk &desk, PayLinkState state, const BatchPlace &place)
{
    PayLink link = plannedLink(wanted, desk);
    link.state = state;
    const auto key = nextLinkKey(database, desk.now);
    if (!key)
        return std::unexpected(key.error());
    link.key = *key;
    auto statement = database.prepare(
        "INSERT INTO pay_links(key, state, purpose, product, experience, name, email, amount_cents, currency, "
        "reference, "
        "redirect_url, draft, for_customer_id, request_key, verb, path, auth, content_type, request_body, service, "
        "owner, "
        "by_user, created_at, changed_at, attempts, first_sent_at, batch, batch_line) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 'POST', ?15, 'BASIC', ?16, ?17, ?18, ?19, "
        "?20, ?21, ?21, ?22, ?23, ?24, ?25)");
    if (!statement)
        return std::unexpected(statement.error());
    const bool sends = state == PayLinkState::Sending;
    (*statement)->bind(21, qint64(sends)).bind(22, sends ? desk.now : 0);
    if (place.batch == 0)
        (*statement)->bindNull(23).bindNull(24);
    else
        (*statement)->bind(23, place.batch).bind(24, place.line);
    const api::RequestData request = sessionRequestOf(link.draft, link.requestKey, link.reference);
    if (const auto done = bindLink(**statement, link, request, desk); !done)
        return std::unexpected(done.error());
    if (const auto done = auditLink(database, link, desk.now, {}, describedPlan(link)); !done)
        return std::unexpected(done.error());
    return *key;
}

DatabaseResult<bool> changePayLink(Database &database, qint64 key, const PayLinkChange &change)
{
    const auto before = readPayLink(database, key);
    if (!before)
        return std::unexpected(before.error());
    if (!*before || !change.from.contains((*before)->state))
        return false;
    const auto changed = updateLink(database, **before, change);
    if (!changed || !*changed)
        return changed;
    if (change.to == PayLinkState::Ready) {
        const PayLinkStep made{
            .at = change.at, .state = PayLinkState::Ready, .detail = change.answer.value_or(QString())};
        if (const auto done = appendStep(database, key, made); !done)
            return std::unexpected(done.error());
    }
    const auto after = readPayLink(database, key);
    if (!after)
        return std::unexpected(after.error());
    if (const auto done = auditLink(database, **after, change.at, describedLink(**before), describedLink(**after));
        !done)
        return std::unexpected(done.error());
    return true;
}

DatabaseResult<bool> addPayLinkNews(Database &database, qint64 key, const PayLinkNews &news)
{
    const auto link = readPayLink(database, key);
    if (!link)
        return std::unexpected(link.error());
    if (!*link || saysNothingNew(**link, news))
        return false;
    if (const auto done = appendStep(database, key, news.step); !done)
        return std::unexpected(done.error());
    if (const auto done = writeNews(database, **link, news); !done)
        return std::unexpected(done.error());
    return true;
}

DatabaseResult<std::optional<PayLink>> readPayLink(Database &database, qint64 key)
{
    auto statement = database.prepare(QByteArray("SELECT ") + linkColumns + " FROM pay_links WHERE key = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, key).step();
    if (!row)
        return std::unexpected(row.error());
    if (!*row)
        return std::nullopt;
    PayLink link = linkOfRow(**statement);
    (*statement)->reset();
    auto steps = readSteps(database, key);
    if (!steps)
        return std::unexpected(steps.error());
    link.steps = *std::move(steps);
    return std::optional(std::move(link));
}

DatabaseResult<api::RequestData> readPayLinkRequest(Database &database, qint64 key)
{
    auto statement = database.prepare("SELECT path, content_type, request_body FROM pay_links WHERE key = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    Statement &row = **statement;
    if (const auto found = row.bind(0, key).step(); !found)
        return std::unexpected(found.error());
    api::RequestData request{.verb = api::Verb::Post,
        .path = row.text(0).toUtf8(),
        .body = row.blob(2),
        .contentType = row.text(1).toUtf8(),
        .auth = api::Auth::Basic};
    row.reset();
    return request;
}

DatabaseResult<QList<qint64>> payLinksIn(Database &database, const QList<PayLinkState> &states)
{
    QList<qint64> keys;
    for (const PayLinkState state : states) {
        auto statement = database.prepare("SELECT key FROM pay_links WHERE state = ?1 ORDER BY key");
        if (!statement)
            return std::unexpected(statement.error());
        const QString word = payLinkStateWord(state);
        (*statement)->bind(0, QStringView(word));
        auto row = (*statement)->step();
        for (; row && *row; row = (*statement)->step())
            keys.append((*statement)->integer(0));
        (*statement)->reset();
        if (!row)
            return std::unexpected(row.error());
    }
    return keys;
}

} // namespace models

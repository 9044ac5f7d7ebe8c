// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/hostedflow.h"

#include "app/sandbox/payments.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace sandbox {

namespace {

// Reference 1.6.2.
constexpr int linkedStatus = 200;
constexpr int leftStatus = 204;
constexpr int failedStatus = 500;

int paymentStatusCode(TransactionState state)
{
    if (state == TransactionState::Authorized)
        return 0;
    return state == TransactionState::TerminalFailed ? 1 : 2;
}

} // namespace

SessionVerdict judge(const World &world, const std::string &sessionKey)
{
    const Session *session = world.store.session(sessionKey);
    if (!session)
        return SessionVerdict::Unknown;
    if (session->progress.step == PageStep::Ended)
        return SessionVerdict::Used;
    const Millis lifetime = world.options.sessionLifetime * oneSecond;
    return world.book.now() >= session->createdAt + lifetime ? SessionVerdict::Expired : SessionVerdict::Usable;
}

HostedFlow::HostedFlow(World &world, const Session &session)
    : m_world(world)
    , m_session(session)
    , m_order(orderOf(session))
{
}

const Institution *HostedFlow::bank() const
{
    return institutionById(m_session.progress.bank);
}

std::vector<OfferedAccount> HostedFlow::accounts() const
{
    return bank() ? accountsAt(*bank(), testUserNamed(m_session.progress.user)) : std::vector<OfferedAccount>();
}

OfferedAccount HostedFlow::chosenAccount() const
{
    const auto offered = accounts();
    return offered.at(std::min<std::size_t>(m_session.progress.choice, offered.size() - 1));
}

StepResult HostedFlow::move(Progress progress)
{
    return m_world.store.keep(m_session.key, std::move(progress)) ? StepResult::Moved : StepResult::DiskRefused;
}

StepResult HostedFlow::chooseBank(std::string_view slug)
{
    Progress next = m_session.progress;
    const auto banks = testBanks();
    const auto chosen = std::ranges::find(banks, slug, [](const Institution *bank) { return bank->slug; });
    if (next.step != PageStep::Bank || chosen == banks.end())
        return StepResult::Moved;
    next.bank = (*chosen)->id;
    next.step = PageStep::SignIn;
    return move(std::move(next));
}

StepResult HostedFlow::signIn(std::string_view user, std::string_view password)
{
    Progress next = m_session.progress;
    if (next.step != PageStep::SignIn)
        return StepResult::Moved;
    if (signedIn(user, password) == TestUser::None)
        return StepResult::WrongPassword;
    if (m_world.options.emailRule && emailBelongsElsewhere()) {
        next.step = PageStep::Refused;
        return move(std::move(next));
    }
    next.customer = ensureCustomer();
    if (next.customer.empty())
        return StepResult::DiskRefused;
    next.user = user;
    next.step = PageStep::Account;
    return move(std::move(next));
}

// Reference 1.15: an address once used with a real institution can only be used with real ones.
bool HostedFlow::emailBelongsElsewhere() const
{
    const auto customer = m_world.book.customerByEmail(m_order.email);
    const auto accounts = customer ? m_world.book.accountsOf(*customer) : std::vector<Account>();
    return !std::ranges::all_of(accounts, [](const Account &account) { return isTestBank(*account.institution); });
}

// The id of the customer with the session's address, made now when there is none; empty when the disk refuses.
std::string HostedFlow::ensureCustomer()
{
    if (const auto known = m_world.book.customerByEmail(m_order.email))
        return known->id;
    const auto &linked = m_world.store.linkedCustomers();
    const std::uint64_t first = m_world.merchant.plan().customers;
    LinkedCustomer made;
    made.index = linked.empty() ? first : std::max(first, linked.rbegin()->first + 1);
    made.firstName = m_order.firstName;
    made.lastName = m_order.lastName;
    made.email = m_order.email;
    made.createdAt = m_world.book.now();
    const std::string id = m_world.merchant.ids().make(IdKind::Customer, made.index);
    if (!m_world.store.keep(std::move(made)))
        return {};
    m_world.events.announce({.type = "customer.created", .subject = Subject::Customer, .resource = id});
    return id;
}

StepResult HostedFlow::chooseAccount(std::uint64_t choice)
{
    Progress next = m_session.progress;
    if (next.step != PageStep::Account || choice >= accounts().size())
        return StepResult::Moved;
    next.choice = choice;
    next.step = PageStep::Consent;
    return move(std::move(next));
}

StepResult HostedFlow::back()
{
    Progress next = m_session.progress;
    if (next.step == PageStep::SignIn || next.step == PageStep::Account)
        next.step = PageStep::Bank;
    else if (next.step == PageStep::Consent)
        next.step = PageStep::Account;
    else
        return StepResult::Moved;
    return move(std::move(next));
}

StepResult HostedFlow::consent()
{
    Progress next = m_session.progress;
    if (next.step != PageStep::Consent)
        return StepResult::Moved;
    if (!linkAccount())
        return StepResult::DiskRefused;
    if (!m_order.payment && !m_order.doneButton)
        return end(linkedStatus);
    next.step = m_order.payment ? PageStep::Pay : PageStep::Done;
    return move(std::move(next));
}

bool HostedFlow::linkAccount()
{
    const auto customer = m_world.book.customer(m_session.progress.customer);
    if (!customer)
        return false;
    const OfferedAccount chosen = chosenAccount();
    LinkedCustomer record = m_world.store.linkedRecord(*customer);
    record.state = CustomerState::Active;
    record.testUser = testUserNamed(m_session.progress.user);
    auto account = std::ranges::find_if(record.accounts, [&](const LinkedAccount &known) {
        return known.institution == m_session.progress.bank && known.number == chosen.number;
    });
    if (account == record.accounts.end()) {
        account = record.accounts.insert(record.accounts.end(), LinkedAccount());
        account->serial = m_world.store.linkedAccountsMade();
        account->institution = m_session.progress.bank;
        account->number = chosen.number;
        account->savings = chosen.savings;
        account->createdAt = m_world.book.now();
    }
    account->shared = account->shared || m_order.verify;
    account->active = true;
    record.preferred = account->serial;
    if (!m_world.store.keep(std::move(record)))
        return false;
    announce("customer.account.linked");
    if (customer->state != CustomerState::Active)
        announce("customer.activated");
    return true;
}

void HostedFlow::announce(std::string_view type) const
{
    m_world.events.announce(
        {.type = std::string(type), .subject = Subject::Customer, .resource = m_session.progress.customer});
}

// A crash may have come between the payment and the note that it was made.
std::optional<Transaction> HostedFlow::paymentMade() const
{
    const auto &created = m_world.store.created();
    const auto made = std::ranges::find(created, m_session.key, &Created::session);
    return made == created.end() ? std::nullopt : std::optional(m_world.book.asTransaction(*made));
}

StepResult HostedFlow::pay()
{
    const auto customer = m_world.book.customer(m_session.progress.customer);
    const auto body = parseJson(m_session.body);
    if (m_session.progress.step != PageStep::Pay || !customer || !body)
        return StepResult::Moved;
    auto made = paymentMade();
    if (!made) {
        Fields fields(*body);
        Fields details = fields.object("paymentDetails", Need::Required);
        Created created = readOrder(details, CreatedKind::Payment);
        if (fields.problem())
            return end(failedStatus);
        created.customer = customer->id;
        created.session = m_session.key;
        prepare(m_world, created);
        decideDebit(m_world, created, *customer);
        made = enter(m_world, std::move(created));
    }
    if (!made)
        return StepResult::DiskRefused;
    Progress next = m_session.progress;
    next.payment = made->id;
    next.paymentCode = paymentStatusCode(made->timeline.stateAt(made->createdAt));
    next.status = linkedStatus;
    next.step = PageStep::Ended;
    return move(std::move(next));
}

StepResult HostedFlow::decline()
{
    return m_session.progress.step == PageStep::Pay ? end(leftStatus) : StepResult::Moved;
}

StepResult HostedFlow::finish()
{
    if (m_session.progress.step == PageStep::Refused)
        return end(failedStatus);
    return m_session.progress.step == PageStep::Done ? end(linkedStatus) : StepResult::Moved;
}

StepResult HostedFlow::leave()
{
    return end(leftStatus);
}

StepResult HostedFlow::learnRedirect(std::string redirect)
{
    Progress next = m_session.progress;
    next.redirect = std::move(redirect);
    return move(std::move(next));
}

// The customer is told of only once an account is linked.
StepResult HostedFlow::end(int status)
{
    Progress next = m_session.progress;
    const bool linked = status == linkedStatus || next.step == PageStep::Pay || next.step == PageStep::Done;
    if (!linked)
        next.customer.clear();
    next.status = status;
    next.step = PageStep::Ended;
    return move(std::move(next));
}

std::string HostedFlow::returnAddress() const
{
    const Progress &progress = m_session.progress;
    std::vector<std::pair<std::string, std::string>> parameters{{"status", std::to_string(progress.status)}};
    if (!progress.customer.empty())
        parameters.emplace_back("customerId", progress.customer);
    if (!progress.payment.empty()) {
        parameters.emplace_back("paymentId", progress.payment);
        parameters.emplace_back("paymentStatusCode", std::to_string(progress.paymentCode));
    }
    return m_order.redirectUrl.empty() ? std::string() : withParameters(m_order.redirectUrl, parameters);
}

std::string withParameters(const std::string &url, const std::vector<std::pair<std::string, std::string>> &parameters)
{
    QUrl address(QString::fromStdString(url), QUrl::StrictMode);
    QUrlQuery query(address);
    for (const auto &[name, value] : parameters)
        query.removeAllQueryItems(QString::fromStdString(name));
    for (const auto &[name, value] : parameters)
        query.addQueryItem(QString::fromStdString(name), QString::fromStdString(value));
    address.setQuery(query);
    return address.toEncoded().toStdString();
}

} // namespace sandbox

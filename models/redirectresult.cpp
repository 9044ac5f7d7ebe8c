// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redirectresult.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int longestRedirect = 16'384;
constexpr int longestShown = 40;

using Pairs = QList<std::pair<QString, QString>>;

QString redirectText(const char *text)
{
    return QCoreApplication::translate("models::RedirectResult", text);
}

QString quotedValue(const QString &value)
{
    QString shown = value.simplified();
    shown.removeIf([](QChar letter) { return !letter.isPrint(); });
    return shown.size() > longestShown ? shown.left(longestShown) + u'…' : shown;
}

// S0 of the reference prints paymentStatusCode once with a letter in front.
QString ownName(const QString &name)
{
    static const QStringList names{u"status"_s, u"customerId"_s, u"paymentId"_s, u"paymentStatusCode"_s};
    if (name == "bpaymentStatusCode"_L1)
        return u"paymentStatusCode"_s;
    return names.contains(name) ? name : QString();
}

Pairs pairsOf(const QUrlQuery &query)
{
    Pairs pairs;
    const auto items = query.queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        pairs.append({name, value});
    return pairs;
}

bool hasOwn(const Pairs &pairs)
{
    return std::ranges::any_of(pairs, [](const auto &pair) { return !ownName(pair.first).isEmpty(); });
}

// Pages that live behind a # get their parameters there.
Pairs parametersOf(const QUrl &url)
{
    Pairs pairs = pairsOf(QUrlQuery(url));
    if (hasOwn(pairs))
        return pairs;
    const QString fragment = url.fragment(QUrl::FullyEncoded);
    const Pairs behind = pairsOf(QUrlQuery(fragment.sliced(fragment.indexOf(u'?') + 1)));
    return hasOwn(behind) ? pairs + behind : pairs;
}

// What the merchant put on the address itself is theirs, even under a name of ours.
Pairs takeMerchants(Pairs &pairs, const QUrl &redirect)
{
    Pairs theirs;
    for (const auto &pair : parametersOf(redirect)) {
        if (const qsizetype at = pairs.indexOf(pair); at >= 0)
            theirs.append(pairs.takeAt(at));
    }
    return theirs;
}

class RedirectReader
{
public:
    RedirectReader(const Pairs &pairs, RedirectResult &result)
        : m_pairs(pairs)
        , m_result(result)
    {
    }

    void read()
    {
        readLinking();
        readCustomer();
        readPayment();
        readDecision();
        compare();
    }

private:
    void complain(const QString &sentence) { m_result.problems.append(sentence); }

    // The one value of a parameter; nothing when it is missing, and when it is there twice, which is said.
    std::optional<QString> only(const QString &name)
    {
        QStringList values;
        for (const auto &[key, value] : m_pairs) {
            if (ownName(key) == name)
                values.append(value);
        }
        if (values.isEmpty())
            return std::nullopt;
        if (values.size() == 1)
            return values.constFirst();
        m_repeated.append(name);
        const bool same = std::ranges::count(values, values.constFirst()) == values.size();
        complain(same ? redirectText("%1 is there more than once.").arg(name)
                      : redirectText("%1 is there more than once, with different values.").arg(name));
        return same ? std::optional(values.constFirst()) : std::nullopt;
    }

    void readLinking()
    {
        const auto status = only(u"status"_s);
        if (!status && !m_repeated.contains("status"_L1))
            complain(redirectText("The result of the linking (status) is missing."));
        if (!status)
            return;
        if (*status == "200"_L1)
            m_result.linking = RedirectResult::Linking::Linked;
        else if (*status == "204"_L1)
            m_result.linking = RedirectResult::Linking::Left;
        else if (*status == "500"_L1)
            m_result.linking = RedirectResult::Linking::Failed;
        else
            complain(redirectText("The status “%1” is not one that is documented.").arg(quotedValue(*status)));
    }

    void readCustomer()
    {
        static const QRegularExpression uuid(
            u"\\A[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\z"_s);
        const auto id = only(u"customerId"_s);
        if (!id)
            return;
        if (uuid.match(*id).hasMatch())
            m_result.customerId = api::CustomerId(*id);
        else
            complain(redirectText("“%1” cannot be a customer id.").arg(quotedValue(*id)));
    }

    void readPayment()
    {
        static const QRegularExpression plain(u"\\A[A-Za-z0-9_-]{1,128}\\z"_s);
        const auto id = only(u"paymentId"_s);
        if (!id)
            return;
        if (plain.match(*id).hasMatch())
            m_result.paymentId = *id;
        else
            complain(redirectText("“%1” cannot be a payment id.").arg(quotedValue(*id)));
    }

    void readDecision()
    {
        const auto code = only(u"paymentStatusCode"_s);
        if (!code) {
            if (m_repeated.contains("paymentStatusCode"_L1))
                m_result.decision = RedirectResult::Decision::Unclear;
            return;
        }
        if (*code == "0"_L1)
            m_result.decision = RedirectResult::Decision::Authorized;
        else if (*code == "1"_L1)
            m_result.decision = RedirectResult::Decision::Failed;
        else if (*code == "2"_L1)
            m_result.decision = RedirectResult::Decision::Pending;
        else {
            m_result.decision = RedirectResult::Decision::Unclear;
            complain(redirectText("The payment decision “%1” is not one that is documented.").arg(quotedValue(*code)));
        }
    }

    void compare()
    {
        using Linking = RedirectResult::Linking;
        using Decision = RedirectResult::Decision;
        const bool payment = !m_result.paymentId.isEmpty();
        const bool named = payment || m_repeated.contains("paymentId"_L1);
        if (m_result.linking == Linking::Linked && !m_result.customerId && !mentions(u"customerId"_s))
            complain(redirectText("A bank is said to be linked, but the customer id is missing."));
        if (m_result.decision != Decision::None && !named && !mentions(u"paymentId"_s))
            complain(redirectText("A payment decision is given, but the payment id is missing."));
        if (payment && m_result.decision == Decision::None)
            complain(redirectText("A payment is named, but not how it was decided."));
        const bool accepted = m_result.decision == Decision::Authorized || m_result.decision == Decision::Pending;
        if (accepted && m_result.linking == Linking::Left)
            complain(redirectText("It says that the customer left and that a payment was accepted; both cannot be."));
        if (accepted && m_result.linking == Linking::Failed)
            complain(redirectText("It says that the flow failed and that a payment was accepted; both cannot be."));
    }

    bool mentions(const QString &name) const
    {
        return std::ranges::any_of(m_pairs, [&](const auto &pair) { return ownName(pair.first) == name; });
    }

    const Pairs &m_pairs;
    RedirectResult &m_result;
    QStringList m_repeated;
};

QString decisionText(RedirectResult::Decision decision)
{
    switch (decision) {
    case RedirectResult::Decision::None:
        return redirectText("The page says that a bank was linked.");
    case RedirectResult::Decision::Authorized:
        return redirectText("The page says that a bank was linked and the payment was authorized.");
    case RedirectResult::Decision::Failed:
        return redirectText("The page says that a bank was linked, but the payment did not complete or was declined.");
    case RedirectResult::Decision::Pending:
        return redirectText("The page says that a bank was linked and the payment waits for a review.");
    case RedirectResult::Decision::Unclear:
        return redirectText("The page says that a bank was linked; what became of the payment is unclear.");
    }
    Q_UNREACHABLE();
}

} // namespace

QString RedirectResult::account() const
{
    QString says;
    switch (linking) {
    case Linking::Linked:
        says = decisionText(decision);
        break;
    case Linking::Left:
        says = redirectText("The page says that the customer left before the end.");
        break;
    case Linking::Failed:
        says = redirectText("The page says that linking the bank failed.");
        break;
    case Linking::Unclear:
        says = redirectText("The page does not say clearly how it ended.");
        break;
    }
    QStringList sentences{says};
    sentences += problems;
    return sentences.join(u' ') + u' ' + redirectText("This is not confirmed until Link Money is asked.");
}

RedirectResult readRedirect(const QUrl &url, const QUrl &redirect)
{
    RedirectResult result;
    if (!url.isValid() || url.toEncoded().size() > longestRedirect) {
        result.problems.append(redirectText("The address the page returned to is too long or damaged."));
        return result;
    }
    Pairs pairs = parametersOf(url);
    result.others = takeMerchants(pairs, redirect);
    RedirectReader(pairs, result).read();
    for (const auto &pair : std::as_const(pairs)) {
        if (ownName(pair.first).isEmpty())
            result.others.append(pair);
    }
    return result;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

using namespace Qt::Literals::StringLiterals;

namespace sandbox {

namespace {

const QString explanation
    = uR"(A local Link Money service: Pay by Bank and aggregation over real HTTP on 127.0.0.1, with a believable
merchant, a clock of its own and faults on request. When ready it prints one line of JSON:
{"url", "clientId", "clientSecret", "merchantId", "pagesUrl", "aggregationUrl", "aggregationClientId",
"aggregationClientSecret", "tenantId", "tenantIds"}.)"_s;

const QString adminHelp = uR"(
Routes of the sandbox's own, without credentials, untouched by faults and delays:
  GET    /sandbox/status     counts, test users, and how often each requestKey was accepted and rejected
  GET    /sandbox/payments   every payment, credit and refund made through the API
  GET    /sandbox/sessions   every session: the step its pages are at, and how it ended
  GET    /sandbox/payouts/{id}/transactions   what a payout pays
  POST   /sandbox/customers/{id}/revoke   the customer revokes the consent: account and customer are deactivated
  GET    /sandbox/events     the last thousand things that happened
  GET    /sandbox/aggregation   the aggregation client's tenants, and one that is not the client's
  GET    /sandbox/faults     the rules in force and how often each matched
  POST   /sandbox/faults     add one rule or a list of rules
  DELETE /sandbox/faults     remove all rules
  GET    /sandbox/pages      the fault of the hosted pages in force, and all there are
  POST   /sandbox/pages      {"fault": NAME, "count": N} spoils the next N pages, 0 all of them; ?fault=NAME behind
                             a session's address spoils that session alone
  DELETE /sandbox/pages      the pages are as they should be again
  POST   /sandbox/clock      {"advanceSeconds": N} moves the sandbox time forward
  POST   /sandbox/reset      forget everything that happened, remove all rules, start the history afresh

A fault rule: {"kind", "method", "path" (a prefix), "skip", "count", "delay", "status", "retryAfter", "bytes"}
where all but kind may be left out; on the command line kind,name=value,name=value. The first rule that matches a
request is applied: after `skip` matches, `count` times (0: always). `delay` is in milliseconds. Kinds that do no work:
  delay (waits, then works and answers), refuse (400), unauthorized (401 on a good token), tooMany (429 with
  Retry-After), error (500), cutBefore (closes the connection)
Kinds that do the work first:
  delayAfter (waits before the answer), cutAfter (closes without an answer), cutMidBody (half an answer),
  errorAfter (500), garbage (no JSON), wrongType (members of other types), oversized (a body of `bytes`)

The customers of /sandbox/status's testUsers behave as documented: profile_522 pays up to 9000.00 USD, profile_08
always lacks funds. Speed and --now concern sandbox time; delays and token lifetimes are in real time.
)"_s;

struct KnownOption
{
    const char *name;
    const char *value; //!< null for a switch
    const char *description;
    const char *standard;
};

constexpr KnownOption knownOptions[] = {
    {"port", "number", "Port to listen on; 0 takes a free one.", "0"},
    {"seed", "number", "Another seed, another merchant.", "1"},
    {"customers", "number", "Customers in the history, at least 2.", "200"},
    {"transactions", "number", "Transactions in the history.", "5000"},
    {"payouts", "number", "Daily payouts in the history.", "60"},
    {"now", "date", "ISO-8601 minute the history ends at and the clock starts from; the current time when left out.",
        ""},
    {"speed", "factor", "Sandbox seconds per real second; 0 stops the clock.", "60"},
    {"state", "file", "Keep what happens in this file, across restarts. Its own seed and counts win.", ""},
    {"ids", "file", "Write the ids the merchant would know, as CSV with the columns kind,id.", ""},
    {"delay", "ms", "Hold every answer for so long.", "0"},
    {"fault", "rule", "A fault rule, see below; may be repeated.", ""},
    {"token-lifetime", "seconds", "How long access tokens last.", "3600"},
    {"scopes", "list", "Scopes the client may ask for, separated by a space.", "Link-Core Link-Payment"},
    {"session-lifetime", "seconds", "How long a session can be used, in sandbox time.", "604800"},
    {"session-address-member", "name", "What the session answer calls its address: sessionUrl, payByLinkUrl or both.",
        "sessionUrl"},
    {"tls-certificate", "file", "Serve the hosted pages over TLS, on a port of their own, with this PEM certificate.",
        ""},
    {"tls-key", "file", "The PEM key of the certificate.", ""},
    {"cancel-event", nullptr, "Tell of a cancel as payment.canceled, an event that is not documented.", ""},
    {"email-rule", nullptr, "An e-mail address used with a real bank cannot be used with a test bank.", ""},
    {"fastlink-top-level", nullptr, "POST /yodlee/fastlink/get answers with fastlink_token at its top level.", ""},
    {"fastlink-needs-user", nullptr, "FastLink sessions need a token that was made with a userId.", ""},
    {"fastlink-text-ids", nullptr, "Ids in the messages of FastLink are strings instead of numbers.", ""},
    {"fastlink-exit-first", nullptr, "FastLink tells of its end before it tells of success.", ""},
    {"fastlink-unframed", nullptr, "FastLink does not let itself be framed.", ""},
    {"aggregation-token-member", "name", "What the aggregation token answer calls its token: accessToken or token.",
        "accessToken"},
    {"numeric-payment-ids", nullptr, "Transaction ids are digits, and POST answers carry paymentId as a JSON number.",
        ""},
    {"huge-payment-ids", nullptr, "The same with numbers above 2^53.", ""},
    {"exit-with-parent", nullptr, "End when the parent process ends or closes standard input.", ""},
};

void addKnownOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(explanation);
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show these lines.")});
    parser.addVersionOption();
    for (const KnownOption &known : knownOptions) {
        const QString name = QString::fromLatin1(known.name);
        const QString description = QString::fromLatin1(known.description);
        if (known.value)
            parser.addOption(
                {name, description, QString::fromLatin1(known.value), QString::fromLatin1(known.standard)});
        else
            parser.addOption({name, description});
    }
    addDeliverOptions(parser);
}

//! Collects the first complaint, so that reading goes straight on.
class ArgumentReader
{
public:
    explicit ArgumentReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    std::uint64_t number(const QString &name, std::uint64_t atMost)
    {
        bool ok = false;
        const std::uint64_t value = m_parser.value(name).toULongLong(&ok);
        if (!ok || value > atMost)
            complain(u"--%1 must be a whole number from 0 to %2"_s.arg(name).arg(atMost));
        return value;
    }

    double factor(const QString &name)
    {
        bool ok = false;
        const double value = m_parser.value(name).toDouble(&ok);
        if (!ok || !(value >= 0 && value <= 10'000'000))
            complain(u"--%1 must be a number from 0 to 10000000"_s.arg(name));
        return value;
    }

    std::optional<Millis> date(const QString &name)
    {
        if (!m_parser.isSet(name))
            return std::nullopt;
        const auto at = parseIsoDateTime(m_parser.value(name).toStdString());
        if (!at)
            complain(u"--%1 must be a time such as 2026-03-02T15:00:00Z"_s.arg(name));
        return at;
    }

    std::optional<QSslConfiguration> tls(const QString &certificateName, const QString &keyName)
    {
        if (m_parser.value(certificateName).isEmpty() && m_parser.value(keyName).isEmpty())
            return std::nullopt;
        const auto certificates = QSslCertificate::fromPath(m_parser.value(certificateName));
        QFile file(m_parser.value(keyName));
        const QByteArray pem = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        const QSslKey rsa(pem, QSsl::Rsa);
        const QSslKey key = rsa.isNull() ? QSslKey(pem, QSsl::Ec) : rsa;
        if (certificates.isEmpty() || key.isNull())
            complain(u"--%1 and --%2 must be files with a certificate and its key"_s.arg(certificateName, keyName));
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificateChain(certificates);
        configuration.setPrivateKey(key);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        return configuration;
    }

    QString choice(const QString &name, const QStringList &known)
    {
        const QString value = m_parser.value(name);
        if (!known.contains(value))
            complain(u"--%1 must be one of: %2"_s.arg(name, known.join(u", ")));
        return value;
    }

    std::vector<FaultRule> faults(const QString &name)
    {
        std::vector<FaultRule> rules;
        for (const QString &text : m_parser.values(name)) {
            if (auto rule = readFaultRule(text.toStdString()))
                rules.push_back(*std::move(rule));
            else
                complain(QString::fromStdString(rule.error()));
        }
        return rules;
    }

    const QString &complaint() const { return m_complaint; }

private:
    void complain(const QString &text)
    {
        if (m_complaint.isEmpty())
            m_complaint = text;
    }

    const QCommandLineParser &m_parser;
    QString m_complaint;
};

Options readValues(const QCommandLineParser &parser, ArgumentReader &reader)
{
    constexpr std::uint64_t most = 1'000'000'000;
    Options options;
    options.port = static_cast<std::uint16_t>(reader.number(u"port"_s, 65535));
    options.plan.seed = reader.number(u"seed"_s, UINT64_MAX);
    options.plan.customers = reader.number(u"customers"_s, most);
    options.plan.transactions = reader.number(u"transactions"_s, most);
    options.plan.payouts = reader.number(u"payouts"_s, 10'000);
    options.plan.paymentIds = parser.isSet(u"huge-payment-ids"_s) ? PaymentIds::HugeNumeric
        : parser.isSet(u"numeric-payment-ids"_s)                  ? PaymentIds::Numeric
                                                                  : PaymentIds::Text;
    options.start = reader.date(u"now"_s);
    options.speed = reader.factor(u"speed"_s);
    options.tokenLifetime = static_cast<int>(reader.number(u"token-lifetime"_s, 31'536'000));
    options.scopes = parser.value(u"scopes"_s);
    options.tls = reader.tls(u"tls-certificate"_s, u"tls-key"_s);
    options.sessionLifetime = static_cast<std::int64_t>(reader.number(u"session-lifetime"_s, 3'153'600'000));
    options.sessionAddressMember = reader.choice(
        u"session-address-member"_s, {u"sessionUrl"_s, u"payByLinkUrl"_s, u"both"_s});
    options.cancelEvent = parser.isSet(u"cancel-event"_s);
    options.emailRule = parser.isSet(u"email-rule"_s);
    options.fastLinkTopLevel = parser.isSet(u"fastlink-top-level"_s);
    options.fastLinkNeedsUser = parser.isSet(u"fastlink-needs-user"_s);
    options.fastLinkTextIds = parser.isSet(u"fastlink-text-ids"_s);
    options.fastLinkExitFirst = parser.isSet(u"fastlink-exit-first"_s);
    options.fastLinkUnframed = parser.isSet(u"fastlink-unframed"_s);
    options.aggregationTokenMember = reader.choice(u"aggregation-token-member"_s, {u"accessToken"_s, u"token"_s});
    options.delay = static_cast<int>(reader.number(u"delay"_s, 3'600'000));
    options.faults = reader.faults(u"fault"_s);
    options.stateFile = parser.value(u"state"_s);
    options.idsFile = parser.value(u"ids"_s);
    options.exitWithParent = parser.isSet(u"exit-with-parent"_s);
    return options;
}

} // namespace

std::expected<Options, OptionsText> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    addKnownOptions(parser);
    if (!parser.parse(arguments))
        return std::unexpected(OptionsText{parser.errorText() + u'\n', 2});
    if (parser.isSet(u"help"_s))
        return std::unexpected(OptionsText{parser.helpText() + adminHelp + deliverHelp(), 0});
    if (parser.isSet(u"version"_s))
        return std::unexpected(
            OptionsText{QCoreApplication::applicationName() + u' ' + QStringLiteral(CONSOLE_VERSION) + u'\n', 0});
    ArgumentReader reader(parser);
    Options options = readValues(parser, reader);
    if (!parser.positionalArguments().isEmpty())
        return std::unexpected(
            OptionsText{u"unexpected argument: %1\n"_s.arg(parser.positionalArguments().constFirst()), 2});
    if (!reader.complaint().isEmpty())
        return std::unexpected(OptionsText{reader.complaint() + u'\n', 2});
    auto deliver = readDeliverOptions(parser);
    if (!deliver)
        return std::unexpected(OptionsText{deliver.error() + u'\n', 2});
    options.deliver = *std::move(deliver);
    return options;
}

} // namespace sandbox

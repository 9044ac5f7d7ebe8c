// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/deliveroptions.h"

#include <QCommandLineParser>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace sandbox {

namespace {

const QString deliverRoutesHelp = uR"(
Webhooks. Everything that happens is posted to the subscriptions it concerns, one after the other for each of them;
2xx is success, redirects are not followed. Signatures (--webhook-signature):
  hmac-sha512-base64   x-signature: base64(HMAC-SHA512(secretKey, "uniqueid.timestamp.body")),
                       x-signature-timestamp: unix seconds of the attempt, x-signature-uniqueid: the id in the body
  hmac-sha256-hex      X-Webhook-Signature: sha256=hex(HMAC-SHA256(secretKey, body))
  shared-secret        X-Webhook-Secret: secretKey
  none
  GET    /sandbox/webhooks              targets with health and backlog, settings, a running burst
  POST   /sandbox/webhooks/settings     {"signature", "signatureHeader", "signaturePrefix", "connections"}, any of them
  GET    /sandbox/webhooks/deliveries   ?after=NUMBER&limit=100&state=waiting|sending|delivered|givenUp|lost|dropped
                                        &target=KEY: number, id, url, attempts, last answer, state
  GET    /sandbox/webhooks/deliveries/{number}          the same with its body
  POST   /sandbox/webhooks/deliveries/{number}/resend   the same body once more, under a new number
  POST   /sandbox/webhooks/hold         start no delivery until
  POST   /sandbox/webhooks/release
  POST   /sandbox/webhooks/burst        {"count": N, "perSecond": R}: N believable events about existing payments
  DELETE /sandbox/webhooks/burst        stop it
  GET    /sandbox/webhooks/troubles     the rules in force and how often each matched and hit
  POST   /sandbox/webhooks/troubles     add one rule or a list of rules
  DELETE /sandbox/webhooks/troubles     remove all rules
  POST   /sandbox/aggregation/events    {"type", "tenantId", "loginName", "info"}: a believable aggregation event; all
                                        but type may be left out
  POST   /sandbox/aggregation/burst     {"count": N, "perSecond": R, "tenantId"}: N of them about linked users, of the
                                        types that are asked for; DELETE stops it

A trouble: {"kind", "event" (beginning of the event type), "skip", "count", "percent", "delay"} where all but kind may
be left out; on the command line kind,name=value,name=value. After `skip` matches, `percent` of the rest are hit, at
most `count` (0: no limit). All rules that match apply. Kinds:
  duplicate (the same once more), changedDuplicate (another body under the same id), lose (never sent),
  reorder (waits `delay` ms while later ones overtake it), delay (waits `delay` ms, later ones behind it);
  at the first attempt only: wrongSignature, cutSignature, noSignature, oldTimestamp (an hour), garbage (no JSON)

With --state, FILE.webhooks keeps what is not delivered yet; after a restart it is tried again at once.
)"_s;

struct DeliverOption
{
    const char *name;
    const char *value; //!< null for a switch
    const char *description;
    const char *standard;
};

constexpr DeliverOption deliverOptions[] = {
    {"webhook-signature", "scheme", "How deliveries are signed, see below.", "hmac-sha512-base64"},
    {"webhook-signature-header", "name", "Header of the signature, instead of the scheme's own.", ""},
    {"webhook-signature-prefix", "text", "What stands before a hex signature.", "sha256="},
    {"webhook-flat", nullptr, "The members of metadata at the top level, as the newer documentation has them.", ""},
    {"webhook-retries", "list", "Seconds between attempts, separated by commas; none: a single attempt.",
        "1,5,30,120,600"},
    {"webhook-timeout", "seconds", "How long a delivery may take.", "10"},
    {"webhook-connections", "number", "Deliveries under way to one subscription; above 1 the order is not kept.", "1"},
    {"webhook-backlog", "number", "Undelivered events kept for one subscription; beyond it the oldest are dropped.",
        "10000"},
    {"webhook-insecure", nullptr, "Deliver to https addresses whatever their certificate.", ""},
    {"webhook-trouble", "rule", "What goes wrong with deliveries, see below; may be repeated.", ""},
    {"aggregation-webhook-signature", "scheme",
        "none, or insights: X-Webhook-Verification: hex(HMAC-SHA256(client secret, body)).", "none"},
    {"aggregation-webhooks-http", nullptr, "Accept http addresses on loopback in the aggregation registry.", ""},
    {"aggregation-foreign", "percent", "How often an event of a foreign user of the tenant follows.", "5"},
};

//! Collects the first complaint, so that reading goes straight on.
class DeliverReader
{
public:
    explicit DeliverReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    std::uint64_t number(const QString &name, std::uint64_t atLeast, std::uint64_t atMost)
    {
        bool ok = false;
        const std::uint64_t value = m_parser.value(name).toULongLong(&ok);
        if (!ok || value < atLeast || value > atMost)
            complain(u"--%1 must be a whole number from %2 to %3"_s.arg(name).arg(atLeast).arg(atMost));
        return value;
    }

    Millis seconds(const QString &name, const QString &text)
    {
        bool ok = false;
        const double value = text.toDouble(&ok);
        if (!ok || !(value >= 0.001 && value <= 604'800))
            complain(u"--%1 must be in seconds, from 0.001 to 604800"_s.arg(name));
        return ok ? std::llround(std::min(value, 604'800.0) * 1000) : 0;
    }

    std::vector<Millis> waits(const QString &name)
    {
        std::vector<Millis> out;
        if (m_parser.value(name) == u"none"_s)
            return out;
        for (const QString &text : m_parser.value(name).split(u','))
            out.push_back(seconds(name, text));
        return out;
    }

    SignatureScheme scheme(const QString &name)
    {
        const auto known = schemeByName(m_parser.value(name).toStdString());
        if (!known)
            complain(u"--%1 must be none, hmac-sha512-base64, hmac-sha256-hex or shared-secret"_s.arg(name));
        return known.value_or(SignatureScheme::None);
    }

    std::string header(const QString &name)
    {
        const std::string text = m_parser.value(name).toStdString();
        if (!text.empty() && !isHeaderName(text))
            complain(u"--%1 must be the name of a header"_s.arg(name));
        return text;
    }

    Signing aggregationSigning(const QString &name)
    {
        const QString text = m_parser.value(name);
        if (text != u"none"_s && text != u"insights"_s)
            complain(u"--%1 must be none or insights"_s.arg(name));
        if (text != u"insights"_s)
            return {.scheme = SignatureScheme::None};
        return {.scheme = SignatureScheme::HmacSha256Hex, .header = "X-Webhook-Verification", .prefix = ""};
    }

    std::vector<TroubleRule> troubles(const QString &name)
    {
        std::vector<TroubleRule> rules;
        for (const QString &text : m_parser.values(name)) {
            if (auto rule = readTroubleRule(text.toStdString()))
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

} // namespace

void addDeliverOptions(QCommandLineParser &parser)
{
    for (const DeliverOption &known : deliverOptions) {
        const QString name = QString::fromLatin1(known.name);
        const QString standard = QString::fromLatin1(known.standard);
        const QString description = QString::fromLatin1(known.description)
            + (standard.isEmpty() ? QString() : u" (%1)"_s.arg(standard));
        if (known.value)
            parser.addOption({name, description, QString::fromLatin1(known.value), standard});
        else
            parser.addOption({name, description});
    }
}

std::expected<DeliverOptions, QString> readDeliverOptions(const QCommandLineParser &parser)
{
    DeliverReader reader(parser);
    DeliverOptions options;
    options.signing = {.scheme = reader.scheme(u"webhook-signature"_s),
        .header = reader.header(u"webhook-signature-header"_s),
        .prefix = parser.value(u"webhook-signature-prefix"_s).toStdString()};
    options.aggregationSigning = reader.aggregationSigning(u"aggregation-webhook-signature"_s);
    options.flat = parser.isSet(u"webhook-flat"_s);
    options.retries = reader.waits(u"webhook-retries"_s);
    options.timeout = reader.seconds(u"webhook-timeout"_s, parser.value(u"webhook-timeout"_s));
    options.connections = static_cast<int>(reader.number(u"webhook-connections"_s, 1, mostConnections));
    options.backlog = reader.number(u"webhook-backlog"_s, 1, 1'000'000);
    options.insecure = parser.isSet(u"webhook-insecure"_s);
    options.aggregationHttp = parser.isSet(u"aggregation-webhooks-http"_s);
    options.foreignPercent = static_cast<int>(reader.number(u"aggregation-foreign"_s, 0, 100));
    options.troubles = reader.troubles(u"webhook-trouble"_s);
    if (!reader.complaint().isEmpty())
        return std::unexpected(reader.complaint());
    return options;
}

QString deliverHelp()
{
    return deliverRoutesHelp;
}

} // namespace sandbox

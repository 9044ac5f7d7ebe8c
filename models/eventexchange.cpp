// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventexchange.h"

#include "api/json.h"
#include "api/jsonreader.h"
#include "api/webhooksender.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringDecoder>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct ExchangeWords
{
    Q_DECLARE_TR_FUNCTIONS(EventImport)
};

QString shellQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    return !decoder.hasError() && !text.contains(QChar(0));
}

api::Json exportTimeOf(qint64 utcMs)
{
    if (utcMs == 0)
        return {};
    return api::Json::fromText(QDateTime::fromMSecsSinceEpoch(utcMs, Qt::UTC).toString(Qt::ISODateWithMs));
}

api::Json headerItems(const QList<api::HeaderLine> &headers)
{
    std::vector<api::Json> items;
    for (const api::HeaderLine &line : headers) {
        if (line.value != hiddenHeaderValue)
            items.push_back(api::Json::fromItems({api::Json::fromText(QString::fromLatin1(line.name)),
                api::Json::fromText(QString::fromLatin1(line.value))}));
    }
    return api::Json::fromItems(std::move(items));
}

QList<api::HeaderLine> headersOfItems(const api::Json &items)
{
    QList<api::HeaderLine> headers;
    for (const api::Json &item : items.items()) {
        if (item.items().size() == 2)
            headers.append({item.items()[0].text().toLatin1(), item.items()[1].text().toLatin1()});
    }
    return api::passedOnHeaders(headers);
}

std::expected<QByteArray, QString> bodyOf(const api::Json &line)
{
    if (line[u"bodyBase64"].isNull())
        return line[u"body"].text().toUtf8();
    const auto decoded = QByteArray::fromBase64Encoding(
        line[u"bodyBase64"].text().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::unexpected(ExchangeWords::tr("The body is not base64."));
    return *decoded;
}

NewEvent importedEvent(api::WebhookDelivery delivery, WebhookFamily family, const QString &subscriptionId)
{
    NewEvent event = prepareEvent(
        std::move(delivery), {.subscriptionId = subscriptionId, .family = family}, EventOrigin::Imported);
    event.verdict.reason = ExchangeWords::tr("Imported: who sent it cannot be told any more.");
    return event;
}

} // namespace

QString curlCommand(const api::WebhookDelivery &delivery, const QUrl &url)
{
    QStringList parts{u"curl"_s, u"--request POST"_s};
    for (const api::HeaderLine &line : api::passedOnHeaders(delivery.headers)) {
        if (line.value != hiddenHeaderValue)
            parts << u"--header "_s + shellQuoted(QString::fromUtf8(line.name + ": " + line.value));
    }
    if (isUtf8(delivery.body)) {
        parts << u"--data-binary "_s + shellQuoted(QString::fromUtf8(delivery.body));
    } else {
        parts.prepend(u"base64 -d <<<"_s + QString::fromLatin1(delivery.body.toBase64()) + u" |"_s);
        parts << u"--data-binary @-"_s;
    }
    parts << shellQuoted(url.toString(QUrl::FullyEncoded));
    return parts.join(u' ');
}

QByteArray exportLine(const InboxEvent &event, const api::WebhookDelivery &delivery)
{
    const bool text = isUtf8(delivery.body);
    const QString body = QString::fromLatin1(text ? QByteArray() : delivery.body.toBase64());
    return api::Json::fromMembers(
               {{u"receivedAt"_s, exportTimeOf(event.receivedAt)},
                   {u"family"_s, api::Json::fromText(webhookFamilyWord(event.family))},
                   {u"subscription"_s, api::Json::fromText(event.subscriptionId)},
                   {u"verdict"_s, api::Json::fromText(verdictWord(event.verdict))},
                   {u"state"_s, api::Json::fromText(eventStateWord(event.state))},
                   {u"peer"_s, api::Json::fromText(delivery.peer)}, {u"headers"_s, headerItems(delivery.headers)},
                   {text ? u"body"_s : u"bodyBase64"_s,
                       api::Json::fromText(text ? QString::fromUtf8(delivery.body) : body)}})
               .toText()
        + '\n';
}

std::expected<NewEvent, QString> readExportLine(const QByteArray &line, WebhookFamily family, qint64 now)
{
    if (line.size() > 2 * api::largestWebhookBody)
        return std::unexpected(ExchangeWords::tr("The line is too long."));
    const auto json = api::Json::parse(line);
    if (!json)
        return std::unexpected(ExchangeWords::tr("This is not JSON: %1").arg(json.error()));
    const bool exported = !(*json)[u"body"].isNull() || !(*json)[u"bodyBase64"].isNull();
    if (!exported) {
        NewEvent event = importedEvent({.body = line.trimmed(), .receivedAt = now}, family, {});
        return event.facts.unreadable ? std::expected<NewEvent, QString>(std::unexpected(event.facts.problem))
                                      : std::move(event);
    }
    const auto body = bodyOf(*json);
    if (!body)
        return std::unexpected(body.error());
    if (body->size() > api::largestWebhookBody)
        return std::unexpected(ExchangeWords::tr("The body is larger than 1 MiB."));
    const auto received = api::parseIsoTime((*json)[u"receivedAt"].text());
    const auto named = webhookFamilyOfWord((*json)[u"family"].text());
    return importedEvent({.headers = headersOfItems((*json)[u"headers"]),
                             .body = *body,
                             .peer = (*json)[u"peer"].text(),
                             .receivedAt = received && *received <= now ? *received : now},
        named.value_or(family), (*json)[u"subscription"].text());
}

DatabaseResult<EventImport> importEvents(Database &database, const QByteArray &lines, WebhookFamily family, qint64 now)
{
    EventImport import;
    qint64 number = 0;
    for (const QByteArray &line : lines.split('\n')) {
        ++number;
        if (line.trimmed().isEmpty())
            continue;
        const auto event = readExportLine(line, family, now);
        if (!event) {
            import.refused.append({number, event.error()});
            continue;
        }
        const auto stored = storeEvent(database, *event);
        if (!stored)
            return std::unexpected(stored.error());
        switch (stored->how) {
        case StoredEvent::How::New:
            ++import.stored;
            break;
        case StoredEvent::How::Repeat:
            ++import.repeats;
            break;
        case StoredEvent::How::Conflict:
            ++import.conflicts;
            break;
        }
        if (stored->how != StoredEvent::How::Repeat)
            import.keys.append(stored->key);
    }
    return import;
}

DatabaseResult<QByteArray> exportEvents(Database &database, const QList<qint64> &keys)
{
    QByteArray lines;
    for (const qint64 key : keys) {
        const auto event = readEvent(database, key);
        if (!event)
            return std::unexpected(event.error());
        const auto delivery = readDelivery(database, key);
        if (!delivery)
            return std::unexpected(delivery.error());
        if (*event && *delivery)
            lines += exportLine(**event, **delivery);
    }
    return lines;
}

} // namespace models

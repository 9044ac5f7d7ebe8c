// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "api/jsonreader.h"
#include "models/inbox.h"

#include <QCoreApplication>
#include <QCryptographicHash>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct EventFactWords
{
    Q_DECLARE_TR_FUNCTIONS(Inbox)
};

constexpr qsizetype digestSize = 16;
constexpr qsizetype longestText = 300;
constexpr qint64 farAhead = qint64(24) * 3600 * 1000;

QByteArray digestOf(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256).left(digestSize);
}

// Two deliveries of one unreadable body are still the same thing.
EventFacts unreadableFacts(const QByteArray &body, const QString &problem)
{
    const QByteArray digest = digestOf(body);
    return {.id = u"unreadable-"_s + QString::fromLatin1(digest.toHex()),
        .problem = problem,
        .unreadable = true,
        .digest = digest};
}

//! A string or a number; anything else is none.
QString factText(const api::Json &value)
{
    const bool plain = value.type() == api::Json::Type::String || value.type() == api::Json::Type::Number;
    QString text = plain ? value.text() : QString();
    // A line break or an escape sequence in an id is nobody's id; it must not reach a header, a file or a terminal.
    for (QChar &letter : text) {
        if (letter.category() == QChar::Other_Control)
            letter = u'\ufffd';
    }
    return text.left(longestText);
}

void note(EventFacts &facts, const QString &sentence)
{
    facts.problem += facts.problem.isEmpty() ? sentence : u' ' + sentence;
}

void readTime(EventFacts &facts, const api::Json &value, qint64 receivedAt)
{
    if (value.isNull())
        return;
    const auto time = api::parseIsoTime(value.text());
    if (!time) {
        note(facts, EventFactWords::tr("Its time cannot be read: %1.").arg(factText(value)));
        return;
    }
    facts.createdAt = *time;
    if (*time - receivedAt > farAhead)
        note(facts, EventFactWords::tr("Its time is more than a day in the future."));
}

// The newer table flattens what the sample nests (reference 1.14.3): nested first, then top level.
QString metadataText(const api::Json &event, QStringView key)
{
    const QString nested = factText(event[u"metadata"][key]);
    return nested.isEmpty() ? factText(event[key]) : nested;
}

void readPayByBank(EventFacts &facts, const api::Json &event, qint64 receivedAt)
{
    const QString id = factText(event[u"id"]);
    if (!id.isEmpty())
        facts.id = id;
    facts.type = factText(event[u"eventType"]);
    facts.resourceType = metadataText(event, u"resourceType");
    facts.resourceId = metadataText(event, u"resourceId");
    facts.clientReferenceId = metadataText(event, u"clientReferenceId");
    facts.paymentType = metadataText(event, u"paymentType");
    facts.returnCode = metadataText(event, u"achReturnCode");
    readTime(facts, event[u"creationTime"], receivedAt);
}

// Reference 2.8: the id and the user come inside the event or beside it.
QString envelopeText(const api::Json &envelope, QStringView key)
{
    const QString inside = factText(envelope[u"event"][key]);
    return inside.isEmpty() ? factText(envelope[key]) : inside;
}

//! Empty when they are not all the same.
QString commonText(QStringList texts)
{
    texts.removeAll(QString());
    texts.removeDuplicates();
    return texts.size() == 1 ? texts.first() : QString();
}

// Each type of event names its user and its link elsewhere, some of them in lists.
void readAggregationData(EventFacts &facts, const api::Json &data)
{
    QStringList users;
    QStringList links;
    const bool list = data.type() == api::Json::Type::Array;
    for (const api::Json &entry : list ? data.items() : std::vector<api::Json>{data}) {
        users += factText(entry[u"loginName"]);
        links += factText(entry[u"providerAccountId"]);
        const api::Json userData = entry[u"userData"];
        for (const api::Json &part : userData.items())
            users += factText(part[u"user"][u"loginName"]);
        const api::Json providerAccounts = entry[u"providerAccount"];
        for (const api::Json &link : providerAccounts.items())
            links += factText(link[u"id"]);
    }
    if (facts.loginName.isEmpty())
        facts.loginName = commonText(users);
    facts.resourceId = commonText(links);
    if (!facts.resourceId.isEmpty())
        facts.resourceType = u"providerAccount"_s;
}

void readAggregation(EventFacts &facts, const api::Json &envelope)
{
    const QString id = envelopeText(envelope, u"notificationId");
    if (!id.isEmpty())
        facts.id = id;
    facts.type = factText(envelope[u"event"][u"info"]);
    facts.loginName = envelopeText(envelope, u"loginName");
    readAggregationData(facts, envelope[u"event"][u"data"]);
}

} // namespace

EventFacts readEventFacts(WebhookFamily family, const QByteArray &body, qint64 receivedAt)
{
    const auto json = api::Json::parse(body);
    if (!json)
        return unreadableFacts(body, EventFactWords::tr("The body is not JSON: %1").arg(json.error()));
    if (json->type() != api::Json::Type::Object)
        return unreadableFacts(body, EventFactWords::tr("The body is JSON, but not an event."));
    EventFacts facts{.digest = digestOf(json->toText())};
    switch (family) {
    case WebhookFamily::PayByBank:
        readPayByBank(facts, *json, receivedAt);
        break;
    case WebhookFamily::Aggregation:
        readAggregation(facts, *json);
        break;
    }
    if (facts.type.isEmpty() && !facts.id && facts.resourceId.isEmpty())
        return unreadableFacts(body, EventFactWords::tr("The body is JSON, but not an event."));
    if (!facts.id)
        note(facts, EventFactWords::tr("The sender gave it no id, so repeats cannot be told apart."));
    if (facts.type.isEmpty())
        note(facts, EventFactWords::tr("It does not say what happened."));
    return facts;
}

} // namespace models

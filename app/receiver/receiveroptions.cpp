// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/receiver/receiveroptions.h"

#include "api/webhooksender.h"
#include "models/eventintake.h"
#include "models/profiles.h"

#include <QCommandLineParser>
#include <QFile>
#include <QStandardPaths>
#include <QTextStream>

#include <cstdio>
#include <expected>

using namespace Qt::Literals::StringLiterals;

namespace receiver {

namespace {

constexpr qint64 largestSecret = 4096;

template<typename T> using OrSentence = std::expected<T, QString>;

struct Known
{
    QCommandLineOption ledger{u"ledger"_s, u"Write to this ledger <file>."_s, u"file"_s};
    QCommandLineOption data{u"data"_s, u"Find profiles in <folder>."_s, u"folder"_s,
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/merchant-console"_s};
    QCommandLineOption profile{
        u"profile"_s, u"Use the ledger, settings and keychain entries of the profile <id>."_s, u"id"_s};
    QCommandLineOption address{u"address"_s, u"Listen on this network <address>."_s, u"address"_s};
    QCommandLineOption port{u"port"_s, u"Listen on <port>; 0 takes any free one."_s, u"port"_s};
    QCommandLineOption certificate{u"certificate"_s, u"TLS certificate chain, PEM <file>."_s, u"file"_s};
    QCommandLineOption key{u"key"_s, u"The certificate's key, PEM <file>."_s, u"file"_s};
    QCommandLineOption path{u"path"_s,
        u"Accept events at /webhooks/<token>, besides the paths of the ledger's subscriptions; may be repeated. \"new\" makes one up."_s,
        u"token"_s};
    QCommandLineOption family{u"family"_s, u"Of those paths: paybybank or aggregation."_s, u"family"_s, u"paybybank"_s};
    QCommandLineOption scheme{u"scheme"_s,
        u"How those paths check signatures, one of: link-sha512, body-sha256, fingoal-insights, shared-secret, none."_s,
        u"scheme"_s, u"none"_s};
    QCommandLineOption secretFile{u"secret-file"_s, u"Read the webhook secret from <file>."_s, u"file"_s};
    QCommandLineOption secretVariable{
        u"secret-env"_s, u"Read the webhook secret from the environment <variable>."_s, u"variable"_s};
    QCommandLineOption forward{u"forward"_s, u"Pass every event on to <url>; may be repeated."_s, u"url"_s};
    QCommandLineOption quiet{u"quiet"_s, u"Say only what needs attention."_s};
    QCommandLineOption exportEvents{
        u"export"_s, u"Write every stored event to standard output, one JSON line each, then quit."_s};

    QList<QCommandLineOption> all() const
    {
        return {ledger, data, profile, address, port, certificate, key, path, family, scheme, secretFile,
            secretVariable, forward, quiet, exportEvents};
    }
};

OptionsOrExit stopWith(int exitCode, const QString &text)
{
    QTextStream(exitCode == 0 ? stdout : stderr) << text << '\n';
    return {.options = std::nullopt, .exitCode = exitCode};
}

OrSentence<std::optional<QByteArray>> secretOf(const QCommandLineParser &parser, const Known &known)
{
    if (parser.isSet(known.secretVariable)) {
        const QByteArray secret = qgetenv(parser.value(known.secretVariable).toLocal8Bit().constData());
        if (secret.isEmpty())
            return std::unexpected(u"The environment variable %1 is empty."_s.arg(parser.value(known.secretVariable)));
        return secret;
    }
    if (!parser.isSet(known.secretFile))
        return std::nullopt;
    QFile file(parser.value(known.secretFile));
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(u"The secret cannot be read from %1: %2"_s.arg(file.fileName(), file.errorString()));
    QByteArray secret = file.read(largestSecret);
    while (secret.endsWith('\n') || secret.endsWith('\r'))
        secret.chop(1);
    if (secret.isEmpty())
        return std::unexpected(u"The file %1 holds no secret."_s.arg(file.fileName()));
    return secret;
}

OrSentence<models::ReceiverSettings> settingsOf(
    const QCommandLineParser &parser, const Known &known, models::ReceiverSettings settings)
{
    settings.enabled = true;
    if (parser.isSet(known.address))
        settings.address = parser.value(known.address);
    if (parser.isSet(known.certificate))
        settings.certificateFile = parser.value(known.certificate);
    if (parser.isSet(known.key))
        settings.keyFile = parser.value(known.key);
    bool ok = true;
    if (parser.isSet(known.port))
        settings.port = parser.value(known.port).toUShort(&ok);
    if (!ok)
        return std::unexpected(u"The port is a number from 0 to 65535, not %1."_s.arg(parser.value(known.port)));
    if (const auto problems = models::receiverProblems(settings); !problems.isEmpty())
        return std::unexpected(problems.first().sentence);
    return settings;
}

OrSentence<models::WebhookFamily> familyOf(const QString &word)
{
    if (word == "paybybank"_L1)
        return models::WebhookFamily::PayByBank;
    if (word == "aggregation"_L1)
        return models::WebhookFamily::Aggregation;
    return std::unexpected(u"The family is paybybank or aggregation, not %1."_s.arg(word));
}

OrSentence<models::WebhookScheme> schemeOf(const QString &id)
{
    for (const auto family : {models::WebhookFamily::PayByBank, models::WebhookFamily::Aggregation}) {
        for (const models::SchemePreset &preset : models::schemePresets(family)) {
            if (preset.id == id)
                return preset.scheme;
        }
    }
    return std::unexpected(u"There is no scheme %1. Try --help."_s.arg(id));
}

OrSentence<QStringList> tokensOf(const QStringList &words)
{
    QStringList tokens;
    for (const QString &word : words) {
        tokens.append(word == "new"_L1 ? models::newPathToken() : word);
        if (!models::isPathToken(tokens.last()))
            return std::unexpected(u"A path is 8 to 64 letters, digits, - and _, not “%1”."_s.arg(word));
    }
    return tokens;
}

OrSentence<QList<QUrl>> forwardOf(const QStringList &words)
{
    QList<QUrl> urls;
    for (const QString &word : words) {
        urls.append(QUrl(word, QUrl::StrictMode));
        if (!api::isWebhookTarget(urls.last()))
            return std::unexpected(u"“%1” is no http or https address."_s.arg(word));
    }
    return urls;
}

OrSentence<Options> optionsOf(const QCommandLineParser &parser, const Known &known)
{
    Options options;
    models::ReceiverSettings stored;
    if (parser.isSet(known.profile)) {
        const models::ProfileStore profiles(parser.value(known.data));
        options.profile = parser.value(known.profile);
        options.ledger = profiles.ledgerFile(options.profile);
        stored = models::readReceiverSettings(models::receiverSettingsFile(profiles.folder(options.profile)));
    }
    if (parser.isSet(known.ledger))
        options.ledger = parser.value(known.ledger);
    if (options.ledger.isEmpty())
        return std::unexpected(u"Say where to store events: --ledger or --profile."_s);
    const auto settings = settingsOf(parser, known, stored);
    const auto secret = secretOf(parser, known);
    const auto family = familyOf(parser.value(known.family));
    const auto scheme = schemeOf(parser.value(known.scheme));
    const auto tokens = tokensOf(parser.values(known.path));
    const auto forward = forwardOf(parser.values(known.forward));
    for (const QString *problem : {settings ? nullptr : &settings.error(), secret ? nullptr : &secret.error(),
             family ? nullptr : &family.error(), scheme ? nullptr : &scheme.error(), tokens ? nullptr : &tokens.error(),
             forward ? nullptr : &forward.error()}) {
        if (problem)
            return std::unexpected(*problem);
    }
    options.settings = *settings;
    options.secret = *secret;
    options.family = *family;
    options.scheme = *scheme;
    options.pathTokens = *tokens;
    options.forward = *forward;
    options.quiet = parser.isSet(known.quiet);
    options.exportEvents = parser.isSet(known.exportEvents);
    return options;
}

} // namespace

OptionsOrExit readOptions(const QStringList &arguments)
{
    const Known known;
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Receives webhooks of Link Money without a desktop, and stores each before it is acknowledged."_s);
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Show these lines."_s);
    parser.addOption(help);
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOptions(known.all());
    if (!parser.parse(arguments))
        return stopWith(2, parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return stopWith(2, u"Not understood: %1. Try --help."_s.arg(parser.positionalArguments().constFirst()));
    if (parser.isSet(help))
        return stopWith(0, parser.helpText());
    if (parser.isSet(version))
        return stopWith(0, u"webhook-receiver " CONSOLE_VERSION ""_s);
    auto options = optionsOf(parser, known);
    if (!options)
        return stopWith(2, options.error());
    return {.options = std::move(*options), .exitCode = 0};
}

} // namespace receiver

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/options.h"

#include <QCommandLineParser>
#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTextStream>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace console {

namespace {

std::optional<ui::Theme::Choice> themeChoice(const QString &word)
{
    if (word == "system"_L1)
        return ui::Theme::Choice::System;
    if (word == "light"_L1)
        return ui::Theme::Choice::Light;
    if (word == "dark"_L1)
        return ui::Theme::Choice::Dark;
    return std::nullopt;
}

OptionsOrExit stopWith(int exitCode, const QString &text)
{
    QTextStream(exitCode == 0 ? stdout : stderr) << text << '\n';
    return {.options = std::nullopt, .exitCode = exitCode};
}

// Without an application object, which needs a display, the parser does not know whose help it is.
QString helpOf(const QCommandLineParser &parser)
{
    return parser.helpText().replace(u"<executable_name>"_s, QCoreApplication::applicationName());
}

} // namespace

OptionsOrExit readOptions(const QStringList &arguments)
{
    const QCommandLineOption data(u"data"_s, u"Keep profiles and ledgers in <folder>."_s, u"folder"_s,
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    const QCommandLineOption profile(u"profile"_s, u"Open the profile with this <id>."_s, u"id"_s);
    const QCommandLineOption theme(u"theme"_s, u"system, light or dark."_s, u"theme"_s,
        qEnvironmentVariable("MERCHANT_CONSOLE_THEME", u"system"_s));
    const QCommandLineOption tour(u"tour"_s,
        u"Import, find and refund on the built-in sandbox, leave screenshots and a summary in <folder>, then quit. "
        "Without --data it starts afresh and leaves your own data alone."_s,
        u"folder"_s);
    const QCommandLineOption sandbox(
        u"sandbox-arguments"_s, u"Further <arguments> for the built-in sandbox, in one text."_s, u"arguments"_s);
    const QCommandLineOption measure(u"measure-start"_s, u"Print a line when the first rows are painted, then quit."_s);
    const QCommandLineOption audit(u"verify-audit"_s,
        u"Check that the profile's audit trail is unbroken and its outbox as the trail says, then quit."_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Desktop console for merchants who take Pay by Bank payments through Link Money."_s);
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Show these lines."_s);
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOptions({help, data, profile, theme, tour, sandbox, measure, audit});

    if (!parser.parse(arguments))
        return stopWith(2, parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return stopWith(2, u"Not understood: %1. Try --help."_s.arg(parser.positionalArguments().constFirst()));
    if (parser.isSet(help))
        return stopWith(0, helpOf(parser));
    if (parser.isSet(version))
        return stopWith(0, u"merchant-console " CONSOLE_VERSION ""_s);
    const auto choice = themeChoice(parser.value(theme));
    if (!choice)
        return stopWith(2, u"The theme is system, light or dark, not %1."_s.arg(parser.value(theme)));

    const bool inOwnFolder = parser.isSet(tour) && !parser.isSet(data);
    return {.options = Options{.dataDirectory = inOwnFolder ? QString() : QDir(parser.value(data)).absolutePath(),
                .profile = parser.value(profile),
                .theme = *choice,
                .tourDirectory = parser.value(tour),
                .sandboxArguments = QProcess::splitCommand(parser.value(sandbox)),
                .measureStart = parser.isSet(measure),
                .verifyAudit = parser.isSet(audit)},
        .exitCode = 0};
}

} // namespace console

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace console {

//! What the command line asks for.
struct Options
{
    QString dataDirectory; //!< profiles and ledgers; empty: one of its own, only for this walk
    QString profile;       //!< id; empty: the one used last
    ui::Theme::Choice theme = ui::Theme::Choice::System;
    QString tourDirectory; //!< not empty: walk through the main job, leave screenshots and a summary here, then quit
    QStringList sandboxArguments; //!< handed to the built-in sandbox
    bool measureStart = false;    //!< print a line when the first rows are painted, quit
    bool verifyAudit = false;     //!< check the audit trail of the profile, print the verdict, quit
};

//! Reads the arguments; prints help or a mistake and gives the exit code instead where the program should end at once.
struct OptionsOrExit
{
    std::optional<Options> options;
    int exitCode = 0;
};
OptionsOrExit readOptions(const QStringList &arguments);

} // namespace console

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sessiondraft.h"

#include <QByteArray>
#include <QList>

#include <expected>

namespace models {

//! One line of a file of links, as understood before anything is sent.
struct PlannedLink
{
    qint64 line = 0; //!< from 1, as an editor counts
    SessionDraft draft = {};
    QList<DraftFinding> findings = {}; //!< the same rules as in the form

    bool canBeSent() const;
};

//! A dry run over a whole file.
struct LinkPlan
{
    QString name = {}; //!< of the file
    QList<PlannedLink> links = {};
    QStringList unknownColumns = {}; //!< headings that are not fields of a session

    qint64 good() const; //!< lines that can be sent
};

//! The first line names the fields as the reference does ("firstName", "orderDetails.totalAmount",
//! "items1.description"); UTF-8, separated by comma, semicolon or tab. `fallback` fills what a line leaves empty. A
//! sentence when the file cannot be read as such.
std::expected<LinkPlan, QString> planLinks(const QByteArray &text, const QString &name, const SessionDraft &fallback);

//! The most lines of one file.
inline constexpr qsizetype mostPlannedLinks = 10'000;

} // namespace models

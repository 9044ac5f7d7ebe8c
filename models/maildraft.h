// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <expected>

namespace models {

//! Why a text cannot be one mail address; empty when it can. Refuses line breaks and whatever could add a second
//! recipient or a header.
QString mailAddressProblem(const QString &address);

struct MailDraft
{
    QString to = {};
    QString subject = {};
    QString body = {};
};

//! For the person's own mail program (RFC 6068); a sentence when an address or subject would break out of its place.
std::expected<QUrl, QString> mailtoUrl(const MailDraft &mail);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <expected>
#include <optional>

namespace models {

//! One bank of a FastLink message. Ids are numbers or strings on the wire (reference 2.7.2), text here.
struct FastLinkSite
{
    QString providerId = {};
    QString providerName = {};
    QString providerAccountId = {};
    QString requestId = {};
    QString status = {}; //!< SUCCESS, FAILED, ACTION_ABANDONED, USER_CLOSE_ACTION, or one we do not know
    QString additionalStatus = {};
    QString reason = {};

    friend bool operator==(const FastLinkSite &, const FastLinkSite &) = default;
};

//! What FastLink tells the host (reference 2.7.2 and 2.7.3), either bare or in the {type, data} envelope, the data as
//! an object or as JSON text inside a string.
struct FastLinkMessage
{
    enum class Kind {
        Success,      //!< an account was added or refreshed
        Failure,      //!< an account or FastLink itself failed
        Exit,         //!< the session is over; `sites` or a top-level status may come with it
        ExternalPage, //!< `url` is to be opened in the system browser
        Progress,     //!< anything else FastLink reports on the way, kept for the record
    };
    Kind kind = Kind::Progress;
    QList<FastLinkSite> sites = {};
    QString status = {}; //!< top-level status of an exit without sites
    QString reason = {};
    QUrl url = {};     //!< ExternalPage only, already found safe to open (pageAddressProblem)
    QString type = {}; //!< the envelope's type or the callback's name, for the record
};

inline constexpr qsizetype fastLinkMessageLimit = 65'536; //!< bytes

//! Refuses what is too long, no JSON object, nested too deeply, or asks for an unsafe page: a sentence.
std::expected<FastLinkMessage, QString> readFastLinkMessage(const QByteArray &json);

//! Collects the messages of one session: success and exit arrive in either order, or twice.
class FastLinkOutcome
{
public:
    void take(const FastLinkMessage &message);
    bool linked() const;
    bool exited() const { return m_exited; }
    const QList<FastLinkSite> &sites() const { return m_sites; } //!< the last word on each bank
    QString account() const;                                     //!< one sentence for a person

private:
    void merge(const FastLinkSite &site);
    QList<FastLinkSite> m_sites;
    QString m_status;
    QString m_reason;
    bool m_exited = false;
};

} // namespace models

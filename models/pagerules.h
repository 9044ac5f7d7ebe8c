// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <expected>
#include <utility>

namespace models {

//! A page of Link Money or of FastLink to be shown to a customer, and where it may lead.
struct PaneRequest
{
    enum class Kind {
        PayLink,        //!< a session's address, reference 1.6
        FastLinkForm,   //!< form POST of accessToken and extraParams, reference 2.7.3
        FastLinkLoader, //!< a page of ours that runs the loader script, reference 2.7.1
    };
    Kind kind = Kind::PayLink;
    QUrl address = {};        //!< the session's address, or fastLinkURL
    QUrl redirect = {};       //!< where the session returns to; for FastLink the callback, may be empty
    QStringList hosts = {};   //!< hosts the page may move to besides the address's own; exact, lower case, no port
    QString accessToken = {}; //!< FastLink only: the customer's token, without "Bearer "
    QUrl loader = {};         //!< FastLinkLoader only: the script's address
    QList<std::pair<QString, QString>> parameters = {}; //!< FastLink only: configName first, then flow, providerId ...
};

//! The hosts that serve the hosted pages of a profile's environment (reference 1.1), for PaneRequest::hosts and
//! pageAddressProblem(). A custom profile's pages are expected at its API host or at the same name with client for api.
QStringList clientHosts(const Profile &profile);

//! Why an address must not be opened at all, as a sentence; empty when it may. https is asked for, plain http only
//! on this computer; no user name, no script or file, no host written in look-alike letters.
QString pageAddressProblem(const QUrl &address);
//! The same, and the host must be one of `hosts`: what a session's answer is checked with before it is used.
QString pageAddressProblem(const QUrl &address, const QStringList &hosts);

//! Why a request cannot be opened, as a sentence; empty when it can.
QString requestProblem(const PaneRequest &request);

//! Judges every place a shown page wants to go to. Holds no state but the request.
class PageRules
{
public:
    enum class Place { Page, Window, Frame }; //!< the main page, a window it opened (bank OAuth), a frame inside
    enum class Verdict { Go, Return, Refuse };
    struct Judgement
    {
        Verdict verdict = Verdict::Refuse;
        QString sentence = {}; //!< why it was refused
    };

    explicit PageRules(PaneRequest request);
    const PaneRequest &request() const { return m_request; }

    Judgement judge(const QUrl &url, Place place) const;
    bool isReturn(const QUrl &url) const; //!< the redirect, whatever its query and fragment
    //! Whether a message may come from this origin ("https://host" or with a port).
    bool mayTalk(const QString &origin) const;

private:
    PaneRequest m_request;
};

//! The origin of the page of ours that runs FastLink's loader; no such host exists.
QString loaderPageOrigin();

//! "https://host" or "https://host:8443", as browsers write origins; empty for an address without a host.
QString originOf(const QUrl &url);

} // namespace models

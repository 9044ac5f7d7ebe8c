// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/deliveroptions.h"
#include "app/sandbox/faults.h"
#include "app/sandbox/merchant.h"

#include <QSslConfiguration>
#include <QString>
#include <QStringList>

#include <expected>
#include <optional>

namespace sandbox {

//! Everything the command line decides.
struct Options
{
    std::uint16_t port = 0;
    MerchantPlan plan = {};                                         //!< the anchor stays 0 until the start is known
    std::optional<Millis> start;                                    //!< --now, UTC ms
    double speed = 60;                                              //!< sandbox seconds per real second
    int tokenLifetime = 3600;                                       //!< real seconds
    QString scopes = QStringLiteral("Link-Core Link-Payment");      //!< what the client may ask for
    QString aggregationTokenMember = QStringLiteral("accessToken"); //!< reference 2.2: or token
    std::int64_t sessionLifetime = 604'800;                         //!< sandbox seconds a session can be used
    bool cancelEvent = false; //!< a cancel is told of as payment.canceled, which the reference does not know
    bool emailRule = false;   //!< reference 1.15: real and test banks do not share an address
    QString sessionAddressMember = QStringLiteral("sessionUrl"); //!< reference 1.4.7: or payByLinkUrl, or both
    std::optional<QSslConfiguration> tls; //!< of the hosted pages; they share the plain port without it
    bool fastLinkTopLevel = false;        //!< reference 2.5: the answer of the newer quickstart
    bool fastLinkNeedsUser = false;       //!< FastLink wants a token with a userId
    bool fastLinkTextIds = false;         //!< ids in FastLink messages are strings
    bool fastLinkExitFirst = false;       //!< success is told after exit
    bool fastLinkUnframed = false;        //!< the tenant forbids framing
    int delay = 0;                        //!< real ms before every answer
    std::vector<FaultRule> faults = {};
    QString stateFile;
    QString idsFile;
    bool exitWithParent = false;
    DeliverOptions deliver = {};
};

//! Text to print and stop with: --help, --version or what is wrong with the arguments.
struct OptionsText
{
    QString text;
    int exitCode = 0;
};

std::expected<Options, OptionsText> readOptions(const QStringList &arguments);

} // namespace sandbox

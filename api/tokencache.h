// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/credentials.h"
#include "api/flight.h"

#include <array>
#include <deque>

namespace api {

//! The access tokens of one client, one per kind of token (reference 1.3 and
//! 2.2), and who waits for them. Times are
//! milliseconds of one steady clock.
class TokenCache
{
public:
    struct Slot
    {
        QByteArray bearer = {};
        qint64 renewAt = 0;
        qint64 expiresAt = 0;
        bool fetching = false;
        std::deque<FlightPtr> waiting = {};
    };

    static bool needsToken(Auth auth);
    static Request<AccessToken> requestFor(Auth auth, const Credentials &credentials);

    Slot &slot(Auth auth);
    bool isUsable(Auth auth, qint64 now);
    bool isDueForRenewal(Auth auth, qint64 now);
    void store(Auth auth, const AccessToken &token, qint64 now);
    void drop(Auth auth, const QByteArray &bearer); //!< only if it is still that one
    void dropAll();
    std::deque<FlightPtr> takeWaiting(Auth auth);

private:
    std::array<Slot, 3> m_slots;
};

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/signing.h"

#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace sandbox {

struct Posting
{
    QUrl url;
    HeaderList headers = {}; //!< line breaks in a value are sent as spaces
    std::string body = {};
    std::chrono::milliseconds timeout{10'000}; //!< from the first connect to the last byte of the answer
};

struct Outcome
{
    int status = 0;         //!< 0 when no answer came
    std::string error = {}; //!< why none came, in words
    double seconds = 0;     //!< from the first connect on

    bool isSuccess() const { return status >= 200 && status < 300; }
};

using Posted = std::function<void(const Outcome &)>;

class DeliverConnection;
struct Errand;

//! Posts bodies over connections that are kept alive. Follows no redirect, uses no proxy, and believes no
//! certificate that the machine does not believe. The answer's body is read and forgotten.
class DeliverClient : public QObject
{
    Q_OBJECT
public:
    explicit DeliverClient(bool insecure); //!< insecure: any certificate will do

    //! Calls back once, through the event loop. Postings still under way when this is destroyed are not
    //! heard of again.
    void post(const Posting &posting, Posted posted);

private:
    void run(std::unique_ptr<Errand> errand);
    DeliverConnection *idleTo(const std::string &origin);
    DeliverConnection *connectionFor(const Errand &errand);
    void keep(const std::string &origin, DeliverConnection *connection);
    void discard(DeliverConnection *connection);

    bool m_insecure;
    std::unordered_map<std::string, std::vector<DeliverConnection *>> m_idle; //!< by origin
};

} // namespace sandbox

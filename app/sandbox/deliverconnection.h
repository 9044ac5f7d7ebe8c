// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/deliverclient.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTimer>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <memory>
#include <optional>

namespace sandbox {

//! A posting on its way.
struct Errand
{
    QUrl url;
    std::string origin;
    std::string request; //!< every byte to send
    std::chrono::milliseconds timeout{};
    Posted posted;
    QElapsedTimer since = {};
};

//! One connection to one origin; carries one errand at a time.
class DeliverConnection : public QObject
{
    Q_OBJECT
public:
    enum class End {
        KeptAlive, //!< answered, and good for another errand
        Closed,
        Stale, //!< closed by the other side before it can have read the errand
    };
    using Ended = std::function<void(DeliverConnection &, std::unique_ptr<Errand>, const Outcome &, End)>;

    DeliverConnection(bool encrypted, bool insecure, Ended ended, QObject *parent);
    ~DeliverConnection() override;

    void run(std::unique_ptr<Errand> errand);

    static constexpr std::uint64_t bodyLimit = 1024 * 1024;

signals:
    //! Closed by the other side while it had nothing to do.
    void idleClosed();

private:
    using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

    void wire();
    void connectToTarget();
    void write();
    void read();
    void parse();
    void takeAnswer();
    void disconnected();
    void fail(const std::string &error);
    void end(const Outcome &outcome, End how);

    std::unique_ptr<QTcpSocket> m_socket;
    bool m_encrypted;
    Ended m_ended;
    QTimer m_timeout;
    std::unique_ptr<Errand> m_errand;
    QByteArray m_received;
    std::optional<Parser> m_parser;
    bool m_used = false; //!< by an errand before this one
};

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sandbox {

namespace http = boost::beast::http;

using Message = http::request<http::string_body>;

struct Request
{
    Message message;
    std::vector<std::string> arguments = {}; //!< the decoded {} segments of the route
    std::string tenant = {};                 //!< of the token, for the aggregation family
    std::string user = {};                   //!< userId the token was made for; may be empty

    std::string_view method() const;
    std::string_view path() const; //!< without the query, still percent-encoded
    std::string_view query() const;
    std::string_view header(http::field name) const;
    std::string_view header(std::string_view name) const;
    std::string_view body() const { return message.body(); }
    //! The media type without parameters, lower case.
    std::string contentType() const;
};

//! An answer that is not known yet hands itself over through this, once, from the event loop.
struct Response;
using Answered = std::function<void(const Response &)>;

struct Response
{
    int status = 200;
    std::string body = {}; //!< JSON, unless contentType says otherwise
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string contentType = "application/json";
    //! When set, the rest means nothing: it is called once, and calls back when the answer is there.
    std::function<void(Answered)> later = {};
};

std::string percentDecoded(std::string_view text, bool plusIsSpace = false);
//! name=value&name=value, decoded, in order.
using FormFields = std::vector<std::pair<std::string, std::string>>;
FormFields formFields(std::string_view text);
//! The first of that name, empty when there is none.
std::string fieldOf(const FormFields &fields, std::string_view name);

} // namespace sandbox

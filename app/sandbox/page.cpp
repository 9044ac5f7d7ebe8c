// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/page.h"

#include "app/sandbox/json.h"

namespace sandbox {

namespace {

std::string policyOf(const Page &page)
{
    std::string policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                         "connect-src 'self'; base-uri 'none'; frame-ancestors ";
    policy += page.frameParents.empty() ? "'none'" : page.frameParents;
    if (!page.frames.empty())
        policy += "; frame-src " + page.frames;
    if (page.formTargets != "*")
        policy += "; form-action 'self' " + page.formTargets;
    return policy;
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string dollars(Cents cents)
{
    std::string text = decimalOf(cents < 0 ? -cents : cents);
    for (std::size_t at = text.size() - 3; at > 3; at -= 3)
        text.insert(at - 3, ",");
    return (cents < 0 ? "-$" : "$") + text;
}

std::string masked(std::string_view lastFour)
{
    return "<span aria-hidden=\"true\">••••</span> <span class=\"sr\">ending in</span> " + escaped(lastFour);
}

Response asResponse(const Page &page)
{
    Response response;
    response.status = page.status;
    response.contentType = "text/html; charset=utf-8";
    response.headers = {{"Content-Security-Policy", policyOf(page)}, {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"}, {"Cache-Control", "no-store"}};
    response.body = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
        + escaped(page.title)
        + "</title>\n<link rel=\"icon\" href=\"data:,\">\n"
          "<link rel=\"stylesheet\" href=\"/client/assets/pages.css\">\n"
          "<script src=\"/client/assets/pages.js\" defer></script>\n";
    if (!page.script.empty())
        response.body += "<script src=\"" + page.script + "\" defer></script>\n";
    response.body += "</head>\n<body data-step=\"" + escaped(page.step) + "\"" + page.attributes + ">\n" + page.content
        + "</body>\n</html>\n";
    return response;
}

Response redirection(int status, const std::string &address)
{
    Response response;
    response.status = status;
    response.contentType = "text/html; charset=utf-8";
    response.headers = {{"Location", address}, {"Cache-Control", "no-store"}, {"Referrer-Policy", "no-referrer"}};
    response.body = "<!doctype html><title>Moving on</title><p><a href=\"" + escaped(address) + "\">Continue</a></p>\n";
    return response;
}

} // namespace sandbox

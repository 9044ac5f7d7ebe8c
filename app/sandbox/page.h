// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/http.h"
#include "app/sandbox/merchant.h"

#include <string>
#include <string_view>

namespace sandbox {

//! For HTML text and attribute values.
std::string escaped(std::string_view text);
//! 123450 -> $1,234.50
std::string dollars(Cents cents);
//! ending in 1234, as people read it aloud
std::string masked(std::string_view lastFour);

//! One page for a customer: plain HTML, one style sheet and one script of this server's, nothing from anywhere
//! else.
struct Page
{
    std::string title;
    std::string step;         //!< data-step of the body, for whoever drives the pages
    std::string attributes;   //!< more of the body's, written as HTML
    std::string content;      //!< of the body, as HTML
    std::string script;       //!< path of a further script; may be empty
    std::string formTargets;  //!< where a form may lead besides this server (CSP form-action); * for anywhere
    std::string frameParents; //!< who may frame the page (CSP frame-ancestors); nobody when empty
    std::string frames;       //!< what the page may frame (CSP frame-src); nothing when empty
    int status = 200;
};

Response asResponse(const Page &page);
//! status must be 302 or 303.
Response redirection(int status, const std::string &address);

//! The style sheet or script of that name; 404 when there is none.
Response pageAsset(const std::string &name);

} // namespace sandbox

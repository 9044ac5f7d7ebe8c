// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/hostedflow.h"
#include "app/sandbox/page.h"

namespace sandbox {

//! What a page is to say besides its step.
struct PageNotice
{
    bool wrongPassword = false;
};

//! Where a session's pages are, without scheme and host.
std::string sessionPath(const std::string &sessionKey);
//! A value only this server's own pages know; every form must send it back.
std::string formToken(const World &world, const std::string &sessionKey);

//! The page of the step the session is at.
Page stepPage(const World &world, const HostedFlow &flow, const PageNotice &notice);
//! Why a session cannot be used; not for Usable.
Page verdictPage(SessionVerdict verdict);
//! The end of a session that has nowhere to return to.
Page farewellPage(const HostedFlow &flow);
//! A form that did not come from the session's own pages.
Page strangerPage();
Page diskPage();

//! The sign-in of the bank with a window of its own.
Page bankWindowPage(const World &world, const HostedFlow &flow, const PageNotice &notice);
//! Tells the window of the shop how it went, and closes: approved, cancelled.
Page bankWindowResult(const HostedFlow &flow, std::string_view result);

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/fastlink.h"
#include "app/sandbox/page.h"

namespace sandbox {

std::string launchPath(const FastLinkLaunch &launch);
//! The page of the launch's step; it posts the launch's messages, which are then gone. troubles: more of
//! them, as a fault wants.
Page launchPage(const World &world, FastLinkLaunch &launch, std::string_view fault);
//! There is no launch: FastLink was not opened by a form, or long ago.
Page noLaunchPage();
//! The disk refused what was just linked.
Page linkNotKeptPage();

//! The sign-in of a provider with a page of its own.
Page externalBankPage(const FastLinkLaunch &launch, bool wrongPassword);
Page externalBankDone();
//! Another origin that pretends to be FastLink.
Page impostorPage();

std::string_view fastLinkLoader(); //!< initialize.js
std::string_view fastLinkScript(); //!< of its own pages
std::string_view impostorScript();

} // namespace sandbox

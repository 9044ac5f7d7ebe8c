// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/http.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sandbox {

struct World;

enum class PageFaultPlace : std::uint8_t {
    Page,     //!< instead of a session's page
    End,      //!< spoils the redirect to the merchant
    FastLink, //!< adds to what FastLink posts
};

//! What the hosted pages can be made to do wrong, so that whoever shows them can be tested.
struct PageFaultKind
{
    std::string_view name;
    std::string_view what;
    PageFaultPlace place = PageFaultPlace::Page;
};
std::span<const PageFaultKind> pageFaultKinds();
const PageFaultKind *pageFaultNamed(std::string_view name);

//! The fault in force for every session, and those a session asked for itself by ?fault=.
class PageFaults
{
public:
    //! count: so many pages or redirects are hit, 0: until cleared.
    void set(std::string_view name, std::int64_t count);
    void setForEnd(const std::string &sessionKey, std::string_view name) { m_ends[sessionKey] = name; }
    void clear();
    const std::string &name() const { return m_name; }

    //! The page fault to apply now; empty when there is none.
    std::string takeForPage(std::string_view asked);
    //! The end fault to apply now; empty when there is none.
    std::string takeForEnd(const std::string &sessionKey);
    std::string takeForFastLink() { return take(PageFaultPlace::FastLink); }

private:
    std::string take(PageFaultPlace place);

    std::string m_name;
    std::int64_t m_left = 0;
    bool m_counted = false;
    std::unordered_map<std::string, std::string> m_ends;
};

//! What is shown instead of the session's page.
Response faultyPage(const World &world, const Request &request, std::string_view fault);
//! The redirect as the fault wants it; address is the right one.
std::string faultyAddress(const std::string &address, std::string_view fault);
//! The script of the faulty pages.
std::string_view pageFaultScript();
//! What the download fault sends.
Response faultyDownload();

} // namespace sandbox

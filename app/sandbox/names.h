// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sandbox {

struct Institution
{
    std::int64_t id;
    std::string_view name;
    std::string_view slug;    //!< for logo addresses
    std::string_view routing; //!< nine digits with a valid check digit
};

std::span<const std::string_view> firstNames();
std::span<const std::string_view> lastNames();
std::span<const std::string_view> mailHosts();
std::span<const Institution> institutions();
const Institution &testInstitutionA(); //!< reference 1.15
const Institution &testInstitutionB();
const Institution &testInstitutionOAuth();
//! Test institutions as well; nullptr when unknown.
const Institution *institutionById(std::int64_t id);

inline constexpr std::string_view merchantName = "Juniper and Oak Outfitters";
inline constexpr std::string_view merchantStatementName = "JUNIPER OAK";

} // namespace sandbox

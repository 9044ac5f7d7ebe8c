// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sandbox {

//! How a delivery proves where it comes from. No vendor page tells (reference 1.14.5): these are the leads.
enum class SignatureScheme {
    None,
    HmacSha512Base64, //!< <header>, <header>-timestamp, <header>-uniqueid over "uniqueid.timestamp.body"
    HmacSha256Hex,    //!< <header>: <prefix><hex> over the body
    SharedSecret,     //!< <header>: the secret itself
};
std::string_view nameOf(SignatureScheme scheme);
std::optional<SignatureScheme> schemeByName(std::string_view name);

struct Signing
{
    SignatureScheme scheme = SignatureScheme::HmacSha512Base64;
    std::string header = {}; //!< empty: the scheme's own, see defaultHeader
    std::string prefix = "sha256=";
};
bool isHeaderName(std::string_view text);
std::string_view defaultHeader(SignatureScheme scheme);

//! What a signature may speak about.
struct Signable
{
    std::string_view secret;
    std::string_view uniqueId;
    std::int64_t unixSeconds = 0; //!< real time, whatever the sandbox clock says
    std::string_view body;
};

using HeaderList = std::vector<std::pair<std::string, std::string>>;

HeaderList signatureHeaders(const Signing &signing, const Signable &what);

} // namespace sandbox

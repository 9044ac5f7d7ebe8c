// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/grants.h"
#include "app/sandbox/http.h"
#include "app/sandbox/yodlee.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sandbox {

struct World;

//! For whom a FastLink token was made.
struct FastLinkGrant
{
    std::string tenant;
    std::string loginName;
};

enum class FastLinkStep : std::uint8_t { Provider, SignIn, Accounts, Success, Failed, Closed, Broken };
std::string_view nameOf(FastLinkStep step); //!< provider, signin, ...

//! One opened FastLink. Kept in memory alone: it does not outlive a restart.
struct FastLinkLaunch
{
    std::string id;
    FastLinkGrant grant;
    std::string config;
    FormFields params = {}; //!< extraParams: flow, providerId, providerAccountId, callback, intentUrl, ...
    FastLinkStep step = FastLinkStep::Provider;
    std::int64_t provider = 0;
    std::int64_t account = 0; //!< provider account being edited, or made
    std::string user;         //!< who signed in
    std::string problem;      //!< why it is Broken
    bool wrongPassword = false;
    std::vector<std::int64_t> linked = {};  //!< provider accounts done in this launch
    std::vector<std::string> messages = {}; //!< to be posted by the next page, as JSON

    std::string param(std::string_view name) const { return fieldOf(params, name); }
    bool edits() const { return param("flow") == "edit"; }
    bool verifies() const { return config.find("verification") != std::string::npos; }
    bool aggregates() const { return config.find("aggregation") != std::string::npos; }
};

//! The tokens and open launches of FastLink (reference 2.5 and 2.7).
class FastLink
{
public:
    std::string issue(const FastLinkGrant &grant, int lifetimeSeconds);
    //! accessToken: "Bearer ..." of the form. A launch that cannot start is Broken and says why.
    FastLinkLaunch &launch(const std::string &tenant, std::string_view accessToken, std::string_view extraParams);
    //! nullptr when unknown.
    FastLinkLaunch *find(const std::string &id);
    void forgetAll();

private:
    Grants<FastLinkGrant> m_tokens;
    std::unordered_map<std::string, FastLinkLaunch> m_launches;
};

//! What happens in a launch. Choices: users and passwords are those of the hosted pages (reference 1.15), as no
//! test users are published; a wrong password is told by onError and may be tried again.
class FastLinkFlow
{
public:
    FastLinkFlow(World &world, FastLinkLaunch &launch);

    //! Settles where to start: flow, providerId, providerAccountId.
    void begin();
    void chooseProvider(std::int64_t provider);
    //! Asks the host to open the bank's own page.
    void openBank();
    //! False when the disk refuses.
    bool signIn(std::string_view user, std::string_view password);
    bool chooseAccounts(const std::vector<std::size_t> &chosen);
    void back();
    //! One more bank, after a success.
    void linkAnother();
    void finish();
    void close();

private:
    ProviderAccount record() const;
    bool keep(ProviderAccount account, std::string_view info);
    void post(std::string_view type, const std::string &data);
    void startOver();
    void writeId(JsonWriter &out, std::string_view name, std::int64_t id) const;
    std::string siteOf(std::int64_t providerAccount) const;
    std::string exitData() const;
    void fail(std::string_view additionalStatus, std::string_view reason);
    void breakOff(std::string reason);

    World &m_world;
    FastLinkLaunch &m_launch;
};

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/names.h"

#include <algorithm>
#include <array>

namespace sandbox {

namespace {

constexpr auto knownFirstNames = std::to_array<std::string_view>(
    {"Amara", "Mateo", "Priya", "Wei", "Fatima", "Liam", "Olivia", "Noah", "Emma", "Sofia", "Diego", "Aisha", "Kenji",
        "Yuki", "Ngozi", "Chidi", "Ingrid", "Lars", "Zainab", "Omar", "Leila", "Andre", "Camila", "Rafael", "Mei",
        "Hana", "Jamal", "Keisha", "Tyrone", "Maria", "Jose", "Elena", "Viktor", "Anya", "Dmitri", "Siobhan", "Declan",
        "Aoife", "Rajesh", "Anjali", "Vikram", "Thandiwe", "Sipho", "Grace", "Ethan", "Chloe", "Mason", "Hannah",
        "Caleb", "Ruth", "Samuel", "Esther", "Isaac", "Naomi", "Gabriel", "Lucia", "Marco", "Giulia", "Pierre",
        "Amelie", "Tomas", "Katarina", "Nadia", "Yusuf", "Linh", "Minh", "Thuy", "Bao", "Joon", "Seo-yeon", "Kalani",
        "Leilani", "Dakota", "Winona", "Beatriz", "Joaquin", "Renee", "Malik", "Imani", "Oskar", "Freya"});

constexpr auto knownLastNames = std::to_array<std::string_view>(
    {"Johnson", "Nguyen", "Garcia", "Patel", "Kim", "Okafor", "Rodriguez", "Chen", "Williams", "Martinez", "Singh",
        "Mueller", "Kowalski", "Rossi", "Silva", "Haddad", "Yamamoto", "Ivanova", "O'Brien", "Andersson", "Hernandez",
        "Jackson", "Thompson", "Lopez", "Washington", "Tran", "Ali", "Mensah", "Diallo", "Novak", "Papadopoulos",
        "Fernandez", "Costa", "Murphy", "Schmidt", "Larsen", "Abdi", "Hassan", "Park", "Choi", "Wong", "Sharma",
        "Gupta", "Reyes", "Cruz", "Santos", "Flores", "Rivera", "Torres", "Brooks", "Bennett", "Foster", "Hughes",
        "Price", "Coleman", "Jenkins", "Perry", "Sullivan", "Barnes", "Fisher", "Tsosie", "Begay", "Kealoha", "Mahoe",
        "Goldberg", "Cohen", "Petrov", "Lindqvist", "Dubois", "Moreau", "Adeyemi", "Mbeki", "Osei", "Tanaka", "Sato",
        "Delacroix", "Van-Houten", "MacLeod", "Ferrari", "Ramirez", "Castillo", "Vargas", "Whitfield"});

constexpr auto knownMailHosts = std::to_array<std::string_view>(
    {"example.com", "example.org", "example.net", "mail.example.com", "inbox.example.org", "post.example.net"});

constexpr std::array knownInstitutions{
    Institution{7001, "First Harbor Bank", "first-harbor-bank", "121910134"},
    Institution{7038, "Prairie National Bank", "prairie-national-bank", "101911441"},
    Institution{7075, "Cascade Federal Credit Union", "cascade-federal-credit-union", "325912750"},
    Institution{7112, "Lakeshore Savings Bank", "lakeshore-savings-bank", "072914069"},
    Institution{7149, "Summit Ridge Bank", "summit-ridge-bank", "102915378"},
    Institution{7186, "Blue Heron Credit Union", "blue-heron-credit-union", "053916688"},
    Institution{7223, "Old Mill Bank and Trust", "old-mill-bank-and-trust", "266917995"},
    Institution{7260, "Pioneer Valley Bank", "pioneer-valley-bank", "011919300"},
    Institution{7297, "Sun Mesa Credit Union", "sun-mesa-credit-union", "122920615"},
    Institution{7334, "Granite State Savings", "granite-state-savings", "211921923"},
    Institution{7371, "Riverbend Community Bank", "riverbend-community-bank", "084923239"},
    Institution{7408, "Northern Pines Bank", "northern-pines-bank", "091924548"},
    Institution{7445, "Magnolia Trust", "magnolia-trust", "065925858"},
    Institution{7482, "Copper Canyon Bank", "copper-canyon-bank", "122927168"},
    Institution{7519, "Bayfront Federal Credit Union", "bayfront-federal-credit-union", "063928475"},
    Institution{7556, "Heartland Mutual Bank", "heartland-mutual-bank", "073929781"},
};

constexpr Institution finBankA{102105, "FinBank Profiles - A", "finbank-profiles-a", "999931099"};
constexpr Institution finBankB{102106, "FinBank Profiles - B", "finbank-profiles-b", "999932409"};
constexpr Institution finBankOAuth{102107, "Finbank OAuth", "finbank-oauth", "999933712"};

} // namespace

std::span<const std::string_view> firstNames()
{
    return knownFirstNames;
}

std::span<const std::string_view> lastNames()
{
    return knownLastNames;
}

std::span<const std::string_view> mailHosts()
{
    return knownMailHosts;
}

std::span<const Institution> institutions()
{
    return knownInstitutions;
}

const Institution &testInstitutionA()
{
    return finBankA;
}

const Institution &testInstitutionB()
{
    return finBankB;
}

const Institution &testInstitutionOAuth()
{
    return finBankOAuth;
}

const Institution *institutionById(std::int64_t id)
{
    for (const Institution *test : {&finBankA, &finBankB, &finBankOAuth}) {
        if (test->id == id)
            return test;
    }
    const auto found = std::ranges::find(knownInstitutions, id, &Institution::id);
    return found == knownInstitutions.end() ? nullptr : &*found;
}

} // namespace sandbox

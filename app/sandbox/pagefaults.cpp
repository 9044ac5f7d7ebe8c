// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/pagefaults.h"

#include "app/sandbox/page.h"
#include "app/sandbox/world.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace sandbox {

namespace {

constexpr PageFaultKind knownPageFaults[] = {
    {"endlessRedirect", "redirects to itself for ever"},
    {"camera", "asks for the camera"},
    {"microphone", "asks for the microphone"},
    {"location", "asks where the computer is"},
    {"notifications", "asks to show notifications"},
    {"download", "starts a download"},
    {"fileChooser", "has a field for a file"},
    {"popup", "opens windows without being asked"},
    {"links", "has links to other origins and schemes"},
    {"frame", "frames another origin"},
    {"fullScreen", "wants the whole screen once its button is pressed"},
    {"pointerLock", "wants to hold the pointer once its button is pressed"},
    {"clipboard", "writes and reads the clipboard once its button is pressed"},
    {"dialogs", "shows alert, confirm and prompt"},
    {"hang", "keeps the processor busy for ever"},
    {"error", "answers 500"},
    {"otherOrigin", "redirects to localhost instead of 127.0.0.1"},
    {"lookAlikeHost", "redirects to link.money.evil.example"},
    {"lookAlikeUser", "redirects to client.link.money@evil.example"},
    {"lookAlikePunycode", "redirects to a host that looks like link.money"},
    {"fileRedirect", "redirects to a file: address"},
    {"appRedirect", "redirects to an app"},
    {"endFailed", "ends with status 500", PageFaultPlace::End},
    {"endUnknownStatus", "ends with status 299", PageFaultPlace::End},
    {"endNoStatus", "ends without a status", PageFaultPlace::End},
    {"endRepeated", "ends with two different statuses", PageFaultPlace::End},
    {"endContradictory", "ends with status 204 and a payment", PageFaultPlace::End},
    {"endNoCustomer", "ends with status 200 and no customer", PageFaultPlace::End},
    {"endExtra", "ends with a parameter nobody knows", PageFaultPlace::End},
    {"endLookAlike", "ends at a host that looks like the merchant's", PageFaultPlace::End},
    {"fastlinkHuge", "FastLink posts a megabyte", PageFaultPlace::FastLink},
    {"fastlinkGarbage", "FastLink posts text that is no JSON", PageFaultPlace::FastLink},
    {"fastlinkUnknown", "FastLink posts a message of an unknown type", PageFaultPlace::FastLink},
    {"fastlinkForeign", "another origin in FastLink's page posts a success", PageFaultPlace::FastLink},
};

struct FaultRedirect
{
    std::string_view fault;
    std::string_view address;
};

constexpr FaultRedirect faultRedirects[] = {
    {"lookAlikeHost", "https://link.money.evil.example/return?status=200"},
    {"lookAlikeUser", "https://client.link.money@evil.example/return?status=200"},
    {"lookAlikePunycode", "https://xn--lnk-jua.money/return?status=200"},
    {"fileRedirect", "file:///etc/hostname"},
    {"appRedirect", "someapp://done?status=204"},
};

// The same server under another name is another origin.
std::string otherOriginOf(const World &world)
{
    QUrl url(QString::fromStdString(world.baseUrl));
    url.setHost(QStringLiteral("localhost"));
    return url.toString().toStdString();
}

Response endless(const Request &request)
{
    const int turn = std::atoi(fieldOf(formFields(request.query()), "turn").c_str());
    return redirection(302,
        std::string(request.path())
            + "?fault=endlessRedirect&turn=" + std::to_string(turn < 0 ? 0 : turn % 1'000'000 + 1));
}

std::string linkItem(std::string_view id, const std::string &address, std::string_view more = {})
{
    return "<li><a id=\"" + std::string(id) + "\" href=\"" + escaped(address) + "\"" + std::string(more) + ">"
        + escaped(address) + "</a></li>\n";
}

std::string linkList(const World &world)
{
    return "<ul class=\"facts\">\n" + linkItem("fault-link-origin", otherOriginOf(world) + "/client")
        + linkItem("fault-link-web", "https://shop.example.net/")
        + linkItem("fault-link-plain", "http://shop.example.net/")
        + linkItem("fault-link-user", "https://client.link.money@evil.example/")
        + linkItem("fault-link-file", "file:///etc/hostname") + linkItem("fault-link-data", "data:text/html,hello")
        + linkItem("fault-link-script", "javascript:void(document.title='script ran')")
        + linkItem("fault-link-mail", "mailto:support@example.com?subject=hello")
        + linkItem("fault-link-scheme", "someapp://open/this")
        + linkItem("fault-link-window", "https://shop.example.net/", " target=\"_blank\"") + "</ul>\n";
}

std::string controlsOf(const World &world, const std::string &path, std::string_view fault)
{
    if (fault == "links")
        return linkList(world);
    if (fault == "download")
        return "<p><a class=\"button main\" id=\"fault-download\" href=\"" + path
            + "?fault=downloadFile\">Download the statement</a></p>\n";
    if (fault == "fileChooser")
        return "<label class=\"field\" for=\"fault-file\">Your statement<input type=\"file\" "
               "id=\"fault-file\"></label>\n";
    if (fault == "frame")
        return "<iframe id=\"fault-frame\" title=\"Another origin\" src=\"" + otherOriginOf(world)
            + "/client\"></iframe>\n";
    return "<p><button type=\"button\" class=\"button main\" id=\"fault-again\">Again</button></p>\n";
}

} // namespace

std::span<const PageFaultKind> pageFaultKinds()
{
    return knownPageFaults;
}

const PageFaultKind *pageFaultNamed(std::string_view name)
{
    const auto found = std::ranges::find(knownPageFaults, name, &PageFaultKind::name);
    return found == std::end(knownPageFaults) ? nullptr : found;
}

void PageFaults::set(std::string_view name, std::int64_t count)
{
    m_name = name;
    m_left = count;
    m_counted = count > 0;
}

void PageFaults::clear()
{
    m_name.clear();
    m_ends.clear();
}

std::string PageFaults::take(PageFaultPlace place)
{
    const PageFaultKind *kind = pageFaultNamed(m_name);
    if (!kind || kind->place != place)
        return {};
    std::string name = m_name;
    if (m_counted && --m_left == 0)
        m_name.clear();
    return name;
}

std::string PageFaults::takeForPage(std::string_view asked)
{
    const PageFaultKind *kind = pageFaultNamed(asked);
    return kind && kind->place == PageFaultPlace::Page ? std::string(asked) : take(PageFaultPlace::Page);
}

std::string PageFaults::takeForEnd(const std::string &sessionKey)
{
    const auto asked = m_ends.find(sessionKey);
    return asked == m_ends.end() ? take(PageFaultPlace::End) : asked->second;
}

Response faultyPage(const World &world, const Request &request, std::string_view fault)
{
    const auto redirect = std::ranges::find(faultRedirects, fault, &FaultRedirect::fault);
    if (redirect != std::end(faultRedirects))
        return redirection(302, std::string(redirect->address));
    if (fault == "endlessRedirect")
        return endless(request);
    if (fault == "otherOrigin")
        return redirection(302, otherOriginOf(world) + std::string(request.path()));
    Page page;
    page.title = "A page that misbehaves";
    page.step = "fault";
    page.attributes = " data-fault=\"" + escaped(fault) + "\"";
    page.script = "/client/assets/faults.js";
    page.frames = "*";
    page.formTargets = "*";
    page.status = fault == "error" ? 500 : 200;
    page.content = "<div class=\"shell narrow-shell\"><main class=\"card\"><h1 id=\"page-title\">A page that "
                   "misbehaves</h1>\n"
                   "<p>It "
        + escaped(pageFaultNamed(fault)->what) + ".</p>\n" + controlsOf(world, std::string(request.path()), fault)
        + "<p id=\"fault-result\" role=\"status\">waiting</p></main></div>\n";
    return asResponse(page);
}

std::string faultyAddress(const std::string &address, std::string_view fault)
{
    QUrl url(QString::fromStdString(address), QUrl::StrictMode);
    QUrlQuery query(url);
    const auto replace = [&](const char *name, const char *value) {
        query.removeQueryItem(QString::fromLatin1(name));
        if (value)
            query.addQueryItem(QString::fromLatin1(name), QString::fromLatin1(value));
    };
    if (fault == "endFailed" || fault == "endUnknownStatus")
        replace("status", fault == "endFailed" ? "500" : "299");
    else if (fault == "endNoStatus")
        replace("status", nullptr);
    else if (fault == "endRepeated")
        query.addQueryItem(QStringLiteral("status"), QStringLiteral("500"));
    else if (fault == "endNoCustomer")
        replace("customerId", nullptr);
    else if (fault == "endExtra")
        query.addQueryItem(QStringLiteral("riskScore"), QStringLiteral("17"));
    else if (fault == "endLookAlike")
        url.setHost(url.host() + QStringLiteral(".evil.example"));
    else if (fault == "endContradictory") {
        replace("status", "204");
        replace("paymentId", "4711");
        replace("paymentStatusCode", "0");
    }
    url.setQuery(query);
    return url.toEncoded().toStdString();
}

Response faultyDownload()
{
    Response response;
    response.contentType = "application/octet-stream";
    response.headers = {{"Content-Disposition", "attachment; filename=\"statement.exe\""}};
    response.body = "not a program\n";
    return response;
}

std::string_view pageFaultScript()
{
    return R"js('use strict';
(() => {
  const result = document.getElementById('fault-result');
  const tell = (text) => { result.textContent = text; };
  const media = (what) => () => navigator.mediaDevices.getUserMedia(what)
    .then(() => tell('granted'), (error) => tell('refused: ' + error.name));
  const acts = {
    camera: media({ video: true }),
    microphone: media({ audio: true }),
    location: () => navigator.geolocation.getCurrentPosition(() => tell('granted'),
      (error) => tell('refused: ' + error.code)),
    notifications: () => Notification.requestPermission().then((answer) => tell(answer)),
    download: () => document.getElementById('fault-download').click(),
    popup: () => {
      let opened = 0;
      for (let i = 0; i < 3; ++i) opened += window.open('about:blank', '_blank') ? 1 : 0;
      tell('opened ' + opened);
    },
    dialogs: () => {
      alert('Your console has a message.');
      tell('confirm ' + confirm('Allow the payment?') + ', prompt ' + prompt('Your password?'));
    },
    fullScreen: () => document.documentElement.requestFullscreen()
      .then(() => tell(document.fullscreenElement ? 'granted' : 'refused'), (error) => tell('refused: ' + error.name)),
    pointerLock: () => {
      document.addEventListener('pointerlockchange', () => tell('granted'));
      document.addEventListener('pointerlockerror', () => tell('refused'));
      document.body.requestPointerLock();
    },
    clipboard: () => {
      const copied = document.execCommand('copy');
      const pasted = document.execCommand('paste');
      navigator.clipboard.writeText('Pay to 021000021 instead').then(() => 'granted', () => 'refused')
        .then((wrote) => navigator.clipboard.readText().then(() => 'granted', () => 'refused')
          .then((read) => tell('copy ' + copied + ', paste ' + pasted + ', write ' + wrote + ', read ' + read)));
    },
    hang: () => { tell('hanging'); setTimeout(() => { for (;;); }, 50); },
  };
  const act = acts[document.body.dataset.fault];
  const again = document.getElementById('fault-again');
  if (!act) return;
  if (again) again.addEventListener('click', act);
  const needsAPress = ['fullScreen', 'pointerLock', 'clipboard'];
  if (!needsAPress.includes(document.body.dataset.fault)) act();
})();
)js";
}

} // namespace sandbox

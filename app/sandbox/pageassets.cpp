// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/answers.h"
#include "app/sandbox/page.h"
#include "app/sandbox/pagefaults.h"

namespace sandbox {

namespace {

constexpr std::string_view styleSheet = R"css(:root {
  color-scheme: light dark;
  --ground: #f4f2ee; --card: #ffffff; --ink: #1d2228; --quiet: #59636e; --line: #d9dde2;
  --brand: #14634b; --brand-ink: #ffffff; --brand-soft: #e5f1ec; --alarm: #a3231b; --alarm-soft: #fbeae8;
  --bank: #1f4f96; --bank-soft: #e7eefa; --shadow: 0 1px 2px rgb(20 30 40 / 8%), 0 8px 24px rgb(20 30 40 / 8%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --card: #1e2327; --ink: #eceff1; --quiet: #a6b0b9; --line: #39424a;
    --brand: #6fcfae; --brand-ink: #0b2a20; --brand-soft: #20382f; --alarm: #ff9d94; --alarm-soft: #3f2422;
    --bank: #9cc1ff; --bank-soft: #23324a; --shadow: none;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 Inter, "Segoe UI", Roboto, "Noto Sans", Helvetica, Arial, sans-serif; }
.shell { max-width: 880px; margin: 0 auto; padding: 24px 20px 40px; }
.merchant { display: flex; align-items: center; gap: 12px; margin-bottom: 20px; }
.merchant p { margin: 0; line-height: 1.3; }
.merchant-name { font-weight: 650; }
.mark { display: grid; place-items: center; flex: none; width: 40px; height: 40px; border-radius: 12px;
  background: var(--brand); color: var(--brand-ink); font-weight: 700; font-size: 18px; }
.mark.bank-mark { width: 36px; height: 36px; border-radius: 10px; background: var(--bank-soft); color: var(--bank);
  font-size: 15px; }
.shell.narrow-shell { max-width: 560px; }
.account-line strong { display: block; }
h1 + .account-line, h1 + form { margin-top: 16px; }
.actions + .actions { margin-top: 10px; }
form + .actions { margin-top: 10px; }
iframe { width: 100%; border: 1px solid var(--line); border-radius: 12px; }
.columns { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 760px) { .columns.with-order { grid-template-columns: minmax(0, 1fr) 300px; } }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 24px;
  box-shadow: var(--shadow); }
.narrow { max-width: 520px; margin-left: auto; margin-right: auto; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 8px; letter-spacing: -.01em; }
h2 { font-size: 16px; margin: 0 0 12px; }
p { margin: 0 0 16px; }
.quiet { color: var(--quiet); font-size: 14px; }
.steps { color: var(--quiet); font-size: 13px; margin: 0 0 6px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.choices { list-style: none; margin: 0; padding: 0; display: grid; gap: 10px; }
.choice { display: flex; align-items: center; gap: 12px; width: 100%; padding: 12px 14px; text-align: left;
  background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: 12px; font: inherit;
  cursor: pointer; }
.choice:hover { border-color: var(--brand); background: var(--brand-soft); }
.choice strong { display: block; font-weight: 600; }
.choice input { width: 18px; height: 18px; margin: 0; accent-color: var(--brand); flex: none; }
.choice .amount { margin-left: auto; color: var(--quiet); }
label.field { display: block; margin-bottom: 14px; font-weight: 550; font-size: 14px; }
label.field input { display: block; width: 100%; margin-top: 6px; padding: 10px 12px; font: inherit; color: var(--ink);
  background: var(--card); border: 1px solid var(--quiet); border-radius: 10px; }
.actions { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 20px; }
.button { display: inline-block; padding: 11px 18px; border-radius: 10px; border: 1px solid transparent;
  font: inherit; font-weight: 600; cursor: pointer; text-decoration: none; text-align: center; }
.button.main { background: var(--brand); color: var(--brand-ink); }
.button.main:hover { filter: brightness(1.08); }
.button.other { background: transparent; color: var(--ink); border-color: var(--line); }
.button.other:hover { border-color: var(--quiet); }
.button.wide { flex: 1 1 100%; }
.link { background: none; border: 0; padding: 4px; font: inherit; font-size: 14px; color: var(--quiet);
  text-decoration: underline; cursor: pointer; }
:focus-visible { outline: 3px solid var(--bank); outline-offset: 2px; }
.alarm { padding: 12px 14px; border-radius: 10px; background: var(--alarm-soft); color: var(--alarm);
  border: 1px solid currentColor; }
.facts { list-style: none; margin: 0 0 16px; padding: 0; display: grid; gap: 8px; }
.facts li { padding-left: 26px; position: relative; }
.facts li::before { content: "✓"; position: absolute; left: 2px; color: var(--brand); font-weight: 700; }
dl.sums { margin: 0; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 8px 16px; }
dl.sums dt { color: var(--quiet); overflow-wrap: anywhere; }
dl.sums dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
dl.sums .rule { grid-column: 1 / -1; border-top: 1px solid var(--line); }
dl.sums .total { color: var(--ink); font-weight: 700; }
.big { font-size: 34px; font-weight: 700; letter-spacing: -.02em; margin: 4px 0 16px;
  font-variant-numeric: tabular-nums; }
.account-line { display: flex; align-items: center; gap: 12px; padding: 12px 14px; border: 1px solid var(--line);
  border-radius: 12px; margin-bottom: 16px; }
.foot { margin-top: 24px; text-align: center; }
.foot p { margin: 8px 0 0; }
body.bank-window { background: var(--bank-soft); }
body.bank-window .merchant .mark { background: var(--card); }
body.bank-window .button.main { background: var(--bank); color: var(--card); }
body.framed { background: var(--card); }
body.framed .card { border: 0; box-shadow: none; padding: 4px; }
body.framed .shell { padding: 16px; }
@media (prefers-reduced-motion: no-preference) { .button, .choice { transition: background .12s, border-color .12s; } }
)css";

constexpr std::string_view pageScript = R"js('use strict';
(() => {
  const byId = (id) => document.getElementById(id);

  // A double click must not send a form twice. Coming back by the Back button sets it free again.
  for (const form of document.forms) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'yes';
    });
  }
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // The window of the shop: the bank's sign-in opens in a window of its own and tells how it went.
  const opener = byId('oauth-open');
  if (opener) {
    const status = byId('oauth-status');
    opener.addEventListener('click', (event) => {
      const bank = window.open(opener.href, 'finbank-oauth', 'popup,width=480,height=720');
      if (!bank) return;
      event.preventDefault();
      bank.focus();
      status.textContent = 'Finish signing in in the window of your bank.';
    });
    window.addEventListener('message', (event) => {
      if (event.origin !== location.origin || !event.data || event.data.type !== 'finbank-oauth') return;
      if (event.data.result === 'approved') location.assign(location.pathname);
      else status.textContent = 'You closed the sign-in at your bank. You can open it again.';
    });
  }

  // The window of the bank.
  const result = document.body.dataset.oauthResult;
  if (result && window.opener) {
    window.opener.postMessage({ type: 'finbank-oauth', result: result }, location.origin);
    window.close();
  }
})();
)js";

} // namespace

Response pageAsset(const std::string &name)
{
    Response response;
    response.headers = {{"Cache-Control", "no-cache"}, {"X-Content-Type-Options", "nosniff"}};
    response.contentType = "text/javascript; charset=utf-8";
    if (name == "pages.css") {
        response.contentType = "text/css; charset=utf-8";
        response.body = styleSheet;
    } else if (name == "pages.js") {
        response.body = pageScript;
    } else if (name == "faults.js") {
        response.body = pageFaultScript();
    } else {
        return refusal(Problem::NotFound, "There is nothing at this path");
    }
    return response;
}

} // namespace sandbox

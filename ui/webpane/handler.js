// SPDX-License-Identifier: GPL-3.0-or-later
// In the page's own world: what FastLink calls to reach its host.
'use strict';
Object.defineProperty(window, 'YWebViewHandler', {
  value: Object.freeze({
    postMessage: (text) => window.postMessage({ yWebViewHandler: String(text) }, window.location.origin),
  }),
});

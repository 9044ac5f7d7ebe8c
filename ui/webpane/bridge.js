// SPDX-License-Identifier: GPL-3.0-or-later
// In a world of its own, where the page cannot reach: hands messages on, with the origin the engine vouches for.
'use strict';
(() => {
  const limit = LIMIT;
  const waiting = [];
  let bridge = null;
  const asText = (data) => {
    if (data && typeof data === 'object' && typeof data.yWebViewHandler === 'string') return data.yWebViewHandler;
    if (typeof data === 'string') return data;
    try {
      return JSON.stringify(data) || '';
    } catch (error) {
      return '';
    }
  };
  window.addEventListener('message', (event) => {
    if (!event.isTrusted) return;
    const text = asText(event.data);
    const fits = new TextEncoder().encode(text.slice(0, limit + 1)).length <= limit;
    const message = [fits ? text : '', event.origin];
    if (bridge) bridge.take(...message);
    else if (waiting.length < 100) waiting.push(message);
  });
  new QWebChannel(qt.webChannelTransport, (channel) => {
    bridge = channel.objects.bridge;
    for (const message of waiting.splice(0)) bridge.take(...message);
  });
})();

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/fastlinkpages.h"

namespace sandbox {

std::string_view fastLinkLoader()
{
    return R"js('use strict';
// window.fastlink.open(options, containerId) and window.fastlink.close().
(() => {
  let frame = null;
  let listener = null;

  const call = (options, names, value) => {
    for (const name of names) if (typeof options[name] === 'function') options[name](value);
  };

  const extraParams = (params) => Object.entries(params || {})
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => name + '=' + encodeURIComponent(String(value))).join('&');

  const field = (form, name, value) => {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.appendChild(input);
  };

  const dispatch = (options, message) => {
    const data = message && typeof message.data === 'object' && message.data !== null ? message.data : {};
    if (message.type !== 'POST_MESSAGE') return call(options, ['onEvent'], message);
    if (data.action === 'exit') {
      removeFrame();
      return call(options, ['onClose', 'onExit'], data);
    }
    if (data.fnToCall === 'resizeIframeWindow') {
      if (frame && Number(data.height) > 0) frame.style.height = Math.min(Number(data.height), 4000) + 'px';
      return call(options, ['onEvent'], data);
    }
    if (data.status === 'SUCCESS') return call(options, ['onSuccess'], data);
    if (data.status === 'FAILED') return call(options, ['onError'], data);
    return call(options, ['onEvent'], data);
  };

  const removeFrame = () => {
    if (frame) frame.remove();
    frame = null;
  };

  const close = () => {
    removeFrame();
    if (listener) window.removeEventListener('message', listener);
    listener = null;
  };

  const open = (options, containerId) => {
    const container = document.getElementById(containerId);
    if (!container || !options || !options.fastLinkURL || !options.accessToken)
      return call(options || {}, ['onError'],
        { title: 'Application launch error', reason: 'container, fastLinkURL and accessToken are required' });
    close();
    const origin = new URL(options.fastLinkURL).origin;
    // It stays after the frame has gone: success may be told after exit.
    listener = (event) => {
      if (event.origin !== origin) return;
      let message = event.data;
      if (typeof message === 'string') {
        try { message = JSON.parse(message); } catch { return; }
      }
      if (message && typeof message === 'object') dispatch(options, message);
    };
    window.addEventListener('message', listener);
    frame = document.createElement('iframe');
    frame.name = 'fastlink-frame';
    frame.id = 'fastlink-frame';
    frame.title = 'Link your accounts';
    frame.style.cssText = 'width:100%;min-height:560px;border:0';
    if (options.iframeScrolling !== undefined) frame.scrolling = options.iframeScrolling ? 'yes' : 'no';
    container.appendChild(frame);
    const form = document.createElement('form');
    form.method = 'post';
    form.action = options.fastLinkURL;
    form.target = options.forceRedirect ? '_self' : frame.name;
    field(form, 'accessToken', options.accessToken);
    field(form, 'extraParams', extraParams(options.params));
    document.body.appendChild(form);
    form.submit();
    form.remove();
  };

  window.fastlink = { open, close };
})();
)js";
}

std::string_view fastLinkScript()
{
    return R"js('use strict';
(() => {
  const body = document.body;
  const bridge = () => {
    const handler = window.YWebViewHandler
      || (window.webkit && window.webkit.messageHandlers && window.webkit.messageHandlers.YWebViewHandler);
    return handler && typeof handler.postMessage === 'function' ? handler : null;
  };

  // A host's own bridge gets text; a page around or behind this one gets the object.
  const post = (message) => {
    const handler = bridge();
    if (handler) handler.postMessage(typeof message === 'string' ? message : JSON.stringify(message));
    else if (window.parent !== window) window.parent.postMessage(message, '*');
    else if (window.opener) window.opener.postMessage(message, '*');
  };

  for (const message of JSON.parse(body.dataset.messages || '[]')) post(message);
  if (body.dataset.trouble === 'fastlinkHuge')
    post({ type: 'POST_MESSAGE', data: { status: 'SUCCESS', padding: 'x'.repeat(1024 * 1024) } });
  if (body.dataset.trouble === 'fastlinkGarbage') post('{"type": "POST_MESSAGE", "data": ');
  if (body.dataset.trouble === 'fastlinkUnknown') post({ type: 'SOMETHING_NEW', data: { action: 'dance' } });

  if (window.parent !== window) {
    body.classList.add('framed');
    post({ type: 'POST_MESSAGE', data: { fnToCall: 'resizeIframeWindow', app: 'fastlink',
      height: document.documentElement.scrollHeight } });
  }

  // The bank signs the customer in elsewhere: look until it has.
  if (body.dataset.wait) {
    const look = () => fetch(body.dataset.wait, { cache: 'no-store' }).then((answer) => answer.json())
      .then((state) => {
        if (state.step !== body.dataset.step) location.assign(location.pathname);
        else setTimeout(look, 700);
      }, () => setTimeout(look, 2000));
    setTimeout(look, 700);
  }

  if (body.dataset.callback) {
    const target = body.dataset.callbackLocation === 'parent' && window.parent !== window ? window.top : window;
    target.location.assign(body.dataset.callback);
  }
})();
)js";
}

std::string_view impostorScript()
{
    return R"js('use strict';
window.top.postMessage({ type: 'POST_MESSAGE', data: { providerId: 16441, providerName: 'Dag Site',
  providerAccountId: 99999999, requestId: 'made-up', status: 'SUCCESS', additionalStatus: 'ACCT_SUMMARY_RECEIVED',
  fnToCall: 'accountStatus' } }, '*');
)js";
}

} // namespace sandbox

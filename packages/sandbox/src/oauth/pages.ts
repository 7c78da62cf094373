import { escapeHtml } from '../http/escape-html.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { OAuthFailure } from './failure.ts';
import type { PageTexts } from './profile.ts';

/** The page that asks the user. Its form sends the request's parameters back. `checked`: boxes that are checked at first. */
export function consentPage(
  request: AuthorizationRequest,
  checked: readonly string[],
  texts: PageTexts,
): string {
  const { app, account, scopes, optionalScopes, params } = request;
  const hidden = [...params].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const items = scopes.map((scope) => {
    const label = escapeHtml(scope);
    return `<li>${optionalScopes.includes(scope) ? checkBox(label, checked.includes(scope)) : label}</li>`;
  });
  return page(
    texts.site,
    texts.consentTitle,
    `<p><strong>${escapeHtml(app.name ?? app.clientId)}</strong> ${escapeHtml(texts.asks(account))}:</p>
<form method="post" action="${texts.formAction}">
${hidden.join('\n')}
<ul>
${items.join('\n')}
</ul>
<button type="submit" name="decision" value="allow">${texts.allow}</button>
<button type="submit" name="decision" value="deny">${texts.deny}</button>
</form>`,
  );
}

/** A form that posts these fields at once: https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html */
export function postingPage(action: string, fields: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Working …</title></head>
<body onload="document.forms[0].submit()">
<form method="post" action="${escapeHtml(action)}">
${inputs.join('\n')}
<noscript><button type="submit">Continue</button></noscript>
</form>
</body></html>
`;
}

export function errorPage(failure: OAuthFailure, { site, errorTitle, errorText }: PageTexts): string {
  return page(site, errorTitle, `<p>${escapeHtml(errorText?.(failure) ?? failure.message)}</p>`);
}

function checkBox(label: string, checked: boolean): string {
  return `<label><input type="checkbox" name="granted" value="${label}"${checked ? ' checked' : ''}><span>${label}</span></label>`;
}

const STYLE = `:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; background: #8881; }
main { box-sizing: border-box; width: min(30rem, 92vw); padding: 2rem; border: 1px solid #8884; border-radius: 12px; background: Canvas; }
h1 { font-size: 1.4rem; margin: 0 0 1rem; } .site { color: light-dark(#555, #bbb); font-size: .85rem; margin: 0 0 .5rem; }
ul { padding-left: 1.2rem; overflow-wrap: anywhere; } li:has(label) { margin-left: -1.2rem; list-style: none; }
label { display: flex; gap: .5rem; align-items: baseline; } button { font: inherit; padding: .5rem 1.5rem; margin-right: .5rem;
border: 1px solid #8886; border-radius: 6px; cursor: pointer; } button[value=allow] { background: #2f6f4f; color: #fff; }`;

export function page(site: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · ${site} (sandbox)</title><link rel="icon" href="data:,">
<style>${STYLE}</style></head>
<body>
<main>
<p class="site">${site} · emulated by the Context SDK sandbox</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

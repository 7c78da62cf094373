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

export function errorPage(failure: OAuthFailure, { site, errorTitle, errorText }: PageTexts): string {
  return page(site, errorTitle, `<p>${escapeHtml(errorText?.(failure) ?? failure.message)}</p>`);
}

function checkBox(label: string, checked: boolean): string {
  return `<label><input type="checkbox" name="granted" value="${label}"${checked ? ' checked' : ''}> ${label}</label>`;
}

function page(site: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title} · ${site} (sandbox)</title></head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>
`;
}

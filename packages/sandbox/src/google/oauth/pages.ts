import { type AuthorizationRequest, hasCheckBoxes } from './authorization-request.ts';
import { isSignInScope } from './scopes.ts';

/** The page that asks the user; its form goes back to where it came from, with the request's parameters. */
export function consentPage(
  request: AuthorizationRequest,
  checked: readonly string[],
  params: URLSearchParams,
): string {
  const { app, account, scopes } = request;
  const hidden = [...params].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const lines = scopes.map((scope) => {
    const boxed = hasCheckBoxes(request) && !isSignInScope(scope);
    return `<li>${boxed ? checkBox(scope, checked.includes(scope)) : escapeHtml(scope)}</li>`;
  });
  return page(
    'Sign in with Google',
    `<p><strong>${escapeHtml(app.name ?? app.clientId)}</strong> wants access to the account of
${escapeHtml(account.name)} (${escapeHtml(account.email)}).</p>
<form method="post" action="auth">
${hidden.join('\n')}
<ul>
${lines.join('\n')}
</ul>
<button type="submit" name="decision" value="allow">Continue</button>
<button type="submit" name="decision" value="deny">Cancel</button>
</form>`,
  );
}

export function errorPage(message: string): string {
  return page('Access blocked', `<p>${escapeHtml(message)}</p>`);
}

function checkBox(scope: string, checked: boolean): string {
  const value = escapeHtml(scope);
  return `<label><input type="checkbox" name="granted" value="${value}"${checked ? ' checked' : ''}> ${value}</label>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title} · Google (sandbox)</title></head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

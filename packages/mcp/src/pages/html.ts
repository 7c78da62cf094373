import { randomBytes } from 'node:crypto';

/** A page that is ready to be sent. */
export interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const STYLE = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1c2024; background: #fff }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
li { margin: .6rem 0 } form { display: inline } ul { padding-left: 1.2rem }
button { font: inherit; padding: .2rem .8rem }
p.waiting { border-left: .25rem solid #c60; padding-left: .8rem; overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #16181b } a { color: #8cf } }
`;

/** A page without scripts. `content` is HTML. */
export function htmlPage(title: string, content: string, status = 200): Page {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
${content}
</html>
`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      // Under `no-referrer` browsers send forms with `Origin: null`.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body,
  };
}

/** A redirect after a form, or into the pages. */
export function seeOther(location: string, headers: Record<string, string> = {}): Page {
  return { status: 303, headers: { location, 'cache-control': 'no-store', ...headers }, body: '' };
}

/** A form with one button. */
export function button(action: string, label: string, field = '', value = ''): string {
  const hidden =
    field === '' ? '' : `<input type="hidden" name="${escapeHtml(field)}" value="${escapeHtml(value)}">`;
  return `<form method="post" action="${escapeHtml(action)}">${hidden}<button>${escapeHtml(label)}</button></form>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

import { escapeHtml } from '../utils/text.ts';

/** Headers of a response that must not be stored, framed or leaked to other sites. */
export const PRIVATE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** Whether a browser shows the response as a page. */
export function acceptsHtml(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/html') ?? false;
}

/** A page without scripts and styles. `content` is HTML. */
export function htmlPage(title: string, content: string, init: ResponseInit = {}): Response {
  const headers = new Headers({ ...PRIVATE_HEADERS, 'content-type': 'text/html; charset=utf-8' });
  for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
  const heading = escapeHtml(title);
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${heading}</title>
<h1>${heading}</h1>
${content}
</html>`;
  return new Response(page, { ...init, headers });
}

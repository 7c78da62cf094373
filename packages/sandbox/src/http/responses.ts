/** A JSON answer, labeled as TickTick labels it. */
export function jsonResponse(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return textResponse(JSON.stringify(value), 'application/json;charset=UTF-8', status, headers);
}

export function htmlResponse(html: string, status = 200): Response {
  return textResponse(html, 'text/html;charset=UTF-8', status);
}

export function emptyResponse(status = 200, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { 'content-length': '0', ...headers } });
}

export function redirectResponse(location: string): Response {
  return emptyResponse(302, { location });
}

function textResponse(
  text: string,
  contentType: string,
  status: number,
  headers: Record<string, string> = {},
): Response {
  const bytes = new TextEncoder().encode(text);
  return new Response(bytes, {
    status,
    headers: { 'content-type': contentType, 'content-length': String(bytes.length), ...headers },
  });
}

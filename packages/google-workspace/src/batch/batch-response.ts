import type { PartResponse } from './batch-part.ts';

/**
 * The parts of a response of type multipart/mixed, each at the place of its request: Google may answer in any order, and
 * names the request in `Content-ID`. A part that is missing or can't be read is `undefined`; so is one without a name if others
 * are missing, since it may be any.
 */
export function readBatch(
  contentType: string | null,
  body: string,
  length?: number,
): (PartResponse | undefined)[] {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return Array.from({ length: length ?? 0 });
  const texts = body.split(`--${boundary}`).slice(1, -1);
  const responses = Array.from<PartResponse | undefined>({ length: length ?? texts.length });
  for (const [position, text] of texts.entries()) {
    const { headers, rest } = splitHeaders(text.replace(/^[^\n]*\n/, ''));
    const [, id] = /(\d+)>?\s*$/.exec(headers.get('content-id') ?? '') ?? [];
    if (id === undefined && texts.length !== responses.length) continue;
    const index = id === undefined ? position : Number(id);
    if (index < responses.length) responses[index] = readPart(rest);
  }
  return responses;
}

function readPart(text: string): PartResponse | undefined {
  const [match, status] = /^\s*HTTP\/[\d.]+ (\d{3})[^\n]*\n/.exec(text) ?? [];
  if (match === undefined) return undefined;
  const { headers, rest } = splitHeaders(text.slice(match.length));
  return { status: Number(status), headers, body: rest.trim() };
}

/** Header lines, up to an empty line, and what follows. Lines may end with a bare LF. */
function splitHeaders(text: string): { headers: Headers; rest: string } {
  const headers = new Headers();
  const [, head = '', rest = ''] = /^((?:[^\r\n]+\r?\n)*)\r?\n?([^]*)$/.exec(text) ?? [];
  for (const line of head.split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers.append(name, value.trim());
  }
  return { headers, rest };
}

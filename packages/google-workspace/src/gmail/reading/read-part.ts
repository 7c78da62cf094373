import { cleanLine, isObject, textOf } from '@context-sdk/oauth-core/client-kit';
import type { MessageHeader } from '../messages/message.ts';

/** A part of a message with a value in each field that reading needs. */
export interface ReadablePart {
  /** In lower case. */
  mimeType: string | undefined;
  filename: string;
  headers: MessageHeader[];
  /** Not read yet. */
  parts: unknown[];
  body: { data: string | undefined; attachmentId: string | undefined; size: number };
}

/** Reads a part as the service sent it: null, an empty text and a value of another type count as absent. */
export function readPart(value: unknown): ReadablePart {
  const { mimeType, filename, headers, parts, body } = isObject(value) ? value : {};
  const { data, attachmentId, size } = isObject(body) ? body : {};
  return {
    mimeType: isType(mimeType) ? mimeType.toLowerCase() : undefined,
    filename: cleanLine(textOf(filename) ?? ''),
    headers: readHeaders(headers),
    parts: Array.isArray(parts) ? parts : [],
    body: {
      data: textOf(data),
      attachmentId: textOf(attachmentId) || undefined,
      size: typeof size === 'number' ? size : 0,
    },
  };
}

/** One that can't be a type counts as absent, too. https://www.rfc-editor.org/rfc/rfc2045#section-5.2 */
function isType(value: unknown): value is string {
  return typeof value === 'string' && value.includes('/');
}

/** The headers that have a name and a value. */
export function readHeaders(headers: unknown): MessageHeader[] {
  if (!Array.isArray(headers)) return [];
  return headers.filter(
    (header): header is MessageHeader =>
      isObject(header) && typeof header['name'] === 'string' && typeof header['value'] === 'string',
  );
}

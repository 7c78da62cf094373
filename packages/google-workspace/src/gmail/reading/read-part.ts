import { isObject, textOf } from '@context-sdk/oauth-core/client-kit';
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
    mimeType: textOf(mimeType)?.toLowerCase() || undefined,
    filename: textOf(filename) ?? '',
    headers: readHeaders(headers),
    parts: Array.isArray(parts) ? parts : [],
    body: {
      data: textOf(data),
      attachmentId: textOf(attachmentId) || undefined,
      size: typeof size === 'number' ? size : 0,
    },
  };
}

/** The headers that have a name and a value. */
export function readHeaders(headers: unknown): MessageHeader[] {
  if (!Array.isArray(headers)) return [];
  return headers.filter(
    (header): header is MessageHeader =>
      isObject(header) && typeof header['name'] === 'string' && typeof header['value'] === 'string',
  );
}

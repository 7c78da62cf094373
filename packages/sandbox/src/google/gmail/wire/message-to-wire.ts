import { headerOf, isNamed } from '../mail/headers.ts';
import { readMime } from '../mail/mime-part.ts';
import { encodeBase64url } from '../mail/octets.ts';
import { readParameters } from '../mail/parameters.ts';
import type { Message } from '../mailbox/message.ts';
import { headersToWire, partToWire, type WireHeader, type WirePart } from './payload.ts';
import { snippetOf } from './snippet.ts';

export type MessageFormat = 'minimal' | 'full' | 'raw' | 'metadata';

/** A mail as the lists and the answers to changes have it. */
export interface WireMessageHead {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: readonly string[];
}

/** A mail as Gmail answers it. */
export interface WireMessage extends WireMessageHead {
  readonly snippet: string;
  readonly sizeEstimate: number;
  /** uint64 as a string. */
  readonly historyId: string;
  /** Milliseconds since the epoch as a string. */
  readonly internalDate: string;
  readonly payload?: WirePart | { readonly mimeType: string; readonly headers: readonly WireHeader[] };
  readonly raw?: string;
}

export function messageHead({ id, threadId, labelIds }: Message): WireMessageHead {
  return { id, threadId, labelIds: [...labelIds] };
}

/** `metadataHeaders` chooses the header fields of the format `metadata`; none given, all are there. */
export function messageToWire(
  message: Message,
  format: MessageFormat,
  metadataHeaders: readonly string[] = [],
): WireMessage {
  const minimal = {
    ...messageHead(message),
    snippet: snippetOf(message.source),
    sizeEstimate: message.source.length,
    historyId: String(message.historyId),
    internalDate: String(message.internalDate),
  };
  switch (format) {
    case 'minimal':
      return minimal;
    case 'raw':
      return { ...minimal, raw: encodeBase64url(message.source) };
    case 'full':
      return { ...minimal, payload: partToWire(readMime(message.source), message.id) };
    case 'metadata':
      return { ...minimal, payload: metadataOf(message, metadataHeaders) };
  }
}

function metadataOf(
  { headers }: Message,
  wanted: readonly string[],
): { mimeType: string; headers: WireHeader[] } {
  const chosen = headers.filter(
    (header) => wanted.length === 0 || wanted.some((name) => isNamed(header, name)),
  );
  const { value } = readParameters(headerOf(headers, 'content-type') ?? 'text/plain');
  return { mimeType: value, headers: headersToWire(chosen) };
}

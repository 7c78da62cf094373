import { omitUndefined } from '../../../json.ts';
import { headerText, type MailHeader } from '../mail/headers.ts';
import type { MimePart } from '../mail/mime-part.ts';
import { encodeBase64url } from '../mail/octets.ts';

/** A header field as Gmail answers it: unfolded and decoded. */
export interface WireHeader {
  readonly name: string;
  readonly value: string;
}

export interface WireBody {
  /** Where it is present, the data comes by `attachments.get` only. */
  readonly attachmentId?: string;
  readonly size: number;
  /** base64url. */
  readonly data?: string;
}

/** A part of a mail as Gmail answers it. */
export interface WirePart {
  readonly partId: string;
  readonly mimeType: string;
  readonly filename: string;
  readonly headers: readonly WireHeader[];
  readonly body: WireBody;
  readonly parts?: readonly WirePart[];
}

/** The sandbox's own bound between what comes along and what has to be fetched; Google names none. */
const MAX_INLINE_BYTES = 1_048_576;

export function partToWire(part: MimePart, messageId: string): WirePart {
  const { partId, mimeType, filename } = part;
  return omitUndefined({
    partId,
    mimeType,
    filename,
    headers: headersToWire(part.headers),
    body: bodyToWire(part, messageId),
    parts: part.parts.length > 0 ? part.parts.map((one) => partToWire(one, messageId)) : undefined,
  });
}

export function headersToWire(headers: readonly MailHeader[]): WireHeader[] {
  return headers.map(({ name, value }) => ({ name, value: headerText(value) }));
}

/** Undefined for a part that includes its data: text without a file name, unless it is huge. */
export function attachmentIdOf(part: MimePart, messageId: string): string | undefined {
  const isInline =
    part.filename === '' && part.mimeType.startsWith('text/') && part.content.length <= MAX_INLINE_BYTES;
  const isContainer = part.mimeType.startsWith('multipart/');
  return isInline || isContainer ? undefined : encodeBase64url(`${messageId}/${part.partId}`);
}

function bodyToWire(part: MimePart, messageId: string): WireBody {
  const size = part.content.length;
  const attachmentId = attachmentIdOf(part, messageId);
  if (attachmentId !== undefined) return { attachmentId, size };
  return size === 0 ? { size } : { size, data: encodeBase64url(part.content) };
}

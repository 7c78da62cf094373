import { fillPath, readJson } from '@context-sdk/oauth-core/client-kit';

/** One step of a resumable upload. */
export type UploadSession =
  | { readonly step: 'begin'; readonly totalBytes: number }
  | { readonly step: 'status'; readonly url: string; readonly totalBytes: number }
  | {
      readonly step: 'piece';
      readonly url: string;
      readonly from: number;
      readonly totalBytes: number;
      readonly piece: Uint8Array;
    };

/** Where an upload begins. */
export interface UploadPlace {
  method: 'POST' | 'PUT';
  baseUrl: string;
  path: string;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  json: object;
}

/** The status of Google for "go on": https://developers.google.com/workspace/gmail/api/guides/uploads */
const RESUME_INCOMPLETE = 308;

/** Sends a step: gives the session's address, the bytes that have arrived, or Google's answer to the whole. */
export async function sendStep(
  session: UploadSession,
  place: UploadPlace,
  fetch: typeof globalThis.fetch,
): Promise<unknown> {
  if (session.step === 'begin') return await begin(session.totalBytes, place, fetch);
  const { url, totalBytes } = session;
  const isPiece = session.step === 'piece';
  const range = isPiece ? `${session.from}-${session.from + session.piece.byteLength - 1}` : '*';
  const response = await fetch(sameOrigin(url, place.baseUrl), {
    method: 'PUT',
    headers: { 'content-range': `bytes ${range}/${totalBytes}`, 'content-type': 'message/rfc822' },
    body: isPiece ? new Uint8Array(session.piece) : new Uint8Array(),
  });
  if (response.status !== RESUME_INCOMPLETE) return await readJson(response);
  const [, last] = /^bytes=0-(\d+)$/.exec(response.headers.get('range') ?? '') ?? [];
  return { uploaded: last === undefined ? 0 : Number(last) + 1 };
}

async function begin(
  totalBytes: number,
  { method, baseUrl, path, params, query, json }: UploadPlace,
  fetch: typeof globalThis.fetch,
): Promise<unknown> {
  const search = new URLSearchParams({ uploadType: 'resumable', ...query });
  const response = await fetch(`${baseUrl}${fillPath(path, params)}?${search.toString()}`, {
    method,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'x-upload-content-type': 'message/rfc822',
      'x-upload-content-length': String(totalBytes),
    },
    body: JSON.stringify(json),
  });
  return { location: response.headers.get('location') ?? undefined };
}

/** The token goes along with every piece, so a session must not lead elsewhere; through a gateway, it leads back to it. */
function sameOrigin(url: string, baseUrl: string): string {
  const { pathname, search } = new URL(url, baseUrl);
  const base = new URL(baseUrl);
  return `${base.origin}${pathname}${search}`;
}

import {
  mayHaveHappened,
  type SendOptions,
  type ServiceResponse,
  tellListener,
} from '@context-sdk/oauth-core/client-kit';
import { unexpected } from '../errors.ts';
import type { GmailCall, GmailOperationName } from '../operations.ts';
import type { MailRequest } from '../wire.ts';

/** How far an upload is. */
export interface UploadProgress {
  sentBytes: number;
  totalBytes: number;
}

/** Told of every piece that has arrived; what it throws is ignored. */
export type OnUploadProgress = (progress: UploadProgress) => void;

/** Bytes of a piece: a multiple of 256 KiB, as Google asks for. */
const PIECE_BYTES = 2_097_152;
/** Pieces that may fail one after another, without a byte arriving in between. */
const MAX_FAILURES = 4;
/** Milliseconds that a piece may take: on a line of 64 KiB a second. */
const PIECE_TIMEOUT_MS = 62_000;

/**
 * Uploads a mail piece by piece. After a cut, Google says how much has arrived, and the rest follows; if the last piece's
 * response is lost, it says what became of the mail. https://developers.google.com/workspace/gmail/api/guides/uploads
 */
export async function uploadInPieces(
  call: GmailCall,
  name: GmailOperationName,
  { params = {}, json = {}, bytes }: Pick<MailRequest, 'params' | 'json'> & { bytes: Uint8Array },
  onProgress: OnUploadProgress,
): Promise<ServiceResponse> {
  const totalBytes = bytes.byteLength;
  const begin: MailRequest = { params, json, session: { step: 'begin', totalBytes } };
  // Nothing is sent or saved before the last byte has arrived.
  const started = await call.send(name, begin, { safety: 'safe' });
  const url = started.object<{ location: string }>({ location: 'string' }).location;
  const send = async (session: MailRequest['session'], options: SendOptions): Promise<ServiceResponse> =>
    await call.send(name, { session }, { cost: 1, timeoutMs: PIECE_TIMEOUT_MS, ...options });
  // That the session has ended, or that the question was refused, says nothing of the mail.
  const ask = async (lost: unknown): Promise<ServiceResponse> => {
    try {
      return await send({ step: 'status', url, totalBytes }, { safety: 'safe' });
    } catch (error) {
      throw mayHaveHappened(error) || call.signal?.aborted ? error : lost;
    }
  };
  let from = 0;
  let failures = 0;
  for (;;) {
    const piece = bytes.subarray(from, from + PIECE_BYTES);
    let response: ServiceResponse;
    let lost: unknown;
    try {
      response = await send({ step: 'piece', url, from, totalBytes, piece }, { safety: 'unsafe' });
    } catch (error) {
      if (!mayHaveHappened(error) || call.signal?.aborted) throw error;
      lost = error;
      response = await ask(lost);
    }
    const arrived = arrivedBytes(response);
    tellListener(onProgress, { sentBytes: arrived ?? totalBytes, totalBytes });
    if (arrived === undefined) return response;
    if (arrived > from) failures = 0;
    else if ((failures += 1) >= MAX_FAILURES)
      throw lost ?? unexpected(`took no byte of the upload of ${name}`, 'range');
    from = arrived;
  }
}

/** Bytes that Google has; undefined once it has all, and has done its work. */
function arrivedBytes(response: ServiceResponse): number | undefined {
  const { uploaded } = response.object<{ uploaded?: unknown }>();
  return typeof uploaded === 'number' ? uploaded : undefined;
}

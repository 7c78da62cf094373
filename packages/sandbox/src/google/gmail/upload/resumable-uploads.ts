import { bodyText, type ServiceRequest } from '../../../http/service.ts';
import { createRandom, type Random, uuidFrom } from '../../../random.ts';
import { badRequest, notFound } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';

/** An upload that is under way, or done. */
interface Upload {
  readonly begin: ServiceRequest;
  /** Undefined until a piece says so. */
  totalBytes: number | undefined;
  bytes: Uint8Array;
  /** What was answered to the last byte: a client that lost it may ask again. */
  answer: unknown;
  isDone: boolean;
}

/** What a request brings: from which byte on, if it brings any, and how many there are, if it says so. */
interface Piece {
  readonly from: number | undefined;
  readonly totalBytes: number | undefined;
}

const RANGE = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/;

/** Mails in pieces. https://developers.google.com/workspace/gmail/api/guides/uploads */
export class ResumableUploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #ids: Random = createRandom('gmail/uploads');

  /** Begins an upload: its address is in Location. How long the mail is may be left out. */
  begin({ request }: GoogleCall): Response {
    const length = request.headers.get('x-upload-content-length');
    const totalBytes = length === null ? undefined : Number(length);
    const isMail = request.headers.get('x-upload-content-type')?.startsWith('message/') === true;
    if (!isMail || (totalBytes !== undefined && !(Number.isSafeInteger(totalBytes) && totalBytes > 0))) {
      throw badRequest('Invalid X-Upload-Content-Length or X-Upload-Content-Type');
    }
    const id = uuidFrom(this.#ids);
    const bytes = new Uint8Array();
    this.#uploads.set(id, { begin: request, totalBytes, bytes, answer: undefined, isDone: false });
    const location = `https://${request.host}${request.path}?uploadType=resumable&upload_id=${id}`;
    return new Response(null, { headers: { location } });
  }

  /** Takes a piece, or says how much there is: 308, until all is there and `handle` has done its work. */
  async continue<Call extends GoogleCall>(call: Call, handle: (call: Call) => unknown): Promise<unknown> {
    const { query, body } = call.request;
    const upload = this.#uploads.get(query.get('upload_id') ?? '');
    if (!upload) throw notFound();
    const { from, totalBytes } = readPiece(call.request);
    upload.totalBytes ??= totalBytes;
    if ((totalBytes ?? upload.totalBytes) !== upload.totalBytes) throw badRequest('Invalid Content-Range');
    if (upload.isDone) return answerOf(upload);
    if (from !== undefined) {
      if (from !== upload.bytes.length) throw badRequest('Invalid Content-Range: not what comes next');
      upload.bytes = joined(upload.bytes, body);
    }
    if (upload.bytes.length !== upload.totalBytes) return resumeIncomplete(upload.bytes.length);
    upload.answer = await handle({ ...call, request: asMultipart(upload) });
    upload.isDone = true;
    return answerOf(upload);
  }
}

/** A request without a range brings all of the mail. */
function readPiece({ headers, body }: ServiceRequest): Piece {
  const header = headers.get('content-range');
  if (header === null) return { from: 0, totalBytes: body.length };
  const [range, from, total] = RANGE.exec(header) ?? [];
  if (range === undefined) throw badRequest('Invalid Content-Range');
  return {
    from: from === undefined ? undefined : Number(from),
    totalBytes: total === '*' ? undefined : Number(total),
  };
}

function answerOf({ answer }: Upload): unknown {
  return answer instanceof Response ? answer.clone() : answer;
}

function resumeIncomplete(length: number): Response {
  return new Response(null, {
    status: 308,
    ...(length > 0 && { headers: { range: `bytes=0-${length - 1}` } }),
  });
}

/** The same in one request, as `uploadType=multipart` has it. */
function asMultipart({ begin, bytes }: Upload): ServiceRequest {
  const boundary = `upload_${crypto.randomUUID()}`;
  const encoder = new TextEncoder();
  const head = `--${boundary}\r\nContent-Type: application/json\r\n\r\n${bodyText(begin) || '{}'}\r\n--${boundary}\r\nContent-Type: message/rfc822\r\n\r\n`;
  const headers = new Headers(begin.headers);
  headers.set('content-type', `multipart/related; boundary=${boundary}`);
  const query = new URLSearchParams(begin.query);
  query.set('uploadType', 'multipart');
  const body = joined(joined(encoder.encode(head), bytes), encoder.encode(`\r\n--${boundary}--\r\n`));
  return { ...begin, headers, query, body };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}

import { emptyResponse, jsonResponse } from '../../http/responses.ts';
import { ApiFailure, JSON_TYPE } from '../api-failure.ts';
import {
  type ApiCall,
  type ApiRoute,
  flag,
  pathParam,
  reading,
  requiredProject,
  writing,
} from '../api/api-call.ts';
import { requireMediaType } from '../api/read-body.ts';
import { attachmentNotFound, invalidValue } from '../failures.ts';
import type { Attachment } from '../organization/attachments.ts';

const MAX_BYTES = 60 * 1024 * 1024;
const OCTET_STREAM = 'application/octet-stream';

export const ATTACHMENT_ROUTES: readonly ApiRoute[] = [
  writing('attachment.upload', 'POST wit/attachments', upload),
  writing('attachment.uploadChunk', 'PUT wit/attachments/{id}', uploadChunk),
  reading('attachment.get', 'GET wit/attachments/{id}', download),
  writing('attachment.delete', 'DELETE wit/attachments/{id}', (call) => {
    requiredProject(call);
    const id = pathParam(call, 'id');
    if (!call.organization.attachments.delete(id)) throw attachmentNotFound(id);
    return emptyResponse(204);
  }),
];

/** A whole file, or with `uploadType=chunked` the announcement of one that comes in pieces. */
function upload(call: ApiCall): Response {
  const { query, body } = call.request;
  const isChunked = query.get('uploadType')?.toLowerCase() === 'chunked';
  if (!isChunked) requireMediaType(call.request, OCTET_STREAM);
  checkSize(body.length);
  const attachment = call.organization.attachments.add(query.get('fileName') ?? 'attachment', body);
  if (isChunked) attachment.missing = Number.POSITIVE_INFINITY;
  return created(call, attachment);
}

/** The next piece, by `Content-Range: bytes 0-39999/400000`. */
function uploadChunk(call: ApiCall): Response {
  const { request } = call;
  requireMediaType(request, OCTET_STREAM);
  const attachment = find(call);
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.headers.get('content-range') ?? '');
  const [start, end, total] = (range ?? []).slice(1).map(Number);
  if (start !== attachment.bytes.length || end !== start + request.body.length - 1 || total === undefined) {
    throw invalidValue('The Content-Range does not fit the piece and what was sent before.');
  }
  checkSize(total);
  const bytes = new Uint8Array(start + request.body.length);
  bytes.set(attachment.bytes);
  bytes.set(request.body, start);
  attachment.bytes = bytes;
  attachment.missing = total - bytes.length;
  return created(call, attachment);
}

function download(call: ApiCall): Response {
  const { bytes, fileName, missing } = find(call);
  if (missing > 0) throw attachmentNotFound(pathParam(call, 'id'));
  const name = encodeURIComponent(call.request.query.get('fileName') ?? fileName);
  return new Response(bytes, {
    headers: {
      'content-type': OCTET_STREAM,
      'content-length': String(bytes.length),
      ...(flag(call, 'download') && { 'content-disposition': `attachment; filename*=UTF-8''${name}` }),
    },
  });
}

function created({ organization: { url } }: ApiCall, { id, fileName }: Attachment): Response {
  const answer = { id, url: `${url}/_apis/wit/attachments/${id}?fileName=${encodeURIComponent(fileName)}` };
  return jsonResponse(answer, 201, { 'content-type': JSON_TYPE });
}

function find(call: ApiCall): Attachment {
  const id = pathParam(call, 'id');
  const attachment = call.organization.attachments.find(id);
  if (!attachment) throw attachmentNotFound(id);
  return attachment;
}

function checkSize(bytes: number): void {
  if (bytes <= MAX_BYTES) return;
  throw new ApiFailure(
    400,
    'WorkItemAttachmentExceedsMaxSizeException',
    `The attachment has ${bytes} bytes, which exceeds the limit of ${MAX_BYTES}.`,
  );
}

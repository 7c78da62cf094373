import type { ServiceRequest } from '../../../http/service.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../../json.ts';
import { badRequest, GoogleFailure } from '../../api/failures.ts';
import { headerOf, type MailEntity, readEntity } from '../mail/headers.ts';
import { splitMultipart } from '../mail/mime-part.ts';
import { decodeText, decodeTransfer, type Octets, octetsOf } from '../mail/octets.ts';
import { readParameters } from '../mail/parameters.ts';

/** An upload: the mail itself and, in a multipart one, the resource beside it. */
export interface Upload {
  readonly resource: JsonObject;
  readonly media: Octets;
}

/** Reads `uploadType=media` and `multipart`. The pieces of resumable uploads are put together before. */
export function readUpload({ query, headers, body }: ServiceRequest): Upload {
  const type = headers.get('content-type') ?? '';
  const octets = octetsOf(body);
  switch (query.get('uploadType')) {
    case 'media':
      checkMediaType(type);
      return { resource: {}, media: octets };
    case 'multipart':
      return readMultipart(octets, type);
    default:
      throw badRequest("Invalid value for uploadType: must be 'media' or 'multipart'.");
  }
}

/** RFC 2387: the resource as JSON, then the mail. */
function readMultipart(body: Octets, type: string): Upload {
  const { value, parameters } = readParameters(type);
  const boundary = parameters.get('boundary');
  if (value !== 'multipart/related' || boundary === undefined) throw badContent(value, 'multipart/related');
  if (!body.includes(`--${boundary}--`)) throw badRequest('Missing end boundary in multipart body.');
  const [json, mail, ...others] = splitMultipart(body, boundary).map(readEntity);
  if (!json || !mail || others.length > 0) {
    throw badRequest('Invalid multipart request with other than 2 parts.');
  }
  checkMediaType(typeOf(mail));
  const encoding = headerOf(mail.headers, 'content-transfer-encoding') ?? '';
  return { resource: readResource(json), media: decodeTransfer(mail.body, encoding) };
}

function readResource(part: MailEntity): JsonObject {
  const resource =
    readParameters(typeOf(part)).value === 'application/json' && parseJson(decodeText(part.body));
  if (resource === false || !isJsonObject(resource)) throw badRequest('Metadata part is not a JSON object.');
  return resource;
}

function typeOf({ headers }: MailEntity): string {
  return headerOf(headers, 'content-type') ?? '';
}

function checkMediaType(type: string): void {
  const { value } = readParameters(type);
  if (!value.startsWith('message/')) throw badContent(value, 'message/*');
}

function badContent(type: string, valid: string): GoogleFailure {
  const message = `Media type '${type}' is not supported. Valid media types: [${valid}]`;
  return new GoogleFailure(400, 'badContent', message);
}

import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { isJsonObject, parseJson } from '../../json.ts';
import { GoogleFailure } from './failures.ts';
import type { GoogleMethod } from './method.ts';
import { invalidSelection, parseMask } from './partial-response.ts';
import { camelCase, SHAPES } from './shapes.ts';

/** Refuses what the discovery document does not know: fields of a mask and, in Gmail, parameters and fields of the body. */
export function checkNames(method: GoogleMethod, request: ServiceRequest): void {
  checkMask(method, request.query.get('fields'));
  checkQuery(method, request.query);
  checkBody(method, request);
}

/** Calendar: dotnet-client#1444, Gmail: javascript-client#517. */
function checkMask({ api, response }: GoogleMethod, fields: string | null): void {
  if (fields === null || fields === '' || response === undefined) return;
  const shapes = SHAPES[api];
  const missing = shapes.missingIn(parseMask(fields), shapes.of(response));
  if (missing === undefined) return;
  if (api === 'calendar') throw invalidSelection(missing.at(-1) ?? '');
  const description = `Error expanding 'fields' parameter. Cannot find matching fields for path '${missing.join('.')}'.`;
  throw badRequest('Request contains an invalid argument.', fields, description);
}

/** What every method of Gmail takes, by its discovery document. */
const COMMON_PARAMETERS: ReadonlySet<string> = new Set(
  '$.xgafv access_token alt callback fields key oauth_token prettyPrint quotaUser uploadType upload_id upload_protocol'.split(
    ' ',
  ),
);

/** nodejs-client#1991 */
function checkQuery({ query }: GoogleMethod, sent: URLSearchParams): void {
  if (query === undefined) return;
  const known = new Set(query.split(' '));
  const unknown = [...sent.keys()].find(
    (name) => !COMMON_PARAMETERS.has(name) && !known.has(camelCase(name)),
  );
  if (unknown === undefined) return;
  const description = `Invalid JSON payload received. Unknown name "${unknown}": Cannot bind query parameter. Field '${unknown}' could not be found in request message.`;
  throw badRequest(description, '', description);
}

/** A larger body is a mail in JSON, which is read once. */
const MAX_CHECKED_BYTES = 1_048_576;

/** The same of a body. Uploads have theirs beside the mail. */
function checkBody({ api, request: schema }: GoogleMethod, request: ServiceRequest): void {
  const isLarge = request.body.length > MAX_CHECKED_BYTES;
  if (schema === undefined || isLarge || request.path.includes('upload/')) return;
  const body = parseJson(bodyText(request));
  const shapes = SHAPES[api];
  const unknown = isJsonObject(body) ? shapes.unknownIn(body, shapes.of(schema)) : undefined;
  if (unknown === undefined) return;
  const place = unknown.slice(0, -1).join('.');
  const at = place === '' ? '' : ` at '${place}'`;
  const description = `Invalid JSON payload received. Unknown name "${unknown.at(-1)}"${at}: Cannot find field.`;
  throw badRequest(description, place, description);
}

function badRequest(message: string, field: string, description: string): GoogleFailure {
  const violation = { ...(field !== '' && { field }), description };
  return new GoogleFailure(400, 'badRequest', message, {
    status: 'INVALID_ARGUMENT',
    details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [violation] }],
  });
}

import { isJsonObject, type JsonObject, type JsonValue } from '../../../json.ts';
import { required } from '../../api/failures.ts';
import type { WriteOptions } from './writer.ts';

/**
 * The fields of a write, without what its query has no right to. Conferences: a PATCH that knows nothing of them leaves
 * them alone, a PUT loses them. Attachments stay as they were.
 */
export function guardedFields(
  fields: JsonObject,
  before: JsonObject,
  { conferences, attachments }: WriteOptions,
  replaces: boolean,
): JsonObject {
  const kept = replaces ? undefined : before['conferenceData'];
  const conferenceData = conferences ? requested(fields['conferenceData'], before['conferenceData']) : kept;
  return {
    ...without(fields, ['conferenceData', 'attachments']),
    ...present('conferenceData', conferenceData),
    ...present('attachments', attachments ? fields['attachments'] : before['attachments']),
  };
}

/** A request for a new conference is pending at first; one with a known id is ignored. */
function requested(value: JsonValue | undefined, before: JsonValue | undefined): JsonValue | undefined {
  const request = isJsonObject(value) ? value['createRequest'] : undefined;
  if (!isJsonObject(request)) return value;
  const { requestId, conferenceSolutionKey } = request;
  if (typeof requestId !== 'string' || requestId === '') throw required('Missing conference request id.');
  const known = isJsonObject(before) ? before['createRequest'] : undefined;
  if (isJsonObject(known) && known['requestId'] === requestId) return before;
  const status = { statusCode: 'pending' };
  return { createRequest: { requestId, ...present('conferenceSolutionKey', conferenceSolutionKey), status } };
}

function present(name: string, value: JsonValue | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}

function without(fields: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

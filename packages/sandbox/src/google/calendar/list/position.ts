import { isJsonObject, type JsonObject, parseJson } from '../../../json.ts';
import { invalid } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { queryInteger, queryParam } from '../../api/read-call.ts';
import type { SyncRefusal } from '../store/calendar-data.ts';
import { SYNC_REFUSALS } from './sync-token.ts';

/** A list that counts its changes: of calendars, of access rules. */
export interface ChangingList {
  /** Which list it is. */
  readonly name: string;
  readonly revision: number;
  /** Sync tokens of an older generation have expired. */
  readonly syncGeneration: number;
  readonly syncRefusal: SyncRefusal;
}

/** A sync token for everything that changes from now on. */
export function positionOf({ name, revision, syncGeneration }: ChangingList): string {
  return btoa(JSON.stringify({ list: name, revision, syncGeneration }));
}

/** The revision after which `syncToken` asks for changes; undefined without one. Throws a 410 for a token that expired. */
export function readPosition(call: GoogleCall, list: ChangingList): number | undefined {
  const token = queryParam(call, 'syncToken');
  if (token === undefined) return undefined;
  const content = /^[\w+/]+=*$/.test(token) ? parseJson(atob(token)) : undefined;
  const revision = isJsonObject(content) ? content['revision'] : undefined;
  if (!isJsonObject(content) || content['list'] !== list.name || typeof revision !== 'number') {
    throw invalid('Invalid sync token value.', 'syncToken');
  }
  if (content['syncGeneration'] !== list.syncGeneration) throw SYNC_REFUSALS[list.syncRefusal]();
  return revision;
}

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 250;

/** The page that `maxResults` (at most 250) and `pageToken` ask for; `nextSyncToken` comes with the last one. */
export function pageOf(
  call: GoogleCall,
  items: readonly JsonObject[],
  nextSyncToken: string | undefined,
): JsonObject {
  const size = Math.min(queryInteger(call, 'maxResults') ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  const [, from] = /^page-(\d+)$/.exec(queryParam(call, 'pageToken') ?? 'page-0') ?? [];
  if (from === undefined) throw invalid('Invalid page token value.', 'pageToken');
  const end = Number(from) + size;
  return {
    ...(items.length > end && { nextPageToken: `page-${end}` }),
    ...(items.length <= end && nextSyncToken !== undefined && { nextSyncToken }),
    items: items.slice(Number(from), end),
  };
}

/** Of a list as a whole. */
export function listEtag({ revision }: Pick<ChangingList, 'revision'>): string {
  return `"p${revision.toString(32).padStart(15, '0')}"`;
}

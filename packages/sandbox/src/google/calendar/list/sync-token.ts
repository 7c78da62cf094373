import { isJsonObject, parseJson } from '../../../json.ts';
import { badRequest, fullSyncRequired, gone, type GoogleFailure, invalid } from '../../api/failures.ts';
import type { CalendarData, SyncRefusal } from '../store/calendar-data.ts';

/** Parameters that have to be the same in every list of one synchronization. */
export type SyncParameters = string;

/** How a token that has expired is refused. */
export const SYNC_REFUSALS: Readonly<Record<SyncRefusal, () => GoogleFailure>> = {
  fullSyncRequired,
  gone,
  invalid: () => invalid('Invalid sync token value.', 'syncToken'),
};

/** A token for everything that changes from now on. */
export function issueSyncToken(calendar: CalendarData, parameters: SyncParameters): string {
  const { id, revision, syncGeneration } = calendar;
  return btoa(encodeURIComponent(JSON.stringify({ id, revision, syncGeneration, parameters })));
}

/** The revision after which changes are asked for. Throws 410 for a token that expired. */
export function readSyncToken(token: string, calendar: CalendarData, parameters: SyncParameters): number {
  const content = decode(token);
  const revision = content?.['revision'];
  if (content?.['id'] !== calendar.id || typeof revision !== 'number') {
    throw invalid('Invalid sync token value.', 'syncToken');
  }
  if (content['syncGeneration'] !== calendar.syncGeneration) throw SYNC_REFUSALS[calendar.syncRefusal]();
  if (content['parameters'] !== parameters) {
    throw badRequest('Query parameters differ from those of the initial synchronization.');
  }
  return revision;
}

function decode(token: string): ReturnType<typeof asObject> {
  try {
    return asObject(decodeURIComponent(atob(token)));
  } catch {
    return undefined;
  }
}

function asObject(text: string): Record<string, unknown> | undefined {
  const value = parseJson(text);
  return isJsonObject(value) ? value : undefined;
}

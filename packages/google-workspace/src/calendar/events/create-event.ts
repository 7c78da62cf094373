import { unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { ConflictError, NotFoundError, PermissionError } from '@context-sdk/oauth-core/errors';
import type { LibraryParams } from '../../wire.ts';
import { invalid } from '../errors.ts';
import type { CalendarCall } from '../operations.ts';
import { checkEventType } from './check-event-type.ts';
import { checkFields } from './check-fields.ts';
import type { CreateEventOptions, NewEventInput } from './event-input.ts';
import { checkedCalendarId, checkSendUpdates, writeParams } from './event-requests.ts';
import { checkedTimes } from './event-times.ts';
import type { CalendarEvent } from './event.ts';

/** The private extended property by which a call recognizes the event that it created itself. */
const MARK = 'contextSdkRequest';
/** Events that were created for one key, deleted, and can't be restored. */
const MAX_IDS_PER_KEY = 8;
const BASE_32_HEX = '0123456789abcdefghijklmnopqrstuv';

/** An event that is ready to be created. */
export interface Creation {
  calendarId: string;
  params: LibraryParams;
  body: { id: string; extendedProperties: { private: Record<string, string> } };
  mark: string;
  /** Whether the id belongs to a key: then a deleted event with this id is the one that is meant. */
  isKeyed: boolean;
}

/** Throws {@link InvalidRequestError} naming the field that Google would refuse. */
export async function checkedCreation(event: NewEventInput, options?: CreateEventOptions): Promise<Creation> {
  checkFields(event);
  const calendarId = checkedCalendarId(options ?? {});
  checkEventType(event, { isNew: true, isWhole: true, calendarId });
  if ('iCalUID' in event) throw invalid('iCalUID', "can't be chosen: the event gets an id instead");
  if (event.attendees?.length) {
    checkSendUpdates(options?.sendUpdates, ', since the event has attendees');
  } else if (options?.sendUpdates !== undefined) checkSendUpdates(options?.sendUpdates);
  const times = checkedTimes(event);
  const { id, isKeyed } = await idFor(event.id, options?.key);
  const mark = isKeyed ? id : randomEventId();
  const own = { ...event.extendedProperties?.private, [MARK]: mark };
  const extendedProperties = { ...event.extendedProperties, private: own };
  const body = { ...event, ...times, id, extendedProperties };
  return { calendarId, params: { calendarId, ...writeParams(event, options ?? {}) }, body, mark, isKeyed };
}

/** Creates an event once, however often it is asked for. */
export async function createOnce(
  call: CalendarCall,
  creation: Creation,
  idsLeft: number = MAX_IDS_PER_KEY,
): Promise<CalendarEvent> {
  const { params, body } = creation;
  try {
    const response = await call.send('events.create', { params, json: body });
    return response.object<CalendarEvent>({ id: 'string' });
  } catch (error) {
    if (!isTaken(error)) throw error;
    const settled = await settle(call, creation, error);
    if (settled !== undefined) return settled;
    if (idsLeft <= 1) throw error;
    return await createOnce(call, await underNextId(creation), idsLeft - 1);
  }
}

/** Whether an id is taken, as Google says with reasons and without. There are other conflicts. */
export function isTaken(error: unknown): error is ConflictError {
  if (!(error instanceof ConflictError) || error.status !== 409) return false;
  const { serviceCode = 'duplicate' } = error;
  return serviceCode === 'duplicate' || serviceCode === 'ALREADY_EXISTS';
}

/**
 * The id is taken: by this very call or key, by an event that was deleted since, or by something else. `undefined` if it
 * belongs to the key and no event can have it any more: Google keeps ids of deleted events, and may refuse to restore them, or
 * find none. What a read doesn't find may be too new for it, so that only a write tells.
 */
async function settle(
  call: CalendarCall,
  { calendarId, params, body, mark, isKeyed }: Creation,
  conflict: ConflictError,
): Promise<CalendarEvent | undefined> {
  const place = { calendarId, eventId: body.id };
  const found = await unlessNotFound(call.send('events.get', { params: place }));
  const existing = found?.object<CalendarEvent>({ id: 'string' });
  if (existing && existing.status !== 'cancelled') {
    if (existing.extendedProperties?.private?.[MARK] === mark) return existing;
    throw conflict;
  }
  if (!isKeyed) throw conflict;
  const json = { status: 'confirmed', ...body };
  try {
    const response = await call.send('events.replace', { params: { ...params, ...place }, json });
    return response.object<CalendarEvent>({ id: 'string' });
  } catch (error) {
    if (error instanceof PermissionError || error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** The same creation under an id that follows from the last one, so that every process tries the same ids. */
async function underNextId(creation: Creation): Promise<Creation> {
  const { body } = creation;
  const id = await idOfKey(body.id);
  const { extendedProperties } = body;
  const own = { ...extendedProperties.private, [MARK]: id };
  return {
    ...creation,
    mark: id,
    body: { ...body, id, extendedProperties: { ...extendedProperties, private: own } },
  };
}

async function idFor(
  id: string | undefined,
  key: string | undefined,
): Promise<{ id: string; isKeyed: boolean }> {
  if (id !== undefined && key !== undefined) throw invalid('key', "can't be combined with id");
  if (key !== undefined) return { id: await idOfKey(key), isKeyed: true };
  return { id: id === undefined ? randomEventId() : checkedNewId(id), isKeyed: false };
}

/** The id of the event that a key stands for: always the same, in every process. */
async function idOfKey(key: unknown): Promise<string> {
  if (typeof key !== 'string' || key === '') throw invalid('key', 'is empty or not a string');
  const named = new TextEncoder().encode(`context-sdk/google-calendar/event|${key}`);
  return base32hex(new Uint8Array(await crypto.subtle.digest('SHA-256', named)));
}

function checkedNewId(id: unknown): string {
  if (typeof id === 'string' && /^[a-v0-9]{5,1024}$/.test(id)) return id;
  throw invalid('id', 'must be 5 to 1024 characters of a to v and 0 to 9');
}

function randomEventId(): string {
  return base32hex(crypto.getRandomValues(new Uint8Array(20)));
}

/** Base32hex of RFC 4648 §7, lower-case and without padding: the characters that Google allows in an event's id. */
function base32hex(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0x1fff;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE_32_HEX.charAt((value >>> (bits - 5)) & 31);
  }
  return bits > 0 ? text + BASE_32_HEX.charAt((value << (5 - bits)) & 31) : text;
}

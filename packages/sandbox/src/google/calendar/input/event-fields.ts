import { isJsonObject, type JsonObject, type JsonValue, stringOf } from '../../../json.ts';
import { GoogleFailure, invalid } from '../../api/failures.ts';
import { checkAttendees } from './attendees.ts';

type FieldType = 'string' | 'boolean' | 'object' | 'array';

/** What clients may write beside times, recurrence and status. Anything else in a body is ignored, as Google does. */
const FIELD_TYPES: Readonly<Record<FieldType, string>> = {
  string: 'colorId description eventLabelId eventType location summary transparency visibility',
  boolean: 'anyoneCanAddSelf guestsCanInviteOthers guestsCanModify guestsCanSeeOtherGuests privateCopy',
  object:
    'birthdayProperties conferenceData extendedProperties focusTimeProperties gadget outOfOfficeProperties ' +
    'reminders source workingLocationProperties',
  array: 'attachments attendees',
};

/** What an event can be. */
export const EVENT_TYPES: ReadonlySet<string> = new Set([
  'birthday',
  'default',
  'focusTime',
  'fromGmail',
  'outOfOffice',
  'workingLocation',
]);

const CHOICES: Readonly<Record<string, ReadonlySet<string>>> = {
  eventType: EVENT_TYPES,
  transparency: new Set(['opaque', 'transparent']),
  visibility: new Set(['default', 'public', 'private', 'confidential']),
};

const MAX_ATTACHMENTS = 25;

/** Picks and checks those fields. */
export function readFields(body: JsonObject): JsonObject {
  const fields: JsonObject = {};
  for (const [type, names] of Object.entries(FIELD_TYPES)) {
    for (const name of names.split(' ')) {
      const value = body[name];
      if (value === undefined) continue;
      const fits = typeOf(value) === type && (CHOICES[name]?.has(stringOf(value)) ?? true);
      if (!fits) throw invalid(`Invalid value for: ${name}`);
      fields[name] = value;
    }
  }
  checkAttendees(fields['attendees']);
  checkReminders(fields['reminders']);
  checkExtendedProperties(fields['extendedProperties']);
  if (Array.isArray(fields['attachments']) && fields['attachments'].length > MAX_ATTACHMENTS) {
    throw invalid('Too many attachments.');
  }
  return fields;
}

function checkExtendedProperties(value: JsonValue | undefined): void {
  if (!isJsonObject(value)) return;
  for (const kind of ['private', 'shared']) {
    const properties = value[kind];
    if (properties === undefined) continue;
    const fits =
      isJsonObject(properties) && Object.values(properties).every((one) => typeof one === 'string');
    if (!fits) throw invalid(`Invalid value for: extendedProperties.${kind}`);
  }
}

/** An event's type; `default` unless it says otherwise. */
export function eventTypeOf(fields: JsonObject): string {
  return stringOf(fields['eventType']) || 'default';
}

function typeOf(value: JsonValue): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

const FOUR_WEEKS_IN_MINUTES = 40_320;
const MAX_OVERRIDES = 5;

/** Reminder minutes lie between 0 and 40320, four weeks. */
function checkReminders(value: JsonValue | undefined): void {
  if (!isJsonObject(value)) return;
  const { useDefault, overrides } = value;
  if (overrides === undefined) return;
  if (!Array.isArray(overrides) || overrides.length > MAX_OVERRIDES) throw invalidOverrides();
  if (useDefault === true && overrides.length > 0) throw defaultsAndOverrides();
  if (!overrides.every(isReminder)) throw invalidOverrides();
}

function isReminder(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const { method, minutes } = value;
  const known = method === 'email' || method === 'popup';
  return (
    known && Number.isInteger(minutes) && Number(minutes) >= 0 && Number(minutes) <= FOUR_WEEKS_IN_MINUTES
  );
}

function invalidOverrides(): GoogleFailure {
  return invalid('Invalid value for: reminders.overrides');
}

function defaultsAndOverrides(): GoogleFailure {
  return new GoogleFailure(
    400,
    'cannotUseDefaultRemindersAndSpecifyOverride',
    'Cannot specify both default reminders and overrides at the same time.',
    { domain: 'calendar' },
  );
}

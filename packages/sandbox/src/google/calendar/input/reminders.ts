import { isJsonObject, type JsonValue } from '../../../json.ts';
import { invalid } from '../../api/failures.ts';
import { GoogleFailure } from '../../api/google-failure.ts';

const FOUR_WEEKS_IN_MINUTES = 40_320;
const MAX_OVERRIDES = 5;

/** Reminder minutes lie between 0 and 40320, four weeks. */
export function checkReminders(value: JsonValue | undefined): void {
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
  return new GoogleFailure(400, {
    domain: 'calendar',
    reason: 'cannotUseDefaultRemindersAndSpecifyOverride',
    message: 'Cannot specify both default reminders and overrides at the same time.',
  });
}

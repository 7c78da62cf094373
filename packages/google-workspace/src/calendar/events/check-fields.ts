import { isObject } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { EventChanges } from './event-input.ts';

type Check = (value: unknown, field: string) => void;

const MAX_REMINDERS = 5;
const MAX_MINUTES = 40_320;
const MAX_ATTACHMENTS = 25;

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function fieldsOf(value: unknown, field: string): Record<string, unknown> {
  if (!isObject(value)) throw invalid(field, 'is not an object');
  return value;
}

function listOf(value: unknown, field: string): unknown[] {
  if (!Array.isArray(value)) throw invalid(field, 'is not a list');
  return value;
}

function checkText(value: unknown, field: string, max = Number.POSITIVE_INFINITY): void {
  if (typeof value !== 'string') throw invalid(field, 'is not a string');
  if (value.length > max) throw invalid(field, `is longer than ${max} characters`);
}

const checkRecurrence: Check = (value, field) => {
  for (const [index, line] of listOf(value, field).entries()) {
    if (typeof line !== 'string' || !/^(RRULE|EXRULE|RDATE|EXDATE)[:;][^\r\n]+$/.test(line)) {
      throw invalid(`${field}[${index}]`, 'is not one RRULE, EXRULE, RDATE or EXDATE line of RFC 5545');
    }
    if (!/^(?:RRULE|EXRULE)/.test(line)) continue;
    if (!/[:;]FREQ=/i.test(line)) throw invalid(`${field}[${index}]`, 'has no FREQ');
    if (/[:;]COUNT=/i.test(line) && /[:;]UNTIL=/i.test(line))
      throw invalid(`${field}[${index}]`, 'has both COUNT and UNTIL');
  }
};

const checkReminders: Check = (value, field) => {
  const { useDefault, overrides } = fieldsOf(value, field);
  if (overrides === undefined || overrides === null) return;
  const reminders = listOf(overrides, `${field}.overrides`);
  if (useDefault === true && reminders.length > 0) {
    throw invalid(`${field}.useDefault`, 'must be false if there are overrides');
  }
  if (reminders.length > MAX_REMINDERS) throw invalid(`${field}.overrides`, `has more than ${MAX_REMINDERS}`);
  for (const [index, reminder] of reminders.entries()) {
    const place = `${field}.overrides[${index}]`;
    const { method, minutes } = fieldsOf(reminder, place);
    if (!isFilled(method)) throw invalid(`${place}.method`, 'is missing: popup or email');
    const isInRange = Number.isInteger(minutes) && Number(minutes) >= 0 && Number(minutes) <= MAX_MINUTES;
    if (!isInRange) throw invalid(`${place}.minutes`, `must be a whole number from 0 to ${MAX_MINUTES}`);
  }
};

const checkAttendees: Check = (value, field) => {
  for (const [index, attendee] of listOf(value, field).entries()) {
    const place = `${field}[${index}]`;
    const { email } = fieldsOf(attendee, place);
    if (!isFilled(email) || !/^[^\s@]+@[^\s@]+$/.test(email)) {
      throw invalid(`${place}.email`, 'is not an email address');
    }
  }
};

const checkAttachments: Check = (value, field) => {
  const attachments = listOf(value, field);
  if (attachments.length > MAX_ATTACHMENTS) throw invalid(field, `has more than ${MAX_ATTACHMENTS}`);
  for (const [index, attachment] of attachments.entries()) {
    const place = `${field}[${index}]`;
    if (!isFilled(fieldsOf(attachment, place)['fileUrl'])) throw invalid(`${place}.fileUrl`, 'is missing');
  }
};

const checkConference: Check = (value, field) => {
  const { createRequest } = fieldsOf(value, field);
  if (createRequest === undefined || createRequest === null) return;
  const { requestId } = fieldsOf(createRequest, `${field}.createRequest`);
  if (!isFilled(requestId)) throw invalid(`${field}.createRequest.requestId`, 'is missing');
};

/** Google drops longer names and truncates longer values, without an error: https://developers.google.com/workspace/calendar/api/guides/extended-properties */
const checkExtendedProperties: Check = (value, field) => {
  const { private: ofCalendar, shared } = fieldsOf(value, field);
  for (const [kind, properties] of Object.entries({ private: ofCalendar, shared })) {
    if (properties === undefined || properties === null) continue;
    for (const [name, text] of Object.entries(fieldsOf(properties, `${field}.${kind}`))) {
      const place = `${field}.${kind}.${name}`;
      if (name.length > 44) throw invalid(place, 'has a name of more than 44 characters');
      if (text === null || text === undefined) continue;
      checkText(text, place, 1024);
    }
  }
};

const CHECKS: Readonly<Record<string, Check>> = {
  summary: checkText,
  description: checkText,
  location: checkText,
  recurrence: checkRecurrence,
  reminders: checkReminders,
  attendees: checkAttendees,
  attachments: checkAttachments,
  conferenceData: checkConference,
  extendedProperties: checkExtendedProperties,
};

/** Throws {@link InvalidRequestError} naming the field that Google would refuse or misread. */
export function checkFields(event: EventChanges): void {
  if (typeof event !== 'object' || event === null) throw invalid('event', 'is not an object');
  const given = new Map<string, unknown>(Object.entries(event));
  for (const [field, check] of Object.entries(CHECKS)) {
    const value = given.get(field);
    if (value !== undefined && value !== null) check(value, field);
  }
}

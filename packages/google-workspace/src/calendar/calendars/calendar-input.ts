import { checkedTimeZone } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';

/** A calendar itself, as everyone who may see it has it. Fields that are not named here are passed on too. */
export interface CalendarResource {
  id: string;
  etag?: string;
  summary?: string;
  description?: string;
  location?: string;
  /** IANA. */
  timeZone?: string;
  /** The owner's address, for calendars that are not primary. */
  dataOwner?: string;
}

/** A new calendar. What is left out, or undefined, is not sent. */
export interface CalendarInput {
  summary: string;
  description?: string | undefined;
  location?: string | undefined;
  /** IANA. Default: Google's, which is UTC. */
  timeZone?: string | undefined;
}

/** What changes in a calendar. What is left out, or undefined, stays; `null` clears. */
export type CalendarUpdate = {
  [K in keyof CalendarInput]?:
    CalendarInput[K] | undefined | (K extends 'summary' | 'timeZone' ? never : null);
};

/** Throws {@link InvalidRequestError} naming the field that Google would refuse. */
export function checkCalendar(input: CalendarUpdate, isNew: boolean): void {
  if (typeof input !== 'object' || input === null) throw invalid('calendar', 'is not an object');
  const { summary, timeZone } = input;
  const isNamed = typeof summary === 'string' && summary.trim() !== '';
  if ((isNew || summary !== undefined) && !isNamed) throw invalid('summary', 'is missing or empty');
  if (timeZone !== undefined) checkedTimeZone(timeZone, 'timeZone', invalid);
  if (Object.values(input).every((value) => value === undefined)) throw invalid('changes', 'is empty');
}

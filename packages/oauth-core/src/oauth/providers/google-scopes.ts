const CALENDAR = 'https://www.googleapis.com/auth/calendar';
const GMAIL = 'https://www.googleapis.com/auth/gmail.';
const ALL_MAIL = 'https://mail.google.com/';

const CALENDAR_SCOPES: Record<string, readonly string[]> = {
  '.acls': [],
  '.acls.readonly': ['.acls'],
  '.calendarlist': [],
  '.calendarlist.readonly': ['.calendarlist', '.readonly'],
  '.calendars': [],
  '.calendars.readonly': ['.calendars', '.readonly'],
  '.events': [],
  '.events.owned': [],
  '.events.owned.readonly': ['.events.owned', '.readonly'],
  '.events.readonly': ['.events', '.readonly'],
  '.freebusy': ['.readonly'],
  '.readonly': [],
  '.settings.readonly': ['.readonly'],
};

const GMAIL_SCOPES: Record<string, readonly string[]> = {
  compose: ['modify'],
  insert: ['modify'],
  labels: ['modify'],
  metadata: ['readonly', 'modify'],
  modify: [],
  readonly: ['modify'],
  send: ['compose', 'modify'],
};

/**
 * The scopes that include another of Calendar or Gmail: all methods that take it take them, too.
 * https://developers.google.com/identity/protocols/oauth2/scopes
 */
export const GOOGLE_WIDER_SCOPES: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...wider(CALENDAR, CALENDAR_SCOPES, CALENDAR),
  ...wider(GMAIL, GMAIL_SCOPES, ALL_MAIL),
]);

/** `widest` includes all of them. */
function wider(
  start: string,
  names: Record<string, readonly string[]>,
  widest: string,
): [string, string[]][] {
  return Object.entries(names).map(([name, others]) => [
    start + name,
    [widest, ...others.map((other) => start + other)],
  ]);
}

import type { Sandbox } from '@context-sdk/sandbox';
import { BY_NAME } from '../any-arguments/known-samples.ts';

const ICS = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//test//EN',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:1@host.example',
  'DTSTAMP:20270301T000000Z',
  'DTSTART:20270301T090000Z',
  'DTEND:20270301T100000Z',
  'SUMMARY:text',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

/** What text alone won't do for. */
const TEXTS = {
  ...BY_NAME,
  accessWindow: 'allMail',
  colorId: '1',
  contentType: 'text/plain',
  date: '2027-03-01T00:00:00Z',
  day: '2027-03-01',
  delegateEmail: 'ada@example.com',
  disposition: 'archive',
  email: 'ada@example.com',
  end: { dateTime: '2027-03-01T10:00:00Z' },
  eventType: 'default',
  expungeBehavior: 'archive',
  finishDate: '2027-03-12',
  forwardingEmail: 'ada@example.com',
  ics: ICS,
  ifMatch: '"1"',
  inReplyTo: '<1@host.example>',
  member: '11111111-2222-3333-4444-555555555555',
  method: 'REQUEST',
  privateExtendedProperty: ['a=b'],
  recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
  references: ['<1@host.example>'],
  replyTo: 'ada@example.com',
  replyToAddress: 'ada@example.com',
  responseStatus: 'accepted',
  role: 'reader',
  sharedExtendedProperty: ['a=b'],
  start: { dateTime: '2027-03-01T09:00:00Z' },
  startDate: '2027-03-01',
  status: 'confirmed',
  timeMax: '2027-03-02T00:00:00Z',
  timeMin: '2027-03-01T00:00:00Z',
  transparency: 'opaque',
  visibility: 'private',
  workingHours: { mon: [['09:00', '17:00']] },
  to: 'ada@example.com',
  cc: 'ada@example.com',
  bcc: 'ada@example.com',
  from: 'ada@example.com',
};

const OF_ITEMS = {
  state: 'Active',
  type: 'Task',
  fields: ['System.Title'],
  rel: 'Related',
  column: 'Active',
};

/** Ends of ranges, whose members are called like those of a mail. */
const RANGE = { from: '2027-03-01T00:00:00Z', to: '2027-03-02T00:00:00Z' };

/** Arguments of single methods, by `path.argument`. */
const WHOLE: Readonly<Record<string, unknown>> = {
  'GmailClient.settings.filters.create.input': {
    criteria: { from: 'a@example.com', hasAttachment: true, size: 1, sizeComparison: 'larger' },
    action: { addLabelIds: ['STARRED'], removeLabelIds: ['INBOX'], forward: 'ada@example.com' },
  },
  'AdoClient.areas.create.input': { name: 'Ada' },
  'AdoClient.iterations.setCapacity.input': {
    activities: [{ name: 'Testing', capacityPerDay: 2.5 }],
    daysOff: [{ start: '2027-03-01', end: '2027-03-02' }],
  },
  'AdoClient.workItems.updateMany.updates': [{ id: 1, changes: { title: 'text', tags: { add: ['text'] } } }],
};

/** Values by the name of an argument, so that what a method is about is there. */
export function valuesFor(path: string, { google, azureDevOps }: Sandbox): Record<string, unknown> {
  const project = azureDevOps.organization.projects[0];
  const mail = google.testUser().gmail.messages()[0];
  const named = { ...TEXTS, project: project?.name, team: `${project?.name} Team`, board: 'Stories' };
  if (path.startsWith('GmailClient.messages.')) return { ...named, id: mail?.id, messageId: mail?.id };
  if (path.startsWith('GmailClient.threads.')) return { ...named, id: mail?.threadId, messageId: mail?.id };
  if (path.startsWith('GoogleCalendarClient.freeBusy.')) return { ...named, ...RANGE };
  if (path.startsWith('AdoClient.'))
    return { ...named, ...OF_ITEMS, areaPath: project?.name, iterationPath: project?.name };
  return named;
}

export function wholeArguments(path: string): Record<string, unknown> {
  const known = Object.entries(WHOLE).filter(([name]) => name.startsWith(`${path}.`));
  return Object.fromEntries(known.map(([name, value]) => [name.slice(path.length + 1), value]));
}

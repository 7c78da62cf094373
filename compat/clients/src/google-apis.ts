import { randomUUID } from 'node:crypto';
import { calendar as smallCalendar } from '@googleapis/calendar';
import { gmail as smallGmail } from '@googleapis/gmail';
import { OAuth2Client } from 'google-auth-library';
import { google } from 'googleapis';
import { isList, isText, type Report } from '../../azure-devops/src/report.ts';
import type { World } from './world.ts';

const CALENDAR = 'https://developers.google.com/workspace/calendar/api/v3/reference';
const GMAIL = 'https://developers.google.com/workspace/gmail/api/reference/rest';
const HOUR = { start: { dateTime: '2026-12-01T09:00:00Z' }, end: { dateTime: '2026-12-01T10:00:00Z' } };
const MAIL =
  'From: me\nTo: Grace <grace@example.com>\nSubject: Grüße\nContent-Type: text/plain; charset=utf-8\n\nHello.\n';
const SCOPES = ['https://www.googleapis.com/auth/calendar', 'https://mail.google.com/', 'openid', 'email'];
const SETTINGS = [
  'https://www.googleapis.com/auth/gmail.settings.basic',
  'https://www.googleapis.com/auth/gmail.settings.sharing',
];

type Calendar = ReturnType<typeof google.calendar>;
type Gmail = ReturnType<typeof google.gmail>;

function authOf({ sandbox }: World): OAuth2Client {
  const auth = new OAuth2Client();
  const { accessToken } = sandbox.google.issueToken({ scopes: [...SCOPES, ...SETTINGS] });
  auth.setCredentials({ access_token: accessToken });
  return auth;
}

/** googleapis and its small packages at the real hosts, and googleapis at a `rootUrl`. */
export async function checkGoogleApis(group: (name: string) => Report, world: World): Promise<void> {
  const auth = authOf(world) as never;
  await checkCalendar(group('googleapis'), google.calendar({ version: 'v3', auth }));
  await checkGmail(group('googleapis'), google.gmail({ version: 'v1', auth }));
  await checkCalendar(group('@googleapis/calendar'), smallCalendar({ version: 'v3', auth }));
  await checkGmail(group('@googleapis/gmail'), smallGmail({ version: 'v1', auth }));
  google.options({ rootUrl: `${world.url}/` });
  await checkCalendar(group('googleapis by rootUrl'), google.calendar({ version: 'v3', auth }));
  await checkGmail(group('googleapis by rootUrl'), google.gmail({ version: 'v1', auth }));
  google.options({});
}

async function checkCalendar(report: Report, api: Calendar): Promise<void> {
  const check = async <T>(
    name: string,
    call: () => Promise<{ data: T }>,
    expected: unknown,
  ): Promise<T | undefined> =>
    await report.check(
      `calendar.${name}`,
      `${CALENDAR}/${name.replace('.', '/')}`,
      async () => (await call()).data,
      expected,
    );
  const calendarId = 'primary';
  const isDone = (): boolean => true;

  const made = await check(
    'calendars.insert',
    () => api.calendars.insert({ requestBody: { summary: 'Team' } }),
    { kind: 'calendar#calendar', id: isText, summary: 'Team' },
  );
  const teamId = made?.id ?? '';
  await check('calendars.get', () => api.calendars.get({ calendarId: teamId }), { id: teamId });
  await check(
    'calendars.patch',
    () => api.calendars.patch({ calendarId: teamId, requestBody: { description: 'x' } }),
    { summary: 'Team', description: 'x' },
  );
  await check(
    'calendars.update',
    () => api.calendars.update({ calendarId: teamId, requestBody: { summary: 'T' } }),
    { summary: 'T' },
  );
  await check('calendarList.list', () => api.calendarList.list({}), {
    kind: 'calendar#calendarList',
    items: isList,
    nextSyncToken: isText,
  });
  await check(
    'calendarList.list fields',
    () => api.calendarList.list({ fields: 'items(id)' }),
    (data: unknown) => JSON.stringify(data).startsWith('{"items":[{"id":'),
  );
  await check('calendarList.get', () => api.calendarList.get({ calendarId: teamId }), {
    accessRole: 'owner',
  });
  await check(
    'calendarList.patch',
    () => api.calendarList.patch({ calendarId: teamId, requestBody: { selected: true } }),
    { selected: true },
  );
  await check(
    'calendarList.update',
    () => api.calendarList.update({ calendarId: teamId, requestBody: { colorId: '3' } }),
    { colorId: '3' },
  );
  const listChannel = {
    id: randomUUID(),
    type: 'web_hook',
    address: 'https://app.example/hook',
  };
  const watched = await check(
    'calendarList.watch',
    () => api.calendarList.watch({ requestBody: listChannel }),
    { kind: 'api#channel', resourceId: isText },
  );
  await check(
    'channels.stop',
    () => api.channels.stop({ requestBody: { id: listChannel.id, resourceId: watched?.resourceId ?? null } }),
    isDone,
  );
  await check('colors.get', () => api.colors.get({}), {
    kind: 'calendar#colors',
    event: { 1: { background: isText } },
  });
  await check('settings.list', () => api.settings.list({}), { items: isList });
  await check('settings.get', () => api.settings.get({ setting: 'timezone' }), {
    id: 'timezone',
    value: isText,
  });
  const rule = await check(
    'acl.insert',
    () =>
      api.acl.insert({
        calendarId: teamId,
        requestBody: { role: 'reader', scope: { type: 'user', value: 'grace@example.com' } },
      }),
    { id: 'user:grace@example.com', role: 'reader' },
  );
  const ruleId = rule?.id ?? '';
  await check('acl.get', () => api.acl.get({ calendarId: teamId, ruleId }), { id: ruleId });
  await check('acl.list', () => api.acl.list({ calendarId: teamId }), { items: isList });
  await check(
    'acl.patch',
    () => api.acl.patch({ calendarId: teamId, ruleId, requestBody: { role: 'writer' } }),
    { role: 'writer' },
  );
  await check(
    'acl.update',
    () => api.acl.update({ calendarId: teamId, ruleId, requestBody: { role: 'reader' } }),
    { role: 'reader' },
  );
  await check('acl.delete', () => api.acl.delete({ calendarId: teamId, ruleId }), isDone);
  const event = await check(
    'events.insert',
    () => api.events.insert({ calendarId, requestBody: { summary: 'Grüße', ...HOUR } }),
    { kind: 'calendar#event', status: 'confirmed', summary: 'Grüße' },
  );
  const eventId = event?.id ?? '';
  await check('events.get', () => api.events.get({ calendarId, eventId }), { id: eventId, etag: isText });
  await check(
    'events.list',
    () =>
      api.events.list({
        calendarId,
        timeMin: '2026-12-01T00:00:00Z',
        singleEvents: true,
        orderBy: 'startTime',
      }),
    { kind: 'calendar#events', items: isList },
  );
  await check(
    'events.list fields',
    () => api.events.list({ calendarId, fields: 'items(summary),nextSyncToken' }),
    { items: [{ summary: isText }], nextSyncToken: isText },
  );
  await check(
    'events.patch',
    () => api.events.patch({ calendarId, eventId, requestBody: { location: 'Here' } }),
    { summary: 'Grüße', location: 'Here' },
  );
  await check(
    'events.update',
    () => api.events.update({ calendarId, eventId, requestBody: { summary: 'New', ...HOUR } }),
    { summary: 'New' },
  );
  await check('events.quickAdd', () => api.events.quickAdd({ calendarId, text: 'Lunch tomorrow 12pm-1pm' }), {
    id: isText,
    start: { dateTime: isText },
  });
  await check(
    'events.import',
    () =>
      api.events.import({ calendarId, requestBody: { iCalUID: `x${Math.random()}@example.com`, ...HOUR } }),
    { iCalUID: isText },
  );
  const series = await check(
    'events.insert of a series',
    () =>
      api.events.insert({
        calendarId,
        requestBody: {
          summary: 'Daily',
          recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
          start: { ...HOUR.start, timeZone: 'UTC' },
          end: { ...HOUR.end, timeZone: 'UTC' },
        },
      }),
    { recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] },
  );
  await check(
    'events.instances',
    () => api.events.instances({ calendarId, eventId: series?.id ?? '' }),
    (data: { items?: unknown[] }) => data.items?.length === 3,
  );
  await check('events.move', () => api.events.move({ calendarId, eventId, destination: teamId }), {
    id: eventId,
  });
  const channel = { id: randomUUID(), type: 'web_hook', address: 'https://app.example/hook' };
  await check('events.watch', () => api.events.watch({ calendarId, requestBody: channel }), {
    id: channel.id,
    resourceId: isText,
  });
  await check('events.delete', () => api.events.delete({ calendarId: teamId, eventId }), isDone);
  await check(
    'freebusy.query',
    () =>
      api.freebusy.query({
        requestBody: {
          timeMin: '2026-12-01T00:00:00Z',
          timeMax: '2026-12-02T00:00:00Z',
          items: [{ id: 'primary' }],
        },
      }),
    { kind: 'calendar#freeBusy', calendars: { primary: { busy: isList } } },
  );
  await check('calendarList.delete', () => api.calendarList.delete({ calendarId: teamId }), isDone);
  await check('calendarList.insert', () => api.calendarList.insert({ requestBody: { id: teamId } }), {
    id: teamId,
  });
  await check('calendars.delete', () => api.calendars.delete({ calendarId: teamId }), isDone);
}

async function checkGmail(report: Report, api: Gmail): Promise<void> {
  const check = async <T>(
    name: string,
    call: () => Promise<{ data: T }>,
    expected: unknown,
  ): Promise<T | undefined> =>
    await report.check(
      `gmail.${name}`,
      `${GMAIL}/v1/users.${name.split('.').slice(0, -1).join('.') || 'getProfile'}`,
      async () => (await call()).data,
      expected,
    );
  const userId = 'me';
  const raw = Buffer.from(MAIL).toString('base64url');
  const { users } = api;
  const isDone = (): boolean => true;
  const unique = `L${Math.random()}`;

  await check('getProfile', () => users.getProfile({ userId }), {
    emailAddress: 'ada@example.com',
    historyId: isText,
  });
  const label = await check(
    'labels.create',
    () => users.labels.create({ userId, requestBody: { name: unique } }),
    { id: isText, name: unique },
  );
  const id = label?.id ?? '';
  await check('labels.get', () => users.labels.get({ userId, id }), { id, type: 'user' });
  await check('labels.list', () => users.labels.list({ userId }), { labels: isList });
  await check(
    'labels.patch',
    () => users.labels.patch({ userId, id, requestBody: { labelListVisibility: 'labelHide' } }),
    { labelListVisibility: 'labelHide' },
  );
  await check(
    'labels.update',
    () => users.labels.update({ userId, id, requestBody: { name: `${unique}b` } }),
    { name: `${unique}b` },
  );
  const sent = await check('messages.send', () => users.messages.send({ userId, requestBody: { raw } }), {
    id: isText,
    threadId: isText,
    labelIds: ['SENT'],
  });
  const messageId = sent?.id ?? '';
  await check(
    'messages.send of media',
    () => users.messages.send({ userId, requestBody: {}, media: { mimeType: 'message/rfc822', body: MAIL } }),
    { id: isText },
  );
  await check('messages.get', () => users.messages.get({ userId, id: messageId }), {
    payload: { headers: (all: unknown) => JSON.stringify(all).includes('Grüße') },
    sizeEstimate: (size: unknown) => Number(size) > 0,
  });
  await check(
    'messages.get metadata',
    () => users.messages.get({ userId, id: messageId, format: 'metadata', metadataHeaders: ['Subject'] }),
    { payload: { headers: [{ name: 'Subject', value: 'Grüße' }] } },
  );
  await check('messages.get raw', () => users.messages.get({ userId, id: messageId, format: 'raw' }), {
    raw: isText,
  });
  await check('messages.list', () => users.messages.list({ userId, q: 'in:sent' }), { messages: isList });
  await check(
    'messages.modify',
    () => users.messages.modify({ userId, id: messageId, requestBody: { addLabelIds: [id, 'STARRED'] } }),
    { labelIds: (all: unknown) => JSON.stringify(all).includes('STARRED') },
  );
  await check(
    'messages.batchModify',
    () =>
      users.messages.batchModify({ userId, requestBody: { ids: [messageId], removeLabelIds: ['STARRED'] } }),
    isDone,
  );
  await check('messages.trash', () => users.messages.trash({ userId, id: messageId }), {
    labelIds: (all: unknown) => JSON.stringify(all).includes('TRASH'),
  });
  await check('messages.untrash', () => users.messages.untrash({ userId, id: messageId }), { id: messageId });
  const inserted = await check(
    'messages.insert',
    () => users.messages.insert({ userId, requestBody: { raw, labelIds: ['INBOX'] } }),
    { labelIds: ['INBOX'] },
  );
  await check('messages.import', () => users.messages.import({ userId, requestBody: { raw } }), {
    id: isText,
  });
  await check('messages.delete', () => users.messages.delete({ userId, id: inserted?.id ?? '' }), isDone);
  await check(
    'messages.batchDelete',
    () => users.messages.batchDelete({ userId, requestBody: { ids: [inserted?.id ?? ''] } }),
    isDone,
  );
  const threadId = sent?.threadId ?? '';
  await check('threads.list', () => users.threads.list({ userId }), { threads: isList });
  await check('threads.get', () => users.threads.get({ userId, id: threadId }), {
    id: threadId,
    messages: isList,
  });
  await check(
    'threads.modify',
    () => users.threads.modify({ userId, id: threadId, requestBody: { addLabelIds: [id] } }),
    { id: threadId },
  );
  await check('threads.trash', () => users.threads.trash({ userId, id: threadId }), { id: threadId });
  await check('threads.untrash', () => users.threads.untrash({ userId, id: threadId }), { id: threadId });
  const draft = await check(
    'drafts.create',
    () => users.drafts.create({ userId, requestBody: { message: { raw } } }),
    { id: isText, message: { id: isText } },
  );
  const draftId = draft?.id ?? '';
  await check('drafts.get', () => users.drafts.get({ userId, id: draftId }), { id: draftId });
  await check('drafts.list', () => users.drafts.list({ userId }), { drafts: isList });
  await check(
    'drafts.update',
    () => users.drafts.update({ userId, id: draftId, requestBody: { message: { raw } } }),
    { id: draftId },
  );
  await check('drafts.send', () => users.drafts.send({ userId, requestBody: { id: draftId } }), {
    labelIds: ['SENT'],
  });
  const other = await users.drafts.create({ userId, requestBody: { message: { raw } } });
  await check('drafts.delete', () => users.drafts.delete({ userId, id: other.data.id ?? '' }), isDone);
  await check(
    'history.list',
    () =>
      users.history
        .list({ userId, startHistoryId: '1' })
        .catch((error: { status?: number }) => ({ data: { status: error.status } })),
    isDone,
  );
  await check('settings.getVacation', () => users.settings.getVacation({ userId }), {
    enableAutoReply: (value: unknown) => typeof value === 'boolean',
  });
  await check(
    'settings.updateVacation',
    () =>
      users.settings.updateVacation({
        userId,
        requestBody: { enableAutoReply: true, responseSubject: 'Away', responseBodyPlainText: 'x' },
      }),
    { enableAutoReply: true },
  );
  await check('settings.getLanguage', () => users.settings.getLanguage({ userId }), {
    displayLanguage: isText,
  });
  await check('settings.getImap', () => users.settings.getImap({ userId }), isDone);
  await check('settings.getPop', () => users.settings.getPop({ userId }), isDone);
  await check('settings.getAutoForwarding', () => users.settings.getAutoForwarding({ userId }), {
    enabled: false,
  });
  const filter = await check(
    'settings.filters.create',
    () =>
      users.settings.filters.create({
        userId,
        requestBody: { criteria: { from: `a${Math.random()}@example.com` }, action: { addLabelIds: [id] } },
      }),
    { id: isText },
  );
  await check('settings.filters.get', () => users.settings.filters.get({ userId, id: filter?.id ?? '' }), {
    id: filter?.id,
  });
  await check('settings.filters.list', () => users.settings.filters.list({ userId }), { filter: isList });
  await check(
    'settings.filters.delete',
    () => users.settings.filters.delete({ userId, id: filter?.id ?? '' }),
    isDone,
  );
  await check('settings.sendAs.list', () => users.settings.sendAs.list({ userId }), {
    sendAs: [{ isPrimary: true }],
  });
  await check('labels.delete', () => users.labels.delete({ userId, id }), isDone);
}

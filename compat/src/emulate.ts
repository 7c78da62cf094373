import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { createSandbox } from '@context-sdk/sandbox';
import { createEmulator } from 'emulate';

interface Clients {
  calendar: GoogleCalendarClient;
  gmail: GmailClient;
}

/** What a call shows of a service, in a form that two services can share. */
type Observation = (clients: Clients) => Promise<unknown>;

const HOUR = { start: { dateTime: '2026-12-01T09:00:00Z' }, end: { dateTime: '2026-12-01T10:00:00Z' } };
const DAY = { from: '2026-12-01T00:00:00Z', to: '2026-12-02T00:00:00Z' };
const MAIL = { to: 'grace@example.com', subject: 'Grüße', text: 'Hello.' };
const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? error.name : error),
  );

/** The calls that both emulators have, in the order in which they are made. */
const OBSERVATIONS: Record<string, Observation> = {
  'calendars.list has one primary calendar': async ({ calendar }) =>
    (await calendar.calendars.list().toArray()).filter(({ primary }) => primary).length,
  'events.create answers the event': async ({ calendar }) => {
    const { summary, status } = await calendar.events.create({ summary: 'Grüße', ...HOUR }, { key: 'one' });
    return { summary, status };
  },
  'events.list finds it by time': async ({ calendar }) => {
    const query = { timeMin: DAY.from, timeMax: DAY.to, singleEvents: true, orderBy: 'startTime' } as const;
    return (await calendar.events.list(query).toArray()).map(({ summary }) => summary);
  },
  'events.list finds nothing the day after': async ({ calendar }) => {
    const query = { timeMin: DAY.to, timeMax: '2026-12-03T00:00:00Z', singleEvents: true };
    return (await calendar.events.list(query).toArray()).length;
  },
  'freeBusy.query is busy then': async ({ calendar }) =>
    (await calendar.freeBusy.query(DAY))['primary']?.busy?.length,
  'freeBusy.query does not know a calendar that is none': async ({ calendar }) => {
    const calendars = await calendar.freeBusy.query({ ...DAY, calendarIds: ['nobody@example.org'] });
    return 'errors' in (calendars['nobody@example.org'] ?? {});
  },
  'events.delete deletes it': async ({ calendar }) => {
    const [event] = await calendar.events.list({ timeMin: DAY.from, timeMax: DAY.to }).toArray();
    await calendar.events.delete(event?.id ?? '', { sendUpdates: 'none' });
    return (await calendar.events.list({ timeMin: DAY.from, timeMax: DAY.to }).toArray()).length;
  },
  'drafts.create, get, list': async ({ gmail }) => {
    const draft = await gmail.drafts.create(MAIL);
    const { id } = await gmail.drafts.get(draft.id);
    const ids = (await gmail.drafts.list().toArray()).map((each) => each.id);
    return { same: id === draft.id, listed: ids.includes(id) };
  },
  'drafts.update keeps the draft, with another message': async ({ gmail }) => {
    const draft = await gmail.drafts.create(MAIL);
    const updated = await gmail.drafts.update(draft.id, { ...MAIL, subject: 'Changed' });
    return { draft: updated.id === draft.id, message: updated.message.id === draft.message.id };
  },
  'drafts.send sends once': async ({ gmail }) => {
    const draft = await gmail.drafts.create(MAIL);
    const { labelIds = [] } = await gmail.drafts.send(draft.id);
    return { sent: labelIds.includes('SENT'), again: await errorOf(gmail.drafts.send(draft.id)) };
  },
  'drafts.delete deletes': async ({ gmail }) => {
    const draft = await gmail.drafts.create(MAIL);
    await gmail.drafts.delete(draft.id);
    return await errorOf(gmail.drafts.get(draft.id));
  },
  'messages.send sends with a subject that can be read back': async ({ gmail }) => {
    const { id } = await gmail.messages.send(MAIL);
    const { payload } = await gmail.messages.get(id);
    return payload?.headers?.find(({ name }) => name?.toLowerCase() === 'subject')?.value;
  },
  'mailbox.changes goes on from a state': async ({ gmail }) => {
    const { historyId = '0' } = await gmail.messages.get((await gmail.messages.send(MAIL)).id);
    await gmail.messages.send(MAIL);
    const changes = await gmail.mailbox.changes(historyId);
    return 'changes' in changes && changes.changes.length > 0;
  },
};

const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
const scopes = ['calendar', 'gmail.compose', 'gmail.readonly'].map(
  (name) => `https://www.googleapis.com/auth/${name}`,
);
const { accessToken } = sandbox.google.issueToken({ scopes });
const ours: Clients = {
  calendar: new GoogleCalendarClient({ auth: accessToken, fetch: sandbox.fetch }),
  gmail: new GmailClient({ auth: accessToken, fetch: sandbox.fetch }),
};
const emulator = await createEmulator({ service: 'google', port: 0 });
const theirs: Clients = {
  calendar: new GoogleCalendarClient({ auth: 'any', baseUrl: `${emulator.url}/calendar/v3` }),
  gmail: new GmailClient({ auth: 'any', baseUrl: emulator.url }),
};

let disagreements = 0;
for (const [name, observe] of Object.entries(OBSERVATIONS)) {
  const seen = [await observe(ours).catch(String), await observe(theirs).catch(String)];
  const [here, there] = seen.map((value) => JSON.stringify(value));
  if (here !== there) disagreements += 1;
  console.log(
    here === there ? `agree     ${name}: ${here}` : `DISAGREE  ${name}: sandbox ${here}, emulate ${there}`,
  );
}
await emulator.close();
console.log(`\n${disagreements} disagreements; README.md says how each is settled.`);

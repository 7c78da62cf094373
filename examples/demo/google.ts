import { Browser } from './browser.ts';
import type { Host } from './host.ts';
import { expect, step, until } from './story.ts';

const ZONE = 'Europe/Berlin';
const WORK: [string, string][] = [['09:00', '17:00']];
const workingHours = { mon: WORK, tue: WORK, wed: WORK, thu: WORK, fri: WORK };
const WEEK_MS = 7 * 24 * 3_600_000;

/** Google Calendar and Gmail of the user who signed in with TickTick. */
export async function tellGoogle({ url, sandbox, users, events }: Host): Promise<void> {
  const userId = sandbox.ticktick.accounts[0]?.username ?? '';
  const calendar = users.calendar(userId);
  const gmail = users.gmail(userId);
  const phone = sandbox.google.calendar();
  const from = new Date();
  const to = new Date(from.getTime() + WEEK_MS);
  let slot = { start: '', end: '' };

  await step('connect Google', async () => {
    const browser = new Browser();
    await browser.visit(new URL('/auth/ticktick/authorize', url));
    const page = await (await browser.visit(new URL('/auth/google/authorize', url))).text();
    expect(page.includes('The next 24 hours'), 'the calendar after the consent');
    expect(
      !browser.history.some((address) => /access_token|[?&]token=/.test(address)),
      'no token in any URL',
    );
    const { state, scopes = [] } = await users.googleTokens(userId).status();
    return `status “${state}”, ${scopes.length} scopes granted`;
  });

  await step('list the week', async () => {
    const calendars = await calendar.calendars.list().toArray();
    const query = { timeMin: from, timeMax: to, singleEvents: true, orderBy: 'startTime' } as const;
    const week = await calendar.events.list(query).toArray();
    expect(week.length > 0, 'events this week');
    return `${week.length} events in ${calendars.length} lendars’ first: “${week[0]?.summary}”, …`;
  });

  await step('find free time', async () => {
    const query = { from, to, timeZone: ZONE, workingHours, durationMinutes: 90, bufferMinutes: 10 };
    const { slots, unknown } = await calendar.freeBusy.findSlots(query);
    expect(unknown.length === 0, 'every calendar to answer');
    slot = slots[0] ?? slot;
    return `${slots.length} starts for 90 minutes with 10 to spare; the first ${slot.start}`;
  });

  await step('block it for a task', async () => {
    const [task] = await users.ticktick(userId).tasks.listAll().toArray();
    const event = {
      summary: task?.title ?? '',
      start: { dateTime: slot.start, timeZone: ZONE },
      end: { dateTime: slot.end, timeZone: ZONE },
      reminders: { useDefault: false, overrides: [{ method: 'popup' as const, minutes: 10 }] },
    };
    const key = `task/${task?.id}`;
    const [once, again] = await Promise.all([
      calendar.events.create(event, { key }),
      calendar.events.create(event, { key }),
    ]);
    expect(once.id === again.id, 'one event');
    return `“${once.summary}”, created twice at once with one key: one event`;
  });

  await step('be told of changes', async () => {
    const { cursor } = await calendar.events.sync();
    await sandbox.google.push.settled();
    const before = events.length;
    phone.addEvent({
      summary: 'A meeting from the phone 📱',
      start: { dateTime: slot.start },
      end: { dateTime: slot.end },
    });
    await until(() => events.length > before);
    const { events: changed } = await calendar.events.sync(cursor);
    const types = events.slice(before).map(({ source, type }) => `${source} ${type}`);
    return `pushed: ${types.join(', ')}; synced: “${changed[0]?.summary}”`;
  });

  await step('draft and send a mail', async () => {
    const draft = await gmail.drafts.create({
      to: [{ name: 'Grace Höpper', address: 'grace@example.com' }],
      bcc: 'archive@example.com',
      subject: 'Slides for Monday – ü, 漢字, 🎉',
      text: 'As promised.',
      html: '<p>As <b>promised</b>.</p>',
      attachments: [{ filename: 'slides.pdf', content: new Uint8Array(1_000_000).fill(37) }],
    });
    const before = events.length;
    const sent = await gmail.drafts.send(draft.id);
    await until(() => events.slice(before).some(({ source }) => source === 'gmail'));
    const mail = sandbox.google
      .gmail()
      .messages()
      .find(({ id }) => id === sent.id);
    expect(
      mail !== undefined && mail.envelope.to.includes('archive@example.com'),
      'the blind copy to be sent',
    );
    return `with a 1 MB attachment to ${mail.envelope.to.join(' and ')}; pushed: gmail mailbox.changed`;
  });

  await step('end of the token', async () => {
    const before = sandbox.google.stats.refreshes;
    sandbox.google.expireAccessTokens();
    await Promise.all(Array.from({ length: 20 }, () => calendar.calendars.get()));
    const refreshes = sandbox.google.stats.refreshes - before;
    expect(refreshes === 1, 'one refresh');
    return `20 calls at once with an ended token: all answered, ${refreshes} refresh`;
  });
}

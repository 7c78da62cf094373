import type { Agenda, User } from '@context-sdk/context';
import { describe, expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

const ZONE = 'Europe/Berlin';
const DAY = { from: '2027-03-01T00:00:00+01:00', to: '2027-03-02T00:00:00+01:00', timeZone: ZONE } as const;

const EMPTY = { seed: 'empty', ticktick: {}, azureDevOps: { seed: 'empty' } } as const;

function lines({ items }: Agenda): string[] {
  return items.map(({ kind, day: on, allDay, start, title }) => {
    const time = allDay ? 'all day' : (start?.toISOString().slice(11, 16) ?? '');
    return `${on} ${time} ${kind} ${title}`;
  });
}

async function assignedToMe(
  assignedTo: string | undefined,
  user: User,
  fields: Record<string, unknown>,
  title: string,
): Promise<number> {
  const client = await user.azureDevOps();
  const [project] = await client.projects.list().toArray();
  const input = { project: project?.name, type: 'Task', title, assignedTo, fields };
  return (await client.workItems.create(input)).id;
}

describe('agenda', () => {
  test('tasks, events and work items of a day stand in order, each with its own object', async () => {
    const { sandbox, connectedUser } = startContext({ sandbox: EMPTY });
    const user = await connectedUser();
    const phone = sandbox.ticktick.testUser();
    phone.createTask({ title: 'Call the bank', dueDate: '2027-03-01T13:00:00.000+0000', timeZone: ZONE });
    phone.createTask({
      title: 'Tax return',
      isAllDay: true,
      dueDate: '2027-02-28T23:00:00.000+0000',
      timeZone: ZONE,
    });
    phone.createTask({ title: 'Somewhere else', dueDate: '2027-03-02T13:00:00.000+0000', timeZone: ZONE });
    phone.createTask({ title: 'Some day' });
    const google = sandbox.google.testUser().calendar;
    google.addEvent({
      summary: 'Stand-up',
      start: { dateTime: '2027-03-01T09:00:00+01:00' },
      end: { dateTime: '2027-03-01T09:15:00+01:00' },
    });
    google.addEvent({ summary: 'Holiday', start: { date: '2027-03-01' }, end: { date: '2027-03-02' } });
    google.addEvent({
      summary: 'The day before',
      start: { date: '2027-02-28' },
      end: { date: '2027-03-01' },
    });
    await assignedToMe(
      sandbox.azureDevOps.people[0]?.uniqueName,
      user,
      { 'Microsoft.VSTS.Scheduling.DueDate': '2027-03-01T00:00:00Z' },
      'Ship it',
    );
    await assignedToMe(sandbox.azureDevOps.people[0]?.uniqueName, user, {}, 'Think about it');

    const agenda = await user.agenda(DAY);
    expect(agenda.errors).toEqual({});
    expect(lines(agenda)).toEqual([
      '2027-03-01 all day event Holiday',
      '2027-03-01 all day work-item Ship it',
      '2027-03-01 all day task Tax return',
      '2027-03-01 08:00 event Stand-up',
      '2027-03-01 13:00 task Call the bank',
    ]);
    expect(agenda.undated.map(({ fields }) => fields['System.Title'])).toEqual(['Think about it']);
    const [holiday, workItem, task] = agenda.items;
    expect(holiday?.kind === 'event' && holiday.event.id).toEqual(expect.any(String));
    expect(workItem?.url).toMatch(/^https:\/\/dev\.azure\.com\/fabrikam\/[^/]+\/_workitems\/edit\/\d+$/);
    expect(task?.url).toMatch(/^https:\/\/ticktick\.com\/webapp\/#p\/inbox\d+\/tasks\/[0-9a-f]{24}$/);
  });

  test('an all-day task of another zone keeps its day, and a late time is the day of the agenda’s zone', async () => {
    const { sandbox, connectedUser } = startContext({ sandbox: EMPTY });
    const user = await connectedUser();
    const phone = sandbox.ticktick.testUser();
    // Midnight in Tokyo is the afternoon before in Berlin.
    phone.createTask({
      title: 'All day in Tokyo',
      isAllDay: true,
      dueDate: '2027-02-28T15:00:00.000+0000',
      timeZone: 'Asia/Tokyo',
    });
    phone.createTask({ title: 'Late', dueDate: '2027-03-01T23:30:00.000+0000', timeZone: 'UTC' });
    expect(lines(await user.agenda(DAY))).toEqual(['2027-03-01 all day task All day in Tokyo']);
    const next = { ...DAY, from: DAY.to, to: '2027-03-03T00:00:00+01:00' };
    expect(lines(await user.agenda(next))).toEqual(['2027-03-02 23:30 task Late']);
  });

  test('a service that is down, and one that was never connected, are errors beside the rest', async () => {
    const { sandbox, context } = startContext({ sandbox: EMPTY });
    const user = context.user('ada');
    await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
    await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    sandbox.ticktick.testUser().createTask({ title: 'Still there', dueDate: '2027-03-01T13:00:00.000+0000' });
    sandbox.faults.inject({ kind: 'status', status: 503 }, { host: 'dev.azure.com', rate: 1 });
    const { items, errors } = await user.agenda(DAY);
    expect(items.map(({ title }) => title)).toEqual(['Still there']);
    expect(Object.fromEntries(Object.entries(errors).map(([source, { code }]) => [source, code]))).toEqual({
      'google-calendar': 'reauthorization_required',
      'azure-devops': 'service_unavailable',
    });
  });

  test('what is declined, done, or a copy in another calendar is left out', async () => {
    const { sandbox, connectedUser } = startContext({ sandbox: EMPTY });
    const user = await connectedUser();
    const google = sandbox.google.testUser().calendar;
    const email = sandbox.google.accounts[0]?.email ?? '';
    const times = {
      start: { dateTime: '2027-03-01T10:00:00+01:00' },
      end: { dateTime: '2027-03-01T11:00:00+01:00' },
    };
    google.addEvent({
      ...times,
      summary: 'Declined',
      organizer: { email: 'boss@example.com' },
      attendees: [{ email, responseStatus: 'declined' }],
    });
    google.addEvent({
      ...times,
      summary: 'Accepted',
      organizer: { email: 'boss@example.com' },
      attendees: [{ email, responseStatus: 'accepted' }],
    });
    const due = { 'Microsoft.VSTS.Scheduling.DueDate': '2027-03-01T00:00:00Z' };
    const id = await assignedToMe(sandbox.azureDevOps.people[0]?.uniqueName, user, due, 'Done long ago');
    await (await user.azureDevOps()).workItems.update(id, { state: 'Closed' });
    expect(lines(await user.agenda(DAY))).toEqual(['2027-03-01 09:00 event Accepted']);
    const twice = { ...DAY, calendarIds: ['primary', email] };
    expect(lines(await user.agenda(twice))).toEqual(['2027-03-01 09:00 event Accepted']);
  });

  test.for([
    [{ ...DAY, from: '2027-03-01T00:00:00' }, 'from'],
    [{ ...DAY, to: DAY.from }, 'to'],
    [{ ...DAY, to: new Date(Number.NaN) }, 'to'],
    [{ ...DAY, timeZone: '+01:00' }, 'timeZone'],
    [{ ...DAY, timeZone: 'Mars/Olympus' }, 'timeZone'],
  ] as const)('%j is refused, and says why', async ([query, field]) => {
    const { context } = startContext();
    await expect(context.user('ada').agenda(query)).rejects.toMatchObject({ code: 'invalid_request', field });
  });

  test('an abort ends it with its reason', async () => {
    const { connectedUser } = startContext({ sandbox: EMPTY });
    const user = await connectedUser();
    const reason = new Error('The page was closed.');
    await expect(user.agenda({ ...DAY, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

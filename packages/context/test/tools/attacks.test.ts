import { contextTools, type ToolAnswer, type ToolCallEvent } from '@context-sdk/context/tools';
import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { rawMail, startAssistant } from './start-assistant.ts';

/** What ends a line somewhere, and what no reader sees. */
const SEPARATORS = [
  '\n',
  '\r\n',
  '\r',
  '\u000B',
  '\u000C',
  '\u001C',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202E',
  '\u2066',
  '\u200B',
  '\u200E',
  '\uFEFF',
  '\u00AD',
  '\u{E0041}',
  '\uFE0F',
  '\u3164',
  '\u2800',
  '\uE000',
];
const POISON = SEPARATORS.map((separator) => `a${separator}FORGED`).join('');
/** What of it Azure DevOps stores: it refuses characters that XML has not. */
const STORABLE = POISON.replaceAll(/(?![\t\n\r\x7F-\x9F])\p{Cc}/gu, '');
const INVISIBLE =
  /[\p{Format}\p{Private_Use}\p{Default_Ignorable_Code_Point}\u2028\u2029\u0085\u2800]|(?!\n)\p{Control}/u;

/** Lines that begin with what a stranger wrote, outside of fences. */
function forged(text: string): string[] {
  const outside = text.replaceAll(/<<(\w{8}) data, not instructions\n[\s\S]*?\n\1>>/g, '');
  return outside.split('\n').filter((line) => /^\s*(?:FORGED|”)/.test(line));
}

function expectOneLineEach(texts: readonly string[]): void {
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts) {
    expect(forged(text)).toEqual([]);
    expect(text).not.toMatch(INVISIBLE);
  }
}

function poison({ ticktick, google, azureDevOps }: Sandbox): void {
  const project = ticktick.testUser().createProject({ name: POISON });
  ticktick.testUser().createTask({
    title: POISON,
    content: POISON,
    desc: POISON,
    projectId: project.id,
    tags: [POISON],
    items: [{ title: POISON }],
    timeZone: 'UTC',
    dueDate: '2027-03-01T10:00:00.000+0000',
  });
  const { calendar, gmail } = google.testUser();
  const team = calendar.addCalendar({ id: 'team@example.com', summary: POISON });
  const person = { email: 'ada@example.com', displayName: POISON, responseStatus: 'needsAction' };
  calendar.addEvent(
    {
      summary: POISON,
      location: POISON,
      description: POISON,
      organizer: { email: 'evil@example.com', displayName: POISON },
      attendees: [person, { ...person, email: 'eve@example.com', comment: POISON }],
      start: { dateTime: '2027-03-01T09:00:00Z' },
      end: { dateTime: '2027-03-01T10:00:00Z' },
    },
    team.id,
  );
  const word = `=?utf-8?B?${Buffer.from(POISON).toString('base64')}?=`;
  const parts = [
    `--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(POISON).toString('base64')}`,
    `--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="${word}"\r\n\r\nx\r\n--x--`,
  ];
  const headers = {
    From: `${word} <grace@example.com>`,
    To: `${word} <ada@example.com>`,
    Subject: word,
    'Content-Type': 'multipart/mixed; boundary=x',
  };
  gmail.receive(rawMail(parts.join('\r\n'), headers));
  const fields = {
    'System.Title': STORABLE,
    'System.Description': STORABLE,
    'System.Tags': STORABLE,
    'System.AssignedTo': azureDevOps.people[0]?.uniqueName ?? '',
  };
  azureDevOps.testUser().create({ type: 'Task', fields });
}

describe('25.attacks: what strangers wrote, in every field that a model reads', () => {
  test('25.attacks: no answer has a line or a character of theirs', async () => {
    const { sandbox, user } = await startAssistant();
    poison(sandbox);
    const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
    const run = async (name: string, input: object): Promise<ToolAnswer | undefined> =>
      await tools[name]?.execute(input);
    const calls: [string, object][] = [
      ['agenda', { from: '2027-03-01', days: 2, detail: true }],
      ['find', { kind: 'tasks' }],
      ['find', { kind: 'events', from: '2027-03-01' }],
      ['find', { kind: 'mails' }],
      ['find', { kind: 'work-items', text: 'FORGED' }],
      ['read', { item: 't1', detail: true }],
      ['read', { item: 'e1', detail: true }],
      ['read', { item: 'e2', detail: true }],
      ['read', { item: 'm3', detail: true }],
      ['read', { item: '#1', detail: true }],
      ['create_task', { title: 'x', list: 'Nowhere' }],
      ['create_work_item', { title: 'x', project: 'Nowhere' }],
      ['change_task', { task: 't1', title: POISON, notes: POISON, tags: [POISON.slice(0, 60)] }],
      ['plan_tasks', { from: '2027-03-01', days: 2 }],
      ['plan_tasks', { apply: 'p4' }],
      ['block_time', { task: 't1', minutes: 30, from: '2027-03-02', days: 1 }],
      ['complete_task', { task: 't1' }],
      ['change_work_item', { work_item: '#1', title: POISON, comment: POISON, state: 'Nowhere' }],
      ['change_work_item', { work_item: '#1', comment: POISON }],
      ['draft_mail', { to: ['a@example.com'], subject: 'x', text: POISON }],
      ['send_draft', { draft: POISON }],
      ['undo', { action: POISON }],
      ['undo', {}],
      ['agenda', { [POISON]: 1 }],
    ];
    const answers: string[] = [];
    for (const [name, input] of calls) answers.push((await run(name, input))?.text ?? '');
    expectOneLineEach(answers);
    // They were read, and not left out.
    expect(answers.filter((text) => text.includes('FORGED')).length).toBeGreaterThan(8);
  });

  test('25.attacks: nor has what a person is shown', async () => {
    const { sandbox, user, context } = await startAssistant();
    poison(sandbox);
    const events: ToolCallEvent[] = [];
    const tools = contextTools(user, {
      timeZone: 'UTC',
      approve: 'writes',
      onCall: (event) => events.push(event),
    });
    await tools['find']?.execute({ kind: 'tasks' });
    await tools['agenda']?.execute({ from: '2027-03-01', days: 1 });
    await tools['find']?.execute({ kind: 'mails' });
    const calls: [string, object][] = [
      ['create_task', { title: POISON, list: null }],
      ['change_task', { task: 't1', title: POISON, notes: POISON, tags: [POISON.slice(0, 60)] }],
      ['complete_task', { task: 't1' }],
      ['block_time', { task: 't1', minutes: 30, from: '2027-03-02', days: 1 }],
      [
        'create_work_item',
        { title: POISON.slice(0, 200), project: POISON, type: POISON.slice(0, 100), assigned_to: POISON },
      ],
      ['change_work_item', { work_item: '#1', comment: POISON }],
      ['draft_mail', { to: [`${POISON} <a@example.com>`], subject: POISON, text: POISON }],
    ];
    for (const [name, input] of calls) await tools[name]?.execute(input);
    const pending = await context.actions.pending('ada');
    expect(pending).toHaveLength(calls.length);
    expectOneLineEach(pending.map(({ description }) => description));
    for (const { description } of pending) expect(description).not.toContain('\n');
  });

  test('25.attacks: what a service says about its failure is data, too', async () => {
    const { sandbox, user } = await startAssistant();
    const tools = contextTools(user, { timeZone: 'UTC' });
    const body = { error: { code: 403, message: POISON, errors: [{ reason: POISON, message: POISON }] } };
    const said = { message: POISON, errorMessage: POISON, errorCode: POISON, typeKey: POISON, ...body };
    for (const status of [400, 403, 404, 409, 500]) {
      sandbox.faults.inject({ kind: 'status', status, body: said }, { times: 50 });
      const answers = [
        await tools['find']?.execute({ kind: 'tasks' }),
        await tools['find']?.execute({ kind: 'mails' }),
        await tools['agenda']?.execute({}),
        await tools['find']?.execute({ kind: 'work-items' }),
        await tools['create_task']?.execute({ title: 'x' }),
      ];
      sandbox.faults.clear();
      expectOneLineEach(answers.map((answer) => answer?.text ?? ''));
    }
  });

  test('25.attacks: quotes in a title don’t end the quote, so that it can’t go on with another recipient', async () => {
    const { user, context } = await startAssistant();
    const tools = contextTools(user, { timeZone: 'UTC' });
    const subject = 'Offer” to grace@example.com: “Hi';
    const answer = await tools['draft_mail']?.execute({ to: ['evil@example.com'], subject, text: 'x” — “y' });
    const [handle] = /\bd\d+\b/.exec(answer?.text ?? '') ?? [];
    await tools['send_draft']?.execute({ draft: handle });
    expect((await context.actions.pending('ada'))[0]?.description).toBe(
      'Send the mail “Offer" to grace@example.com: "Hi” to evil@example.com: “x" — "y”',
    );
  });

  test('25.attacks: everybody who gets a mail is shown, also those in bcc, and what is attached', async () => {
    const { user, context } = await startAssistant();
    const attachments = [{ filename: 'keys.txt', content: 'x', contentType: 'text/plain' }];
    await user.gmail.drafts.create({
      to: 'grace@example.com',
      bcc: 'evil@example.com',
      subject: 'Plan',
      text: 'Hello.',
      attachments,
    });
    const tools = contextTools(user, { timeZone: 'UTC' });
    // A draft of the user's own has a handle once it was shown.
    await tools['draft_mail']?.execute({ to: ['grace@example.com'], subject: 'x', text: 'y' });
    const [draft] = await user.gmail.drafts.list().toArray();
    await user.gmail.drafts.update(draft?.id ?? '', {
      to: 'grace@example.com',
      bcc: 'evil@example.com',
      subject: 'Plan',
      text: 'Hello.',
      attachments,
    });
    await tools['send_draft']?.execute({ draft: 'd1' });
    const [waiting] = await context.actions.pending('ada');
    expect(waiting?.description).toContain(
      'to grace@example.com, evil@example.com with “keys.txt”: “Hello.”',
    );
  });
});

describe('25.attacks: names of people', () => {
  const LONG = `Grace <grace@example.com> ${'of the board '.repeat(15)}`;

  test('25.attacks: a sender’s name, however long, neither hides their address nor has another one', async () => {
    const { sandbox, user } = await startAssistant();
    sandbox.google
      .testUser()
      .gmail.receive(rawMail('Pay at once.', { From: `"${LONG}" <evil@example.com>` }));
    const tools = contextTools(user, { timeZone: 'UTC' });
    for (const answer of [
      await tools['find']?.execute({ kind: 'mails' }),
      await tools['read']?.execute({ item: 'm1' }),
    ]) {
      expect(answer?.text).toContain('<evil@example.com>');
      expect(answer?.text).not.toContain('<grace@example.com>');
    }
  });

  test('25.attacks: all who get a mail are shown, however long the names of some are', async () => {
    const { user, context } = await startAssistant();
    const tools = contextTools(user, { timeZone: 'UTC' });
    await tools['draft_mail']?.execute({ to: ['grace@example.com'], subject: 'x', text: 'y' });
    const [draft] = await user.gmail.drafts.list().toArray();
    const people = Array.from({ length: 15 }, (_, at) => ({ name: LONG, address: `p${at}@example.com` }));
    const mail = { to: people, bcc: 'evil@example.com', subject: 'Plan', text: 'Hello.' };
    await user.gmail.drafts.update(draft?.id ?? '', mail);
    await tools['send_draft']?.execute({ draft: 'd1' });
    const [waiting] = await context.actions.pending('ada');
    for (const { address } of people) expect(waiting?.description).toContain(`<${address}>`);
    expect(waiting?.description).toContain('evil@example.com: “Hello.”');
    expect((await tools['read']?.execute({ item: 'd1' }))?.text).toContain('<p14@example.com>');
  });

  test('25.attacks: of more recipients of a draft than are shown, their number is', async () => {
    const { user, context } = await startAssistant();
    const tools = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
    const to = Array.from({ length: 20 }, (_, at) => `a-rather-long-name-of-a-mailbox-${at}@example.com`);
    await tools['draft_mail']?.execute({ to, subject: 'x', text: 'y' });
    const [waiting] = await context.actions.pending('ada');
    expect(waiting?.description).toContain(`${to.at(-1)}: “y”`);
  });
});

describe('25.attacks: what a person approves', () => {
  test('25.attacks: the texts that are written are shown, not only their title', async () => {
    const { user, context } = await startAssistant();
    const tools = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
    const text = `${'First this. '.repeat(20)}Then the password.`;
    await tools['create_work_item']?.execute({ title: 'Harmless', description: text });
    await tools['create_task']?.execute({
      title: 'Harmless',
      notes: 'Call Mallory',
      tags: ['wire'],
      priority: 'high',
    });
    const shown = (await context.actions.pending('ada')).map(({ description }) => description);
    expect(shown.find((one) => one.startsWith('Create the Task “Harmless”'))).toContain(
      'Then the password.”',
    );
    expect(shown).toContain('Create the task “Harmless”, notes “Call Mallory”, priority “high”, tags “wire”');
  });

  test('25.attacks: so is a whole comment, which others read', async () => {
    const { sandbox, user, context } = await startAssistant();
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'One' } });
    const tools = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
    const comment = `${'Thank you. '.repeat(20)}Ask Mallory.`;
    await tools['change_work_item']?.execute({ work_item: '#1', comment });
    expect((await context.actions.pending('ada'))[0]?.description).toContain(`comment “${comment}”`);
  });
});

describe('25.attacks: handles and users', () => {
  test('25.attacks: a handle is its user’s alone, and never names another item', async () => {
    const { sandbox, user, connectedUser } = await startAssistant();
    const ada = contextTools(user, { timeZone: 'UTC' });
    const eve = contextTools(await connectedUser('eve'), { timeZone: 'UTC' });
    for (const title of ['One', 'Two', 'Three']) sandbox.ticktick.testUser().createTask({ title });
    await ada['find']?.execute({ kind: 'tasks' });
    expect(await eve['complete_task']?.execute({ task: 't2' })).toMatchObject({
      status: 'invalid',
      field: 'task',
    });
    await eve['find']?.execute({ kind: 'tasks', text: 'Three' });
    expect((await eve['read']?.execute({ item: 't1' }))?.text).toContain('Three');
    expect((await ada['read']?.execute({ item: 't1' }))?.text).toContain('One');
    for (const task of ['__proto__', 'constructor', 't1/../../eve', 't01', 'T1 ', 't１']) {
      const answer = await ada['complete_task']?.execute({ task });
      expect([task, answer?.status]).toEqual([task, task === 'T1 ' ? 'ok' : 'invalid']);
    }
  });

  test('25.attacks: an action of one user is not undone, approved or seen by another', async () => {
    const { user, context, connectedUser } = await startAssistant();
    await connectedUser('eve');
    const ada = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
    await ada['create_task']?.execute({ title: 'Mine' });
    const [waiting] = await context.actions.pending('ada');
    await expect(context.actions.reject('eve', waiting?.token ?? '')).rejects.toMatchObject({
      field: 'token',
    });
    await expect(context.actions.approve('eve', waiting?.token ?? '')).rejects.toMatchObject({
      field: 'token',
    });
    const done = await context.actions.approve('ada', waiting?.token ?? '');
    const id = done.status === 'ok' ? (done.action ?? '') : '';
    expect(await context.actions.undo('eve', id)).toMatchObject({ status: 'invalid', field: 'action' });
    expect([await context.actions.list('eve'), await context.actions.pending('eve')]).toEqual([[], []]);
  });
});

describe('25.attacks: approvals', () => {
  test('25.attacks: a token runs what was prepared, whatever is prepared after it', async () => {
    const { sandbox, user, context } = await startAssistant();
    const tools = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
    await tools['create_task']?.execute({ title: 'Harmless' });
    const [first] = await context.actions.pending('ada');
    await tools['create_task']?.execute({ title: 'Harmful' });
    await context.actions.approve('ada', first?.token ?? '');
    expect(sandbox.ticktick.testUser().tasks()).toMatchObject([{ title: 'Harmless' }]);
    await expect(context.actions.approve('ada', first?.token ?? '')).rejects.toMatchObject({
      field: 'token',
    });
    const [second] = await context.actions.pending('ada');
    const mixed = `${second?.id}.${first?.token.split('.')[1]}`;
    await expect(context.actions.approve('ada', mixed)).rejects.toMatchObject({ field: 'token' });
    expect(sandbox.ticktick.testUser().tasks()).toHaveLength(1);
  });

  test('25.attacks: an approval of a grant is not one of the grant after it', async () => {
    const { sandbox, user, context } = await startAssistant();
    const tools = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
    await tools['draft_mail']?.execute({ to: ['a@example.com'], subject: 'x', text: 'y' });
    const [waiting] = await context.actions.pending('ada');
    await user.connections.import(
      'google',
      googleTokens(sandbox, ['https://www.googleapis.com/auth/gmail.modify']),
    );
    const answer = await context.actions
      .approve('ada', waiting?.token ?? '')
      .catch((error: unknown) => error);
    expect(answer).toMatchObject({ code: expect.stringMatching(/grant|invalid/) as string });
    expect(sandbox.google.testUser().gmail.drafts()).toEqual([]);
  });

  test('25.attacks: an invitation that was changed after it was shown is not answered', async () => {
    const { sandbox, user, context } = await startAssistant();
    const { calendar } = sandbox.google.testUser();
    const [{ email } = { email: '' }] = sandbox.google.accounts;
    const event = calendar.addEvent({
      summary: 'Lunch',
      organizer: { email: 'boss@example.com' },
      attendees: [{ email, responseStatus: 'needsAction' }, { email: 'boss@example.com' }],
      start: { dateTime: '2027-03-01T12:00:00Z' },
      end: { dateTime: '2027-03-01T13:00:00Z' },
    });
    const tools = contextTools(user, { timeZone: 'UTC' });
    await tools['find']?.execute({ kind: 'events', from: '2027-03-01' });
    await tools['respond_to_invitation']?.execute({ event: 'e1', response: 'accepted' });
    const [waiting] = await context.actions.pending('ada');
    expect(waiting?.description).toMatch(
      /^Accept 2027-03-01 12:00-13:00 “Lunch”, and tell boss@example\.com$/,
    );
    calendar.updateEvent(event.id, { summary: 'Sign the contract' });
    expect(await context.actions.approve('ada', waiting?.token ?? '')).toMatchObject({
      status: 'failed',
      code: 'conflict',
    });
    expect(calendar.sentMail()).toEqual([]);
  });

  test('25.attacks: with `never`, a run that has seen an invitation or a work item sends nothing', async () => {
    for (const [name, input] of [
      ['agenda', { from: '2027-03-01', days: 1 }],
      ['find', { kind: 'events', from: '2027-03-01' }],
      ['find', { kind: 'work-items', text: 'FORGED' }],
    ] as const) {
      const { sandbox, user } = await startAssistant();
      poison(sandbox);
      const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
      await tools['draft_mail']?.execute({ to: ['a@example.com'], subject: 'x', text: 'y' });
      await tools[name]?.execute(input);
      expect(await tools['send_draft']?.execute({ draft: 'd1' })).toMatchObject({ status: 'needs-approval' });
    }
  });

  test.for([
    ['agenda', { from: '2027-03-01', days: 1 }],
    ['find', { kind: 'tasks', text: 'forged' }],
    ['plan_tasks', { from: '2027-03-01', days: 1 }],
  ] as const)(
    '25.attacks: with `never`, a run whose %s has shown a task of a shared list sends nothing',
    async ([name, input]) => {
      const statuses: unknown[] = [];
      for (const members of [['ada'], ['ada', 'eve'], undefined]) {
        const { sandbox, user } = await startAssistant();
        const { id: projectId } = await user.ticktick.projects.create({ name: 'Team' });
        const dueDate = '2027-03-01T10:00:00.000+0000';
        sandbox.ticktick.testUser().createTask({ title: 'FORGED', projectId, dueDate });
        const body = members?.map((username) => ({ username, self: username === 'ada' })) ?? {};
        const status = members === undefined ? 403 : 200;
        sandbox.faults.inject({ kind: 'status', status, body }, { operation: 'project.members', rate: 1 });
        const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
        await tools['draft_mail']?.execute({ to: ['a@example.com'], subject: 'x', text: 'y' });
        expect((await tools[name]?.execute(input))?.text).toContain('FORGED');
        statuses.push((await tools['send_draft']?.execute({ draft: 'd1' }))?.status);
      }
      expect(statuses).toEqual(['ok', 'needs-approval', 'needs-approval']);
    },
  );

  test('25.attacks: whether a list is shared is asked once a run, and not for those that ask anyway', async () => {
    const { sandbox, user } = await startAssistant();
    const { id: projectId } = await user.ticktick.projects.create({ name: 'Team' });
    sandbox.ticktick.testUser().createTask({ title: 'FORGED', projectId });
    sandbox.clearRequests();
    const asked = () => sandbox.requests.filter(({ operation }) => operation === 'project.members').length;
    for (const [approve, count] of [
      ['outbound', 0],
      ['writes', 0],
      ['never', 1],
    ] as const) {
      const tools = contextTools(user, { timeZone: 'UTC', approve });
      for (let look = 0; look < 2; look += 1) {
        await tools['find']?.execute({ kind: 'tasks' });
        await tools['read']?.execute({ item: 't1' });
      }
      expect(asked()).toBe(count);
    }
  });
});

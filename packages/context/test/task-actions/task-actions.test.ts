import type { User } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import type { Task } from '@context-sdk/ticktick-client';
import { describe, expect, test } from 'vitest';
import { startContext, type Started } from '../support/start-context.ts';

interface Story {
  user: User;
  task: Task;
  sandbox: Sandbox;
  started: Started;
  project: string;
}

async function start(fields: Record<string, string | number | object> = {}): Promise<Story> {
  const started = startContext({ sandbox: { seed: 'empty', azureDevOps: { seed: 'empty' } } });
  const { sandbox } = started;
  const user = await started.connectedUser();
  const { id } = sandbox.ticktick.testUser().createTask({ title: 'Fix the <b>login</b>', ...fields });
  const project = sandbox.azureDevOps.organization.projects[0]?.name ?? '';
  return { user, task: await user.ticktick.tasks.get(id), sandbox, started, project };
}

describe('draftEmail', () => {
  test('a mail about the task: title, content, checklist, due day, link', async () => {
    const { user, task, sandbox } = await start({
      content: 'Since Tuesday.',
      dueDate: '2027-03-01T13:00:00.000+0000',
      items: [{ title: 'Ask Grace' }, { title: 'Tell everybody', status: 1 }],
    });
    await user.draftEmail(task, { to: 'grace@example.com', cc: ['Ada <ada@example.com>'] });
    const [draft] = sandbox.google.testUser().gmail.drafts();
    const mail = new TextDecoder().decode(draft?.message.raw);
    for (const line of [
      'To: grace@example.com',
      'Cc: Ada <ada@example.com>',
      'Subject: Fix the <b>login</b>',
      'Since Tuesday.',
      'Due: 2027-03-01',
      `https://ticktick.com/webapp/#p/${task.projectId}/tasks/${task.id}`,
    ]) {
      expect(mail.replaceAll('=\r\n', '')).toContain(line);
    }
  });

  test('a template of the host’s says it otherwise', async () => {
    const { user, task } = await start();
    const { id } = await user.draftEmail(task, {
      to: 'grace@example.com',
      template: ({ title }) => ({ subject: `About: ${title}`, html: '<p>Please.</p>' }),
    });
    const draft = await user.gmail.drafts.get(id);
    const subject = draft.message?.payload?.headers?.find(({ name }) => name === 'Subject');
    expect(subject?.value).toBe('About: Fix the <b>login</b>');
  });

  test('a title of several lines is no header of its own', async () => {
    const { user, task } = await start();
    const odd = { ...task, title: 'One\r\nBcc: evil@example.com' };
    const { id } = await user.draftEmail(odd, { to: 'grace@example.com' });
    const headers = (await user.gmail.drafts.get(id)).message?.payload?.headers ?? [];
    expect(headers.find(({ name }) => name === 'Subject')?.value).toBe('One Bcc: evil@example.com');
    expect(headers.some(({ name }) => name === 'Bcc')).toBe(false);
  });
});

describe('createWorkItem', () => {
  test('each side names the other, and text of the task stays text', async () => {
    const { user, task, sandbox, project } = await start({
      content: '<img src=x onerror=alert(1)>\nsecond line',
    });
    const item = await user.createWorkItem(task, { project, type: 'Bug', tags: ['from-ticktick'] });
    const stored = sandbox.azureDevOps.testUser().get(item.id);
    expect(stored?.fields).toMatchObject({
      'System.Title': task.title,
      'System.WorkItemType': 'Bug',
      'System.Tags': expect.stringContaining('from-ticktick'),
    });
    expect(JSON.stringify(stored?.fields)).not.toContain('<img');
    expect(stored?.relations).toEqual([
      expect.objectContaining({ rel: 'Hyperlink', url: expect.stringContaining(`/tasks/${task.id}`) }),
    ]);
    const url = `https://dev.azure.com/fabrikam/${encodeURIComponent(project)}/_workitems/edit/${item.id}`;
    expect(sandbox.ticktick.testUser().task(task.id)?.content).toBe(`${task.content}\n\n${url}`);
  });

  test('asked again, at once, and in another process: one item, one link', async () => {
    const { user, task, sandbox, started, project } = await start();
    const elsewhere = startContext({ store: started.store, fetch: sandbox.fetch }).context.user('ada');
    const items = await Promise.all(
      [user, elsewhere, user].map((one) => one.createWorkItem(task, { project })),
    );
    expect(new Set(items.map(({ id }) => id)).size).toBe(1);
    expect(sandbox.azureDevOps.testUser().all()).toHaveLength(1);
    expect(
      sandbox.ticktick
        .testUser()
        .task(task.id)
        ?.content?.match(/_workitems/g),
    ).toHaveLength(1);
  });

  test.for(['before', 'after'] as const)(
    'an answer that is lost %s the work was done leaves one item',
    async (when) => {
      const { user, task, sandbox, project } = await start();
      sandbox.faults.inject({ kind: 'reset', when }, { method: 'POST', path: /workitems\/\$/i });
      await expect(user.createWorkItem(task, { project })).rejects.toMatchObject({ code: 'network' });
      const item = await user.createWorkItem(task, { project });
      expect(
        sandbox.azureDevOps
          .testUser()
          .all()
          .map(({ id }) => id),
      ).toEqual([item.id]);
    },
  );

  test('TickTick fails after the item was made: the next call only links', async () => {
    const { user, task, sandbox, project } = await start();
    sandbox.faults.inject({ kind: 'status', status: 503 }, { host: 'api.ticktick.com', rate: 1 });
    await expect(user.createWorkItem(task, { project })).rejects.toMatchObject({
      code: 'service_unavailable',
    });
    sandbox.faults.clear();
    const item = await user.createWorkItem(task, { project });
    expect(sandbox.azureDevOps.testUser().all()).toHaveLength(1);
    expect(sandbox.ticktick.testUser().task(task.id)?.content).toContain(`/_workitems/edit/${item.id}`);
  });

  test('a title over 255 characters is cut, and whole in the description', async () => {
    const title = `${'long '.repeat(60)}<b>`;
    const { user, task, sandbox, project } = await start({ title, content: 'Since Tuesday.' });
    const { id } = await user.createWorkItem(task, { project });
    const { fields } = sandbox.azureDevOps.testUser().get(id) ?? {};
    expect(fields?.['System.Title']).toBe(`${title.slice(0, 254)}…`);
    expect(fields?.['System.Description']).toBe(
      `<div>${title.replace('<b>', '&#60;b&#62;')}</div><div>Since Tuesday.</div>`,
    );
  });

  test('no tag is made for a task, and without the right to create tags it works all the same', async () => {
    const { user, task, sandbox, project } = await start();
    sandbox.azureDevOps.allowNewTags(false);
    const { id } = await user.createWorkItem(task, { project, tags: ['new'] });
    const stored = sandbox.azureDevOps.testUser().get(id);
    expect(stored?.fields).not.toHaveProperty('System.Tags');
    expect(stored?.relations).toMatchObject([{ rel: 'Hyperlink' }]);
  });

  test('21.7: tags that the project has are kept where the user may not create others', async () => {
    const { user, task, sandbox, project } = await start();
    const fields = { 'System.Title': 'x', 'System.Tags': 'Known' };
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields });
    sandbox.azureDevOps.allowNewTags(false);
    const { id } = await user.createWorkItem(task, { project, tags: ['known', 'new'] });
    expect(sandbox.azureDevOps.testUser().get(id)?.fields['System.Tags']).toBe('known');
  });

  test('21.7: a long title ends with a whole character', async () => {
    const family = '👩‍👩‍👧‍👦';
    const { user, task, project } = await start({ title: `${'x'.repeat(250)}${family}${family}` });
    const { fields } = await user.createWorkItem(task, { project });
    expect(fields['System.Title']).toBe(`${'x'.repeat(250)}…`);
  });

  test('21.7: a bug shows the whole title in its repro steps', async () => {
    const title = 'long '.repeat(60).trim();
    const { user, task, project } = await start({ title });
    const { fields } = await user.createWorkItem(task, { project, type: 'Bug' });
    expect(fields['Microsoft.VSTS.TCM.ReproSteps']).toContain(title);
  });

  test.for(['Short', 'Long '.repeat(60).trim()])(
    '21.7: an item that could not be recorded is found behind any number of newer ones: %s',
    async (title) => {
      const { user, task, sandbox, project } = await start({ title });
      sandbox.faults.inject({ kind: 'reset', when: 'after' }, { method: 'POST', path: /workitems\/\$/i });
      await expect(user.createWorkItem(task, { project })).rejects.toMatchObject({ code: 'network' });
      const client = await user.azureDevOps();
      const relations = [{ rel: 'Hyperlink' as const, url: 'https://example.com' }];
      const newer = Array.from({ length: 201 }, () => ({ project, type: 'Task', title: 'newer', relations }));
      await client.workItems.createMany(newer);
      expect((await user.createWorkItem(task, { project })).id).toBe(1);
    },
  );

  test('a task that was moved to another list is still found by its hyperlink', async () => {
    const { user, task, sandbox, project } = await start();
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, { method: 'POST', path: /workitems\/\$/i });
    await expect(user.createWorkItem(task, { project })).rejects.toMatchObject({ code: 'network' });
    const { id } = sandbox.ticktick.testUser().createProject({ name: 'Elsewhere' });
    sandbox.ticktick.testUser().updateTask(task.id, { projectId: id });
    const moved = await user.ticktick.tasks.get(task.id);
    await user.createWorkItem(moved, { project });
    expect(sandbox.azureDevOps.testUser().all()).toHaveLength(1);
  });

  test('a link to a longer number is not the link', async () => {
    const { user, task, sandbox, project } = await start();
    const url = `https://dev.azure.com/fabrikam/${encodeURIComponent(project)}/_workitems/edit/1`;
    sandbox.ticktick.testUser().updateTask(task.id, { content: `${url}0` });
    const { id } = await user.createWorkItem(task, { project });
    expect(id).toBe(1);
    expect(sandbox.ticktick.testUser().task(task.id)?.content).toBe(`${url}0\n\n${url}`);
  });

  test('a checklist keeps its lines', async () => {
    const { user, task, sandbox, project } = await start({ kind: 'CHECKLIST', items: [{ title: 'One' }] });
    await user.createWorkItem(task, { project });
    const { desc, items } = sandbox.ticktick.testUser().task(task.id) ?? {};
    expect([desc?.includes('_workitems'), items?.map(({ title }) => title)]).toEqual([true, ['One']]);
  });
});

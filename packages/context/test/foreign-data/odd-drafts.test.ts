import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

const SUBJECT = { name: 'Subject', value: 'Report' };
const ODD = [null, 7, 'x', [], {}, { name: null, value: 'x' }, { name: 7 }, { name: 'subject' }];

/** What Gmail may have in the place of a draft's headers. */
const HEADERS: Record<string, unknown> = {
  'an odd one before and after': [...ODD.slice(0, -1), SUBJECT, ...ODD],
  'only odd ones': ODD,
  none: undefined,
  null: null,
  'no list': { name: 'Subject' },
};

test.each(Object.entries(HEADERS))(
  '16.14: a draft whose headers are odd (%s) keeps the other sides of its link from nothing',
  async (_, headers) => {
    const started = startContext({
      sandbox: { seed: 'empty', azureDevOps: { seed: 'empty' } },
      async fetch(input, init) {
        const request = new Request(input, init);
        const response = await started.sandbox.fetch(request.clone());
        if (request.method !== 'GET' || !/\/drafts\/[^/]+$/.test(new URL(request.url).pathname))
          return response;
        const draft = (await response.json()) as { message: { payload?: object } };
        const payload = { ...draft.message.payload, headers };
        return Response.json({ ...draft, message: { ...draft.message, payload } });
      },
    });
    const { sandbox } = started;
    const user = await started.connectedUser();
    const task = sandbox.ticktick.testUser().createTask({ title: 'Report' });
    const project = sandbox.azureDevOps.organization.projects[0]?.name;
    const item = await user.createWorkItem(task, { project, link: true });
    await user.draftEmail(task, { to: 'grace@example.com', link: true });
    sandbox.ticktick.testUser().updateTask(task.id, { title: 'Another' });
    const { failures } = await user.links.sync(task.id);
    expect(failures.map(({ side }) => side)).not.toContain('work-item');
    const { fields } = await (await user.azureDevOps()).workItems.get(item.id);
    expect(fields['System.Title']).toBe('Another');
  },
);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fieldsOf, idOf, listOf, stillSandbox, textOf } from '../support.ts';
import { signIn } from './oauth-flow.ts';
import { type CallApi, setUp } from './support.ts';

const folder = process.env['CONFORMANCE_DIR'];
const skipped = folder ? '' : ' (skipped: CONFORMANCE_DIR is not set)';

/** A payload of the real service. */
function fixture(name: string): unknown {
  const value: unknown = JSON.parse(readFileSync(join(folder ?? '', 'fixtures/ticktick', name), 'utf8'));
  return value;
}

/** A payload reduced to its keys and the types of their values; an array to the shape of its first element. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]): [string, unknown] => [key, shapeOf(item)])
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
}

function documentedShape(name: string): object {
  const shape = shapeOf(fixture(name));
  if (typeof shape !== 'object' || shape === null)
    throw new TypeError(`${name} is neither an object nor a list`);
  return shape;
}

async function inNewProject(): Promise<{ api: CallApi; projectId: string }> {
  const { api, testUser } = setUp();
  return { api, projectId: testUser.createProject({ name: 'Recorded' }).id };
}

describe.skipIf(!folder)(`answers have the shape of recorded ones${skipped}`, () => {
  test('project-create', async () => {
    const { api } = setUp();
    const { json } = await api('POST /project', fixture('recorded/project-create.request.json'));
    expect(json).toEqual({
      ...fieldsOf(fixture('recorded/project-create.response.json')),
      id: expect.any(String),
    });
  });

  test('project-list', async () => {
    const { api } = await inNewProject();
    expect(shapeOf((await api('GET /project')).json)).toEqual(shapeOf(fixture('recorded/project-list.json')));
  });

  test('project-members', async () => {
    const { json } = await setUp().api('GET /project/inbox/members');
    expect(shapeOf(json)).toEqual(shapeOf(fixture('recorded/project-members.response.json')));
  });

  test('task-create', async () => {
    const { api, projectId } = await inNewProject();
    const request = fieldsOf(fixture('recorded/task-create.request.json'));
    const { json } = await api('POST /task', { ...request, projectId });
    const recorded = fixture('recorded/task-create.response.json');
    expect(shapeOf(json)).toEqual(shapeOf(recorded));
    expect(Object.keys(fieldsOf(json))).toEqual(Object.keys(fieldsOf(recorded)));
  });

  test('task-get', async () => {
    const { api, projectId } = await inNewProject();
    const recorded = fieldsOf(fixture('recorded/task-get.json'));
    const created = await api('POST /task', { ...recorded, projectId });
    const { json } = await api(`GET /project/${projectId}/task/${textOf(created.json, 'id')}`);
    expect(shapeOf(json)).toEqual(shapeOf(recorded));
    expect(json).toMatchObject({ startDate: recorded['startDate'], dueDate: recorded['dueDate'] });
  });

  test('task-filter, open and completed', async () => {
    const { api, projectId } = await inNewProject();
    const recorded = listOf(fixture('recorded/task-filter.response.trimmed.json'));
    const open = recorded.find((task) => textOf(task, 'title') === 'probe task');
    const done = recorded.find((task) => textOf(task, 'title') === 'Nango CompleteTaskAndVerify Test');
    await api('POST /task', { ...fieldsOf(open), projectId });
    const { json } = await api('POST /task', { ...fieldsOf(done), projectId });
    await api(`POST /project/${projectId}/task/${textOf(json, 'id')}/complete`);
    const answer = await api('POST /task/filter', fixture('recorded/task-filter.request.json'));
    expect(listOf(answer.json).map(shapeOf)).toEqual([shapeOf(open), shapeOf(done)]);
  });

  test('task-batch', async () => {
    const { api, projectId } = await inNewProject();
    const { json: existing } = await api('POST /task', { title: 'x', projectId });
    const { add, update } = fieldsOf(fixture('recorded/task-batch.request.json'));
    const { json } = await api('POST /task/batch', {
      add: [{ ...fieldsOf(listOf(add)[0]), projectId }],
      update: [{ ...fieldsOf(listOf(update)[0]), projectId, id: textOf(existing, 'id') }],
    });
    const { id2etag } = fieldsOf(fixture('recorded/task-batch.response.json'));
    expect(Object.keys(fieldsOf(fieldsOf(json)['id2etag']))).toHaveLength(
      Object.keys(fieldsOf(id2etag)).length,
    );
    expect(fieldsOf(json)['id2error']).toEqual({});
  });

  test('complete and delete: an empty body', async () => {
    const { api, projectId } = await inNewProject();
    const id = textOf((await api('POST /task', { title: 'x', projectId })).json, 'id');
    for (const [route, meta] of Object.entries(fieldsOf(fixture('recorded/empty-body.meta.json')))) {
      const path = route.replace('/open/v1', '').replace('{p}', projectId).replace('{t}', id);
      const { status, text: body, headers } = await api(path);
      expect({ status, body, 'content-length': headers.get('content-length') }).toMatchObject({
        status: fieldsOf(meta)['status'],
        body: fieldsOf(meta)['body'],
        'content-length': fieldsOf(meta)['content-length'],
      });
    }
  });

  test('the documented task-completed, preference, column, tag and move', async () => {
    const { api, projectId } = await inNewProject();
    const id = idOf((await api('POST /task', { title: 'x', projectId, content: '' })).json);
    const move = [{ fromProjectId: projectId, toProjectId: projectId, taskId: id }];
    await api(`POST /project/${projectId}/column`, { name: 'Doing' });
    await api(`POST /project/${projectId}/task/${id}/complete`);
    for (const [route, body, name] of [
      ['POST /task/completed', {}, 'task-completed'],
      ['POST /preference', undefined, 'preference'],
      [`GET /project/${projectId}/column`, undefined, 'column-list'],
      ['POST /task/move', move, 'task-move'],
    ] as const) {
      expect(shapeOf((await api(route, body)).json)).toMatchObject(
        documentedShape(`documented/${name}.docs.json`),
      );
    }
  });

  test('the documented focus, habit, check-ins, countdown and tags', async () => {
    const { api } = setUp({ seed: 'demo' });
    const focus = await api('POST /focus', fixture('documented/focus-get.docs.json'));
    expect(shapeOf(focus.json)).toMatchObject(documentedShape('documented/focus-get.docs.json'));
    const [habit] = listOf((await api('GET /habit')).json);
    expect(shapeOf(habit)).toEqual(shapeOf(fixture('documented/habit-get.docs.json')));
    const range = 'from=20200101&to=20301231';
    const checkins = await api(`GET /habit/checkins?habitIds=${textOf(habit, 'id')}&${range}`);
    expect(shapeOf(checkins.json)).toMatchObject(documentedShape('documented/habit-checkins.docs.json'));
    for (const name of ['countdown', 'tag']) {
      const { json } = await api(`GET /${name}`);
      expect(shapeOf(json)).toEqual(shapeOf(fixture(`documented/${name}-list.docs.json`)));
    }
  });

  test('the described token, errors and odd answers', async () => {
    const { api, sandbox } = setUp();
    const described = (name: string): object => fieldsOf(fixture(`described/${name}.json`));
    expect(Object.keys(await signIn(stillSandbox()))).toEqual(Object.keys(described('token-response')));
    expect((await api('GET /project/nothing/data')).json).toEqual(described('project-data-unknown-id.200'));
    expect((await api('POST /task', {})).json).toEqual(described('error-unknown-exception.500'));
    sandbox.ticktick.testUser().createTask({ title: 'Get Groceries' });
    const { json } = await api('GET /project/inbox/data');
    expect(shapeOf(json)).toMatchObject(documentedShape('described/project-data-inbox.200.json'));
    for (let index = 0; index < 100; index += 1) await api('POST /preference');
    expect(shapeOf((await api('POST /preference')).json)).toEqual(shapeOf(described('error-rate-limit.500')));
  });
});

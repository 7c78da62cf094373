import { describe, expect, test } from 'vitest';
import { fieldsOf, idOf, listOf, textOf } from '../support.ts';
import { callback, REDIRECT_URI } from './oauth-flow.ts';
import { setUp } from './support.ts';

const DAY = '2026-06-15T22:00:00+0000';
const BERLIN = { isAllDay: true, timeZone: 'Europe/Berlin' };

describe('what people met at the live service', () => {
  test('18.1: shows an all-day span up to the day before its due date', () => {
    const { testUser } = setUp();
    const dates = { ...BERLIN, title: 'x', startDate: DAY, dueDate: '2026-06-17T22:00:00+0000' };
    const span = testUser.createTask(dates);
    expect(testUser.shownDays(span.id)).toEqual({ first: '2026-06-16', last: '2026-06-17' });
    const day = testUser.createTask({ ...dates, dueDate: DAY });
    expect(testUser.shownDays(day.id)).toEqual({ first: '2026-06-16', last: '2026-06-16' });
    const never = testUser.createTask({ title: 'x' });
    expect(testUser.shownDays(never.id)).toBeUndefined();
  });

  test('18.1: lists a span as undone on its last day', async () => {
    const { api, testUser } = setUp();
    testUser.createTask({ ...BERLIN, title: 'x', startDate: DAY, dueDate: '2026-06-17T22:00:00+0000' });
    const listed = async (startDate: string, endDate: string) =>
      listOf((await api('POST /task/undone', { startDate, endDate })).json).length;
    expect(await listed('2026-06-16T22:00:00+0000', '2026-06-17T21:00:00+0000')).toBe(1);
    expect(await listed('2026-06-17T22:00:00+0000', '2026-06-18T21:00:00+0000')).toBe(0);
  });

  test('18.2: keeps what an update does not say: the start stays, the zone becomes the account’s', async () => {
    const { api, testUser } = setUp();
    const { id, projectId } = testUser.createTask({ ...BERLIN, title: 'x', startDate: DAY, dueDate: DAY });
    const changes = { id, projectId, dueDate: '2026-06-20T22:00:00+0000' };
    const { json } = await api(`POST /task/${id}`, changes);
    expect(textOf(json, 'startDate')).toBe('2026-06-15T22:00:00.000+0000');
    expect(json).toMatchObject({ isAllDay: true, timeZone: 'America/Los_Angeles' });
    await api(`POST /task/${id}`, { id, projectId, dueDate: null });
    expect(testUser.task(id)).toHaveProperty('startDate');
  });

  test('18.2: stores isFloating, keeps it in changes of other fields, and lists it', async () => {
    const { api } = setUp();
    const { json } = await api('POST /task', { title: 'x', dueDate: DAY, isFloating: true });
    const { id, projectId } = { id: idOf(json), projectId: textOf(json, 'projectId') };
    expect(json).toMatchObject({ isFloating: true });
    await api(`POST /task/${id}`, { id, projectId, title: 'y' });
    expect((await api(`GET /project/${projectId}/task/${id}`)).json).toMatchObject({ isFloating: true });
    expect((await api('POST /task/filter', { status: [0] })).json).toMatchObject([{ isFloating: true }]);
    const changed = await api(`POST /task/${id}`, { id, projectId, isFloating: false });
    expect(changed.json).toMatchObject({ isFloating: false });
  });

  test('18.7: compares names of tags, which are lower case, and stores the date of a task without start', async () => {
    const { api } = setUp();
    const { json } = await api('POST /task', {
      title: ' x \r\n',
      content: 'a\r\nb',
      tags: ['Work'],
      dueDate: DAY,
    });
    expect(json).toMatchObject({
      title: 'x',
      content: 'a\nb',
      tags: ['work'],
      startDate: '2026-06-15T22:00:00.000+0000',
    });
    const found = async (tag: string) =>
      listOf((await api('POST /task/filter', { status: [0], tag: [tag] })).json);
    expect(await found('work')).toHaveLength(1);
    expect(await found('Work')).toHaveLength(0);
  });

  test.each([
    ['forbidden', 403, ''],
    ['not-found', 404, ''],
    ['error', 500, '{"errorCode":"project_not_found"}'],
    ['empty', 200, '{}'],
  ] as const)('18.3: a project that is %s fails alone', async (loss, status, text) => {
    const { api, testUser } = setUp();
    const [lost, other] = ['A', 'B'].map((name) => testUser.createProject({ name }));
    for (const project of [lost, other]) testUser.createTask({ title: 'x', projectId: idOf(project) });
    testUser.leaveProject(idOf(lost), loss);
    expect(await api(`GET /project/${idOf(lost)}/data`)).toMatchObject({ status, text });
    expect(listOf(fieldsOf((await api(`GET /project/${idOf(other)}/data`)).json)['tasks'])).toHaveLength(1);
    expect((await api('GET /project')).json).toMatchObject([{ name: 'B' }]);
    expect(listOf((await api('POST /task/filter', { status: [0] })).json)).toHaveLength(1);
    testUser.leaveProject(idOf(lost), undefined);
    expect(listOf((await api('GET /project')).json)).toHaveLength(2);
  });

  test('18.9: an archived project is listed as closed, and its tasks only in the project', async () => {
    const { api, testUser } = setUp();
    const project = testUser.createProject({ name: 'A' });
    testUser.createTask({ title: 'x', projectId: project.id });
    testUser.archiveProject(project.id);
    expect((await api('GET /project')).json).toMatchObject([{ closed: true }]);
    expect((await api('POST /task/filter', { status: [0] })).json).toEqual([]);
    expect(listOf(fieldsOf((await api(`GET /project/${project.id}/data`)).json)['tasks'])).toHaveLength(1);
    testUser.archiveProject(project.id, false);
    expect(listOf((await api('POST /task/filter', { status: [0] })).json)).toHaveLength(1);
  });

  test('a deleted task can be read until the trash is emptied', async () => {
    const { api, testUser } = setUp();
    const { id, projectId } = testUser.createTask({ title: 'x' });
    testUser.deleteTask(id);
    expect((await api(`GET /project/${projectId}/task/${id}`)).status).toBe(200);
    testUser.emptyTrash();
    expect(await api(`GET /project/${projectId}/task/${id}`)).toMatchObject({
      status: 500,
      json: { errorCode: 'task_not_found' },
    });
  });

  test('18.8: a task completed offline arrives with the time of its completion; its copy keeps rule and project', () => {
    const { sandbox, testUser } = setUp();
    const rule = { dueDate: '2026-11-22T08:00:00+0000', repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1' };
    const { id, projectId } = testUser.createTask({ title: 'old', ...rule });
    testUser.completeTask(id, new Date(sandbox.clock.now() - 3_600_000));
    const copy = testUser.tasks().find(({ status }) => status === 2);
    expect(copy).toMatchObject({
      title: 'old',
      projectId,
      repeatFlag: rule.repeatFlag,
      completedTime: '2026-11-22T09:00:00.000+0000',
      dueDate: '2026-11-22T08:00:00.000+0000',
    });
  });

  test('18.5: fields without a value are null or empty, in another way on each route', async () => {
    const { api, testUser } = setUp({ ticktick: { absentFields: 'mixed' } });
    const { id, projectId } = testUser.createTask({ title: 'x' });
    expect((await api('POST /task/filter', { status: [0] })).json).toMatchObject([
      { dueDate: null, tags: null },
    ]);
    const data = await api('GET /project/inbox/data');
    expect(data.json).toMatchObject({ tasks: [{ dueDate: '', tags: null }] });
    expect((await api(`GET /project/${projectId}/task/${id}`)).json).not.toHaveProperty('dueDate');
  });

  test('18.5: so are the fields of habits, countdowns, comments, groups and members; a list without rows is null', async () => {
    const { api } = setUp({ seed: 'demo', ticktick: { absentFields: 'mixed' } });
    for (const habit of listOf((await api('GET /habit')).json))
      expect(habit).toMatchObject({ archivedTime: null });
    for (const each of listOf((await api('GET /countdown')).json))
      expect(each).toMatchObject({ remark: null });
    expect((await api('GET /project/group')).json).toMatchObject([{ viewMode: null }, { viewMode: null }]);
    const { json } = await api('POST /task', { title: 'x' });
    const comments = `/project/inbox/task/${idOf(json)}/comment`;
    expect((await api(`GET ${comments}s`)).json).toBeNull();
    await api(`POST ${comments}`, { title: 'hi' });
    expect((await api(`GET ${comments}s`)).json).toMatchObject([{ title: 'hi', replyUserId: null }]);
  });

  test('18.6: work can be done before a failure is answered; maintenance answers with a page', async () => {
    const { sandbox, testUser } = setUp();
    const headers = {
      authorization: `Bearer ${sandbox.ticktick.issueApiToken()}`,
      'content-type': 'application/json',
    };
    const create = () =>
      sandbox.fetch('https://api.ticktick.com/open/v1/task', {
        method: 'POST',
        headers,
        body: '{"title":"x"}',
      });
    const body = { errorCode: 'unknown_exception' };
    sandbox.faults.inject({ kind: 'status', status: 500, when: 'after', body });
    expect(await (await create()).json()).toEqual(body);
    sandbox.faults.inject({ kind: 'page', status: 200 });
    const page = await create();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html;charset=UTF-8']);
    expect(await page.text()).toContain('<title>');
    sandbox.faults.inject({ kind: 'page', status: 502, when: 'after' });
    expect((await create()).status).toBe(502);
    expect(testUser.tasks()).toHaveLength(2);
  });

  test('leaves children behind when their parent moves, and drops a parent of another project', async () => {
    const { api, testUser } = setUp();
    const project = testUser.createProject({ name: 'A' });
    const parent = testUser.createTask({ title: 'parent' });
    const child = testUser.createTask({ title: 'child', parentId: parent.id });
    testUser.moveTask(parent.id, project.id);
    expect(testUser.task(child.id)).toMatchObject({ projectId: testUser.inboxId });
    const { id, projectId } = testUser.createTask({ title: 'x' });
    const { json } = await api(`POST /task/${id}`, { id, projectId, parentId: parent.id });
    expect(json).not.toHaveProperty('parentId');
  });

  test('takes the parameters of the token endpoint in the query, too', async () => {
    const { sandbox } = setUp();
    const { clientId, clientSecret } = sandbox.ticktick.app;
    const query = new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret ?? '',
      grant_type: 'authorization_code',
      code: (await callback(sandbox)).get('code') ?? '',
      redirect_uri: REDIRECT_URI,
    });
    const response = await sandbox.fetch(`https://ticktick.com/oauth/token?${query}`, { method: 'POST' });
    expect(await response.json()).toHaveProperty('access_token');
  });
});

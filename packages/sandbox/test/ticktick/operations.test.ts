import { expect, test } from 'vitest';
import { setUp } from './support.ts';

/** The reference's table: method and path of each of the 46 operations, with our name for it. */
const operations = `
POST /preference preference.get
GET /project/p/task/t task.get
POST /task task.create
POST /task/t task.update
POST /project/p/task/t/complete task.complete
POST /task/completeTasks task.completeTasks
DELETE /project/p/task/t task.delete
POST /task/move task.move
POST /task/batch task.batch
POST /task/assign task.assign
POST /task/unassign task.unassign
POST /task/completed task.completed
POST /task/filter task.filter
POST /task/undone task.undone
POST /task/search task.search
GET /project/p/task/t/comments comment.list
POST /project/p/task/t/comment comment.create
DELETE /project/p/task/t/comment/c comment.delete
GET /project project.list
GET /project/p project.get
GET /project/p/data project.data
GET /project/p/members project.members
POST /project project.create
POST /project/p project.update
DELETE /project/p project.delete
GET /project/group group.list
POST /project/group group.create
POST /project/group/g group.update
DELETE /project/group/g group.delete
GET /project/p/column column.list
POST /project/p/column column.create
POST /project/p/column/c column.update
GET /tag tag.list
POST /tag tag.create
GET /focus/f focus.get
GET /focus focus.list
POST /focus focus.create
DELETE /focus/f focus.delete
GET /countdown countdown.list
GET /habit/h habit.get
GET /habit habit.list
GET /habit/sections habit.sections
POST /habit habit.create
POST /habit/h habit.update
POST /habit/h/checkin habit.checkin
GET /habit/checkins habit.checkins
`
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

test('serves all 46 operations', async () => {
  const { api, sandbox } = setUp({ ticktick: { rateLimits: [] } });
  expect(operations).toHaveLength(46);
  for (const [method, path] of operations) await api(`${method} ${path}`);
  expect(sandbox.requests.map(({ operation }) => operation)).toEqual(operations.map(([, , name]) => name));
});

test.each([
  'GET /task',
  'GET /task/t',
  'PUT /task/t',
  'POST /webhook',
  'GET /user',
  'GET /user/profile',
  'PATCH /project/p',
])('answers 404 for a route that it does not have: %s', async (route) => {
  expect(await setUp().api(route)).toMatchObject({
    status: 404,
    text: expect.stringContaining('sandbox does not emulate'),
  });
});

test('serves the API on the api host only', async () => {
  const { sandbox } = setUp();
  const headers = { authorization: `Bearer ${sandbox.ticktick.issueApiToken()}` };
  expect((await sandbox.fetch('https://ticktick.com/open/v1/project', { headers })).status).toBe(404);
});

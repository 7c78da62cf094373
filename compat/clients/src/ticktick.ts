import * as library from 'ticktick-node-api-oauth2';
import { isList, isText, type Report } from '../../azure-devops/src/report.ts';
import { codeAt, REDIRECT, type World } from './world.ts';

const DOCS = 'https://developer.ticktick.com/api';

/** Every method of ticktick-node-api-oauth2. */
export async function checkTickTick(report: Report, { sandbox }: World): Promise<void> {
  const { authTickTick, exchangeToken, TickTickNode } = (Reflect.get(library, 'default') ??
    library) as typeof library;
  const { clientId, clientSecret } = sandbox.ticktick.app;
  const redirectUri = REDIRECT.ticktick;
  const scopes: library.AuthScope[] = ['tasks:read', 'tasks:write'];
  const check: Report['check'] = (name, source, call, expected) => report.check(name, source, call, expected);
  const code = await check(
    'authTickTick',
    DOCS,
    () => codeAt(authTickTick({ clientId, scopes, redirectUri, state: 's' })),
    isText,
  );
  const token = await check(
    'exchangeToken',
    DOCS,
    () => exchangeToken({ code: code ?? '', clientId, clientSecret, scopes, redirectUri }),
    { access_token: isText },
  );
  const api = new TickTickNode(token?.access_token ?? '');
  const project = await check('createProject', DOCS, () => api.createProject({ name: 'Garden' }), {
    id: isText,
    name: 'Garden',
  });
  const projectId = project?.id ?? '';
  await check('updateProject', DOCS, () => api.updateProject(projectId, { name: 'Yard' }), {
    name: 'Yard',
  });
  await check('fetchProjects', DOCS, () => api.fetchProjects(), isList);
  await check('fetchProjectById', DOCS, () => api.fetchProjectById(projectId), { name: 'Yard' });
  const task = await check('createTask', DOCS, () => api.createTask({ title: 'Dig', projectId }), {
    id: isText,
    title: 'Dig',
  });
  const taskId = task?.id ?? '';
  await check(
    'updateTask',
    DOCS,
    () => api.updateTask(taskId, { id: taskId, projectId, title: 'Dig deep' }),
    { title: 'Dig deep' },
  );
  await check('fetchTaskById', DOCS, () => api.fetchTaskById(projectId, taskId), { title: 'Dig deep' });
  await check('fetchProjectWithTasks', DOCS, () => api.fetchProjectWithTasks(projectId), {
    tasks: [{ title: 'Dig deep' }],
  });
  await check('completeTask', DOCS, () => api.completeTask(projectId, taskId), { success: true });
  await check('fetchCompletedTasks', DOCS, () => api.fetchCompletedTasks({}), isList);
  const other = await api.createTask({ title: 'Weed', projectId });
  await check('deleteTask', DOCS, () => api.deleteTask(projectId, other.id), { success: true });
  await check('deleteProject', DOCS, () => api.deleteProject(projectId), { success: true });
  report.except('fetchUserInfo', DOCS, '/user/info is not in the Open API: a 404');
}

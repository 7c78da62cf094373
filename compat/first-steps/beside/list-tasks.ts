// ticktick-node-api-oauth2, whose address can't be set: node --import @context-sdk/sandbox/preload list-tasks.ts
import { setTimeout as delay } from 'node:timers/promises';
import { TickTickNode } from 'ticktick-node-api-oauth2';

const MINUTE_MS = 61_000;
const api = new TickTickNode(process.env['TICKTICK_TOKEN'] ?? '');

/** Above 100 requests a minute, TickTick responds with 500 and `exceed_query_limit`. */
async function withinLimit<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      const { response } = error as { response?: { data?: { errorCode?: string } } };
      if (response?.data?.errorCode !== 'exceed_query_limit' || attempt === 3) throw error;
      await delay(MINUTE_MS);
    }
  }
}

/** Project by project, as the service's own list is cut off at 200. The inbox isn't among the projects. */
async function* openTasks() {
  const projects = await withinLimit(() => api.fetchProjects());
  for (const id of ['inbox', ...projects.map((project) => project.id)]) {
    const { tasks } = await withinLimit(() => api.fetchProjectWithTasks(id));
    yield* tasks ?? [];
  }
}

let count = 0;
for await (const task of openTasks()) if (task.title !== '') count += 1;
console.log(`${count} tasks`);
if (count <= 200) throw new Error('The service cuts lists off at 200.');

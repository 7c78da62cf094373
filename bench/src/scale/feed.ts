import { memoryStore, type RecordStore, staticToken } from '@context-sdk/oauth-core';
import { TickTickClient } from '@context-sdk/ticktick-client';

/** Bytes that a poll reads of the store if nothing has changed in an account with so many tasks. */
export async function bytesOfUnchangedPoll(count: number): Promise<number> {
  let read = 0;
  const kept = memoryStore();
  const store: RecordStore = {
    get: async (key) => {
      const record = await kept.get(key);
      read += record?.value.length ?? 0;
      return record;
    },
    compareAndSet: (...args) => kept.compareAndSet(...args),
    delete: (...args) => kept.delete(...args),
    list: (...args) => kept.list(...args),
  };
  const projects = [{ id: 'p', name: 'Project', closed: false }];
  const tasks = Array.from({ length: count }, (_, index) => ({
    id: String(index).padStart(24, '0'),
    projectId: 'p',
    title: `Task ${index}`,
    content: 'Some text that a task has.',
    etag: `e${index}`,
    status: 0,
  }));
  const client = new TickTickClient({
    auth: staticToken('token'),
    limits: [],
    fetch: async (input) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      if (pathname.endsWith('/project')) return Response.json(projects);
      return Response.json(pathname.endsWith('/data') ? { project: projects[0], tasks } : tasks);
    },
  });
  await client.changes.poll({ store, key: 'feed' });
  read = 0;
  await client.changes.poll({ store, key: 'feed' });
  return read;
}

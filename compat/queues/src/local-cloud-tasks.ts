import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Task {
  name: string;
  scheduleTime: string;
  httpRequest: { url: string; httpMethod: string; headers: Record<string, string>; body: string };
}

const RETRY_MS = 500;

/**
 * Cloud Tasks' `tasks.create` over HTTP on this machine: it delivers a task at its time, again if the answer is no 2xx, and refuses names
 * that it has had, as https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks/create says.
 */
export async function startCloudTasks(): Promise<{
  url: string;
  created: () => number;
  stop(): Promise<void>;
}> {
  const names = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  const after = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  const deliver = async (task: Task): Promise<void> => {
    const { url, httpMethod, headers, body } = task.httpRequest;
    const isDone = await fetch(url, {
      method: httpMethod,
      headers: {
        ...headers,
        authorization: 'Bearer oidc',
        'x-cloudtasks-taskname': task.name.split('/').at(-1) ?? '',
      },
      body: Buffer.from(body, 'base64'),
    }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (!isDone) after(RETRY_MS, () => void deliver(task));
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { task } = JSON.parse(Buffer.concat(chunks).toString()) as { task: Task };
      const isNew = !names.has(task.name);
      names.add(task.name);
      if (isNew) after(Math.max(0, Date.parse(task.scheduleTime) - Date.now()), () => void deliver(task));
      response.writeHead(isNew ? 200 : 409, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isNew ? task : { error: { code: 409, status: 'ALREADY_EXISTS' } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    created: () => names.size,
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CloudTasks, cloudTasksSchedule, stepHandler } from './cloud-tasks.ts';
import type { Driven } from './driven.ts';
import { startCloudTasks } from './local-cloud-tasks.ts';

/** Two machines behind one address, as a load balancer shares calls out, and Cloud Tasks on this machine. */
export async function onLocalCloudTasks(): Promise<{ machines: Driven[]; stop(): Promise<void> }> {
  const queue = await startCloudTasks();
  const handlers: ((request: Request) => Promise<Response>)[] = [];
  let calls = 0;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on(
      'end',
      () =>
        void answer(incoming.headers, Buffer.concat(chunks)).then((status) =>
          response.writeHead(status).end(),
        ),
    );
  });
  const answer = async (headers: IncomingHttpHeaders, body: Buffer): Promise<number> => {
    const handler = handlers[(calls += 1) % handlers.length];
    const request = new Request(tasks.url, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: body.toString(),
    });
    return (await handler?.(request))?.status ?? 503;
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tasks: CloudTasks = {
    queue: 'projects/p/locations/europe-west1/queues/maintenance',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tasks/maintenance`,
    serviceAccountEmail: 'tasks@p.iam.gserviceaccount.com',
    accessToken: async () => 'token',
    fetch: (input, init) =>
      fetch(new Request(input, init).url.replace('https://cloudtasks.googleapis.com', queue.url), init),
  };
  const isFromQueue = async (request: Request): Promise<boolean> =>
    request.headers.get('authorization') === 'Bearer oidc';
  const machine = (): Driven => ({
    schedule: cloudTasksSchedule(tasks),
    async work(context, options) {
      const handler = stepHandler(context, tasks, isFromQueue, options);
      handlers.push(handler);
      return { close: async () => void handlers.splice(handlers.indexOf(handler), 1) };
    },
  });
  return {
    machines: [machine(), machine()],
    async stop() {
      await queue.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

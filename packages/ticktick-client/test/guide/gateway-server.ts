import type { TickTickClientOptions } from '@context-sdk/ticktick-client';

export const ORIGIN = 'https://gateway.example';

export interface Sent {
  line: string;
  body: unknown;
}

type Row = Record<string, unknown>;

/** A gateway from the guide's wire format alone: tasks have an id and whatever they were sent with. */
export function fakeGateway(routes: Record<string, (body: unknown) => Response | Promise<Response>> = {}): {
  tasks: Map<string, Row>;
  sent: Sent[];
  fetch: NonNullable<TickTickClientOptions['fetch']>;
} {
  const tasks = new Map<string, Row>();
  const sent: Sent[] = [];
  const answer = (method: string, path: string, body: unknown): Response => {
    if (path === '/task' && method === 'GET') return Response.json([...tasks.values()]);
    if (path === '/task' && method === 'POST') {
      const task = { ...(body as Row), id: `t${tasks.size + 1}` };
      tasks.set(task.id, task);
      return Response.json(task);
    }
    const [, id = ''] = /^\/task\/([\w-]+)$/.exec(path) ?? [];
    const task = tasks.get(id);
    if (method === 'GET' && task) return Response.json(task);
    if (method === 'PUT' && task) {
      const updated = { ...task, ...(body as Row) };
      tasks.set(id, updated);
      return Response.json(updated);
    }
    return Response.json({ error: 'Not found' }, { status: 404 });
  };
  return {
    tasks,
    sent,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      const text = await request.text();
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const line = `${request.method} ${pathname.replace('/open/v1', '')}`;
      sent.push({ line, body });
      const special = routes[line];
      return special ? await special(body) : answer(request.method, pathname.replace('/open/v1', ''), body);
    },
  };
}

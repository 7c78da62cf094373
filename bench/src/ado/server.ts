import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Azure DevOps as far as reading items goes: what the library asks before its first call, items, and the batch. */
export interface AdoServer {
  url: string;
  /** Since it last forgot. */
  seen(): { requests: number; connections: number; longestUrl: number };
  forget(): void;
  close(): void;
}

const resource = (id: string, area: string, resourceName: string, routeTemplate: string) => ({
  id,
  area,
  resourceName,
  routeTemplate,
  minVersion: '1.0',
  maxVersion: '7.2',
  releasedVersion: '7.1',
  resourceVersion: 3,
});

/** The library wants to be told where things are. */
const LOCATIONS: Record<string, unknown> = {
  '/_apis/Location': [
    resource(
      'e81700f7-3be2-46de-8624-2eb35882fcaa',
      'Location',
      'ResourceAreas',
      '_apis/{resource}/{areaId}',
    ),
  ],
  '/_apis/ResourceAreas': [],
  '/_apis/wit': [
    resource(
      '72c7ddf8-2cdc-4f60-90cd-ab71c14a399b',
      'wit',
      'workItems',
      '{project}/_apis/{area}/{resource}/{id}',
    ),
    resource(
      '1a9c53f7-f243-4447-b110-35ef023636e4',
      'wit',
      'wiql',
      '{project}/{team}/_apis/{area}/{resource}',
    ),
    resource(
      '908509b6-4248-4475-a1cd-829139ba419f',
      'wit',
      'workItemsBatch',
      '{project}/_apis/{area}/{resource}',
    ),
  ],
};

const DESCRIPTION = '<p>A description of some length.</p>'.repeat(20);

function item(id: number): object {
  const fields = {
    'System.Title': `Item ${id}`,
    'System.State': 'Active',
    'System.Description': DESCRIPTION,
  };
  return { id, rev: 1, fields, url: '' };
}

/** The ids from 1 to `items` that a query finds, as far as it is about ids alone. */
function found(query: string, top: number, items: number): object {
  const after = Number(/> (\d+)/.exec(query)?.[1] ?? 0);
  const count = Math.max(0, Math.min(top, items - after));
  const workItems = Array.from({ length: count }, (_, index) => ({ id: after + index + 1, url: '' }));
  return { queryType: 'flat', asOf: '2026-11-29T12:00:00Z', columns: [], workItems };
}

/** Answers after `latencyMs`, which stands for the way to the service; queries find `items`. */
export async function startServer(latencyMs: number, items = 0): Promise<AdoServer> {
  let requests = 0;
  let longestUrl = 0;
  const connections = new Set<unknown>();
  const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests += 1;
    connections.add(request.socket);
    longestUrl = Math.max(longestUrl, (request.url ?? '').length + `http://${request.headers.host}`.length);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname.replace(/^\/fabrikam/, '');
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    await wait(latencyMs);
    const answer = (body: unknown): void =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const location = LOCATIONS[path];
    if (Array.isArray(location)) return answer({ count: location.length, value: location });
    const single = /\/workItems\/(\d+)$/i.exec(path)?.[1];
    if (single !== undefined) return answer(item(Number(single)));
    const body = Buffer.concat(chunks).toString();
    if (/\/wiql$/i.test(path)) {
      const { query } = JSON.parse(body) as { query: string };
      return answer(found(query, Number(url.searchParams.get('$top') ?? items), items));
    }
    const ids =
      body === ''
        ? (url.searchParams.get('ids') ?? '').split(',').map(Number)
        : (JSON.parse(body) as { ids: number[] }).ids;
    answer({ count: ids.length, value: ids.map(item) });
  };
  const server = createServer((request, response) => void answerTo(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fabrikam`,
    seen: () => ({ requests, connections: connections.size, longestUrl }),
    forget() {
      requests = 0;
      longestUrl = 0;
      connections.clear();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

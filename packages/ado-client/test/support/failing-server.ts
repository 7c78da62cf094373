import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on this machine that fails as it is told to; what the library asks before its first call it answers. */
export interface FailingServer {
  url: string;
  answerWith(what: string): void;
  onRequest(listener: () => void): void;
  /** Since it last forgot. */
  seen(): { requests: number; connections: number };
  forget(): void;
  close(): Promise<void>;
}

type Answer = (response: ServerResponse) => void;

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

function failed(status: number, typeKey: string, headers: Record<string, string> = {}): Answer {
  return json(status, { $id: '1', message: `TF000001: ${typeKey}`, typeKey }, headers);
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const PAGE = '<!DOCTYPE html><title>Azure DevOps Services | Sign In</title>';

const ANSWERS: Record<string, Answer> = {
  '200': json(200, { id: 42, rev: 1, fields: {} }),
  '404': failed(404, 'WorkItemUnauthorizedAccessException'),
  '203 sign-in page': (response) => response.writeHead(203, HTML).end(PAGE),
  '302 to the sign-in page': (response) => response.writeHead(302, { location: '/_signin', ...HTML }).end(),
  '200 with malformed JSON': (response) => response.writeHead(200).end('{"id":42,'),
  'connection cut in the body': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"id":42,', () => response.destroy());
  },
  'body that stalls': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"id":42,');
  },
  '401': (response) => response.writeHead(401).end(),
  '412': failed(412, 'TestPatchOperationFailedException'),
  '409': failed(409, 'WorkItemRevisionMismatchException'),
  '400': failed(400, 'RuleValidationException'),
  '429': failed(429, 'RequestBlockedException', { 'retry-after': '2' }),
  '503': (response) => response.writeHead(503).end(),
};

/** The library wants to be told where things are. */
const LOCATIONS: Record<string, Answer> = {
  '/_apis/Location': json(200, {
    count: 1,
    value: [
      {
        id: 'e81700f7-3be2-46de-8624-2eb35882fcaa',
        area: 'Location',
        resourceName: 'ResourceAreas',
        routeTemplate: '_apis/{resource}/{areaId}',
        minVersion: '3.2',
        maxVersion: '7.2',
        releasedVersion: '0.0',
        resourceVersion: 1,
      },
    ],
  }),
  '/_apis/ResourceAreas': json(200, { count: 0, value: [] }),
  '/_apis/wit': json(200, {
    count: 1,
    value: [
      {
        id: '72c7ddf8-2cdc-4f60-90cd-ab71c14a399b',
        area: 'wit',
        resourceName: 'workItems',
        routeTemplate: '{project}/_apis/{area}/{resource}/{id}',
        minVersion: '1.0',
        maxVersion: '7.2',
        releasedVersion: '7.1',
        resourceVersion: 3,
      },
    ],
  }),
};

export async function failingServer(): Promise<FailingServer> {
  let answer: Answer | undefined;
  let onRequest: () => void = () => undefined;
  let requests = 0;
  const connections = new Set<unknown>();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    connections.add(request.socket);
    onRequest();
    const path = (request.url ?? '').replace('/fabrikam', '').replace(/\?.*/, '');
    if (path === '/_signin') return void response.writeHead(200, HTML).end(PAGE);
    const location = LOCATIONS[path];
    (location ?? answer ?? failed(500, 'Nothing'))(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answerWith: (what) => (answer = ANSWERS[what]),
    onRequest: (listener) => (onRequest = listener),
    seen: () => ({ requests, connections: connections.size }),
    forget() {
      requests = 0;
      connections.clear();
      onRequest = () => undefined;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { task } from './recorded-task.ts';

// Started as a process of its own, so that its work does not count as the client's.
const body = Buffer.from(JSON.stringify(task));
const path = `/open/v1/project/${task.projectId}/task/${task.id}`;

const server = createServer((request, response) => {
  const isRight = request.url === path && request.headers.authorization === 'Bearer bench-token';
  response.writeHead(isRight ? 200 : 404, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': body.length,
  });
  response.end(body);
});

server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());

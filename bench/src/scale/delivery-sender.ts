// Sends notifications of Calendar channels, each one once, 64 at a time. Arguments: port, first number, count, channels.
import { Agent, request } from 'node:http';

const [port = 0, first = 0, count = 0, channels = 1] = process.argv.slice(2).map(Number);
const AT_ONCE = 64;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

async function send(number: number): Promise<void> {
  const headers = {
    'x-goog-channel-id': `channel-${number % channels}`,
    'x-goog-channel-token': 'token',
    'x-goog-resource-id': 'resource',
    'x-goog-resource-state': 'exists',
    'x-goog-message-number': String(number),
  };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const address = { host: '127.0.0.1', port, path: '/webhooks/google/calendar' };
  const sent = request({ ...address, method: 'POST', headers, agent }, (response) => {
    response.resume();
    response.once('end', () => {
      if (response.statusCode === 204) resolve();
      else reject(new Error(`A delivery was answered with ${response.statusCode}.`));
    });
  });
  sent.once('error', reject).end();
  await promise;
}

let next = first;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (next < first + count) await send(next++);
  }),
);
process.exit();

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Notes when requests arrive, and prints its port, then, when its input ends, the times in milliseconds. */
const arrivals: number[] = [];
const server = createServer((_request, response) => {
  arrivals.push(performance.now());
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().once('end', () => {
  process.stdout.write(JSON.stringify(arrivals), () => process.exit());
});

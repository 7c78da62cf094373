// A worker process: start as many as there is work for.
import { connect } from './connect.ts';
import { work } from './work.ts';

const connected = connect(process.env);
const running = work(connected, async (event) => {
  // The host's own work. A list in Redis shows who did what.
  await connected.redis.rpush(
    `${connected.prefix}:handled`,
    JSON.stringify({ by: process.pid, type: event.type, id: event.id }),
  );
});
process.once('SIGTERM', () => void running.close().then(() => connected.redis.quit()));
console.log('Working');

// Maintenance driven by other people's queues, two workers each: every change is told once, nobody is left out, a step that failed is
// repeated, and a walk brings nothing forward.
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { onBullMq } from './bullmq.ts';
import { judge } from './judge.ts';
import { onLocalCloudTasks } from './on-cloud-tasks.ts';
import { onPgBoss } from './pg-boss.ts';

const { REDIS_URL = 'redis://127.0.0.1:6379', POSTGRES_URL = 'postgres://postgres@127.0.0.1:5432/postgres' } =
  process.env;
const own = `queues-${process.pid}`;
let failures = 0;
const tell = (name: string, problems: readonly string[], said: string): void => {
  failures += problems.length;
  process.stdout.write(`${problems.length === 0 ? 'ok' : 'FAILED'}: ${name}: ${said}\n`);
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
};

const redis = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
const bullMq = await judge([onBullMq(redis, own), onBullMq(redis, own)]);
tell('BullMQ', bullMq.problems, bullMq.said);
for (const key of await redis.keys(`${own}:*`)) await redis.unlink(key);
await redis.quit();

const schema = own.replace('-', '_');
const pgBoss = await judge([await onPgBoss(POSTGRES_URL, schema), await onPgBoss(POSTGRES_URL, schema)]);
tell('pg-boss', pgBoss.problems, pgBoss.said);
const client = new Client(POSTGRES_URL);
await client.connect();
await client.query(`DROP SCHEMA ${schema} CASCADE`);
await client.end();

const { machines, stop } = await onLocalCloudTasks();
const cloudTasks = await judge(machines);
tell('Cloud Tasks', cloudTasks.problems, cloudTasks.said);
await stop();
process.exitCode = failures === 0 ? 0 : 1;

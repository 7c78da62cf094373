/**
 * Lists your open tasks (see connect.ts for how to sign in):
 *
 *   TICKTICK_API_TOKEN=… npm run list-tasks
 */
import { taskDueDay } from '@context-sdk/ticktick-client';
import { connect, run } from './connect.ts';

await run(async () => {
  const client = await connect(process.env);
  for await (const task of client.tasks.listOpen()) {
    console.log(`${(taskDueDay(task) ?? '').padEnd(10)}  ${task.title}`);
  }
});

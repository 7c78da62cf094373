import { connection } from 'next/server';
import { context } from '../shared-host';

/** A server component that reads the user's tasks. */
export default async function Page() {
  await connection();
  const tasks = await context.user('ada').ticktick.tasks.listOpen().toArray();
  return <h1>{tasks.length} open tasks</h1>;
}

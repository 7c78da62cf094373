import { DAY_MS } from '@context-sdk/oauth-core/client-kit';
import type { Dialect, TickTickCall } from '../../operations.ts';
import type { Task } from '../task.ts';
import { listCompleted } from './list-completed.ts';
import { listOpen, queryGateway } from './list-open.ts';

/** Every open task, then the completed ones. A gateway of the guide's dialect has one list of both. */
export async function* listAll(dialect: Dialect, call: TickTickCall): AsyncGenerator<Task> {
  if (!dialect.hasProjects) {
    yield* await queryGateway(call);
    return;
  }
  yield* listOpen(dialect, call);
  yield* listCompleted({ from: 0, to: Date.now() + DAY_MS }, undefined, call);
}

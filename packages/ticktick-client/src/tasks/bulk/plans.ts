import type { Dialect } from '../../operations.ts';
import type { TaskWriter } from '../actions/task-writer.ts';
import type { TaskRef } from '../task.ts';
import { completeMany, onceEach } from './complete-many.ts';
import type { SendNewTasks } from './create-many.ts';
import { NewTaskSender } from './new-tasks.ts';
import { batchesOrOneByOne, oneByOne } from './one-by-one.ts';
import type { BulkPlan } from './run-bulk.ts';
import { type TaskUpdate, type UpdateItem, updateMany, wireOf } from './update-many.ts';

/** How bulk calls send what differs between the dialects. */
export interface BulkPlans {
  sendNew: SendNewTasks;
  updates: BulkPlan<TaskUpdate, UpdateItem>;
  completions: BulkPlan<TaskRef, { task: TaskRef }>;
}

/** TickTick has batches. A gateway may have none for new and changed tasks, and has none for completions. */
export function bulkPlans(dialect: Dialect, writer: TaskWriter): BulkPlans {
  const sender = new NewTaskSender(dialect);
  const sendNew: SendNewTasks = (chunk, call) => sender.send(chunk, call);
  const updates = updateMany(dialect.batchSize);
  if (dialect.hasProjects) return { sendNew, updates, completions: completeMany };
  return {
    sendNew: batchesOrOneByOne(sendNew, (task, call) => writer.create({ ...task, id: undefined }, call)),
    updates: {
      ...updates,
      send: batchesOrOneByOne(updates.send, (item, call) => writer.update(item, wireOf(item), call)),
    },
    completions: {
      ...completeMany,
      send: onceEach(
        oneByOne(async (ref, call) => {
          await writer.complete(ref, call);
          return { id: ref.id };
        }),
      ),
    },
  };
}

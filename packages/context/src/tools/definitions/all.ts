import { AGENDA } from './agenda.ts';
import { BLOCK_TIME } from './block-time.ts';
import { CHANGE_TASK } from './change-task.ts';
import { COMPLETE_TASK } from './complete-task.ts';
import { CREATE_TASK } from './create-task.ts';
import type { Definition } from './definition.ts';
import { DRAFT_MAIL } from './draft-mail.ts';
import { FIND } from './find.ts';
import { FREE_SLOTS } from './free-slots.ts';
import { PLAN_TASKS } from './plan-tasks.ts';
import { READ } from './read.ts';
import { RESPOND } from './respond.ts';
import { SEND_DRAFT } from './send-draft.ts';
import { UNDO } from './undo.ts';
import { CHANGE_WORK_ITEM, CREATE_WORK_ITEM } from './work-items.ts';

/** All tools, in the order in which a model is told of them. */
export const DEFINITIONS: readonly Definition[] = [
  AGENDA,
  FIND,
  READ,
  FREE_SLOTS,
  CREATE_TASK,
  CHANGE_TASK,
  COMPLETE_TASK,
  BLOCK_TIME,
  PLAN_TASKS,
  RESPOND,
  DRAFT_MAIL,
  SEND_DRAFT,
  CREATE_WORK_ITEM,
  CHANGE_WORK_ITEM,
  UNDO,
];

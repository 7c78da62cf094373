import { isObject } from '@context-sdk/oauth-core/client-kit';
import { isPlanRecord } from '../../plans/stored-plan.ts';
import { isNumber, isText, listOf, type Shape, shapeOf } from '../../records/shape.ts';

const isTextOrNull: Shape = (value) => value === null || isText(value);
const TASK = { id: isText, projectId: isText };
const isReply = shapeOf({ threadId: isText, text: isText });
const isNewMail = shapeOf({ mail: shapeOf({ to: listOf(isText), subject: isText, text: isText }) });

/** What each write needs to run, by the name of its tool. */
const ARGUMENTS: Readonly<Record<string, Shape>> = {
  create_task: shapeOf({ input: shapeOf({ title: isText }) }),
  change_task: shapeOf({ ...TASK, changes: isObject }),
  complete_task: shapeOf(TASK),
  block_time: shapeOf({
    task: shapeOf({ ...TASK, title: isText }),
    minutes: isNumber,
    within: shapeOf({ from: isText, to: isText }),
  }),
  plan_tasks: isPlanRecord,
  respond_to_invitation: shapeOf({
    id: isText,
    calendarId: isText,
    response: isText,
    comment: isTextOrNull,
    shown: isText,
  }),
  draft_mail: (value) => isReply(value) || isNewMail(value),
  send_draft: shapeOf({ id: isText, messageId: isText }),
  create_work_item: shapeOf({ input: shapeOf({ title: isText, type: isText }) }),
  change_work_item: shapeOf({ id: isNumber, changes: isObject, comment: isTextOrNull }),
  undo: shapeOf({ id: isText }),
};

/** Whether a write can run with what a record has as its arguments. Those of a tool of another version may be anything. */
export function canRunWith(tool: string, given: unknown): boolean {
  const shape = Object.hasOwn(ARGUMENTS, tool) ? ARGUMENTS[tool] : undefined;
  return (shape ?? isObject)(given);
}

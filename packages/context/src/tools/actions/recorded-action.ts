import { isObject } from '@context-sdk/oauth-core/client-kit';
import type { ProviderId } from '../../options/provider-id.ts';
import { isNumber, isText, isTime, listOf, type Shape, shapeOf } from '../../records/shape.ts';
import type { Performed } from '../definitions/definition.ts';
import type { ToolName } from '../input/inputs.ts';
import type { ToolEffect } from '../tool.ts';

/** A write that a tool did. */
export interface RecordedAction {
  /** Names it for `undo`. */
  id: string;
  tool: ToolName;
  effect: ToolEffect;
  provider: ProviderId;
  /** What was done, in words for a person. */
  description: string;
  /** Epoch milliseconds. */
  at: number;
  /** `unknown`: it began, and nothing is known of its end. `failed`: it was refused. */
  state: 'unknown' | 'failed' | 'done' | 'undone';
  /** Whether `undo` can take it back, and how: with what was before. */
  undo: Performed['undo'];
}

const EVENTS = { events: listOf(shapeOf({ calendarId: isText, id: isText, after: isObject })) };

/** What each way to take a write back needs. */
const UNDO: Readonly<Record<RecordedAction['undo']['kind'], Shape>> = {
  none: shapeOf({ reason: isText }),
  'task-created': shapeOf({ id: isText, projectId: isText, after: isObject }),
  'task-changed': shapeOf({ id: isText, projectId: isText, before: isObject, after: isObject }),
  'task-completed': shapeOf({ id: isText, projectId: isText, before: isObject }, { after: isObject }),
  'block-created': shapeOf({ taskId: isText, ...EVENTS }),
  'block-moved': shapeOf({ id: isText, before: isObject, after: isObject }),
  'plan-applied': shapeOf({ ...EVENTS, inverse: isObject }),
  'draft-created': shapeOf({ id: isText, messageId: isText }),
  'work-item-created': shapeOf({ id: isNumber, after: isObject }),
  'work-item-changed': shapeOf({ id: isNumber, before: isObject, after: isObject }, { commentId: isNumber }),
};

function isUndo(undo: unknown): boolean {
  if (!isObject(undo)) return false;
  const { kind } = undo;
  const shape = Object.entries(UNDO).find(([name]) => name === kind)?.[1];
  return shape?.(undo) ?? false;
}

const ACTION = shapeOf({
  id: isText,
  tool: isText,
  effect: isText,
  provider: isText,
  description: isText,
  at: isTime,
  state: isText,
  undo: isUndo,
});

/** Whether a record is that of a write which a tool did. */
export function isRecordedAction(value: unknown): value is RecordedAction {
  return ACTION(value);
}

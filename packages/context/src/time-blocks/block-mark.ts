import type { CalendarEvent } from '@context-sdk/google-workspace';
import { isObject, parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import { asText } from '../utils/text.ts';

/** The private extended properties of a block's event. */
const TASK = 'contextSdkTask';
const OCCURRENCE = 'contextSdkOccurrence';
const PIECE = 'contextSdkPiece';
const PLAN = 'contextSdkPlan';
const KIND = 'contextSdkKind';
const BLOCK = 'block';

/** What was asked for when the block was written: what differs from it now, somebody has changed by hand. */
export interface BlockPlan {
  /** The whole time that was asked for, in minutes. */
  minutes: number;
  /** Where this piece was put: epoch milliseconds. */
  start: number;
  end: number;
  /** When its task begins, if it has a start: epoch milliseconds. */
  begins?: number;
  /** Epoch milliseconds. */
  due?: number;
  /** What a minute of it is worth. */
  weight?: number;
  /** Whether no other task may move it. */
  protected?: boolean;
}

/** What an event says of the task that it blocks time for. */
export interface BlockMark {
  taskId: string;
  /** The day of the occurrence of a recurring task: `2026-11-30`. */
  occurrence?: string;
  /** The number of the piece, from 0. */
  piece: number;
  /** Absent in blocks of earlier versions. */
  plan?: BlockPlan;
}

/** The query that finds all blocks. */
export const ALL_BLOCKS: string = `${KIND}=${BLOCK}`;

/** The query that finds the blocks of one task. */
export function blocksOf(taskId: string): string {
  return `${TASK}=${taskId}`;
}

/** An event's private extended properties, those that are texts. */
export function privateProperties({ extendedProperties }: CalendarEvent): Record<string, string> {
  const own: unknown = extendedProperties?.private;
  if (!isObject(own)) return {};
  return Object.fromEntries(
    Object.entries(own).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The id of the task that an event blocks time for, if it is a block. */
export function blockedTaskId({ extendedProperties }: CalendarEvent): string | undefined {
  return asText(extendedProperties?.private?.[TASK]) || undefined;
}

export function readMark(event: CalendarEvent): BlockMark | undefined {
  const taskId = blockedTaskId(event);
  if (taskId === undefined) return undefined;
  const { [OCCURRENCE]: occurrence, [PIECE]: piece = '0', [PLAN]: plan = '' } = privateProperties(event);
  const read = parseJsonObject(plan) as Partial<BlockPlan> | undefined;
  const isWhole = [read?.minutes, read?.start, read?.end].every((value) => typeof value === 'number');
  return {
    taskId,
    piece: /^\d{1,4}$/.test(piece) ? Number(piece) : 0,
    ...(occurrence !== undefined && { occurrence }),
    ...(isWhole && { plan: read as BlockPlan }),
  };
}

/** What a block's event says of its task: all that is known of one that is not open any more. */
export function blockedTask(
  { summary, source }: CalendarEvent,
  { taskId }: BlockMark,
): { id: string; projectId: string; title: string } {
  const [, projectId = ''] = /#p\/([^/]+)\/tasks\//.exec(asText(source?.url)) ?? [];
  return { id: taskId, projectId: decoded(projectId), title: asText(summary) };
}

/** Anyone with the calendar can write a link that is not encoded as ours is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function markProperties({ taskId, occurrence, piece, plan }: BlockMark): Record<string, string> {
  return {
    [KIND]: BLOCK,
    [TASK]: taskId,
    ...(occurrence !== undefined && { [OCCURRENCE]: occurrence }),
    ...(piece > 0 && { [PIECE]: String(piece) }),
    ...(plan !== undefined && { [PLAN]: JSON.stringify(plan) }),
  };
}

/** What the event of a piece is created for: one per calendar, however often and by whom it is asked for. */
export function keyOfBlock({ taskId, occurrence, piece }: BlockMark): string {
  const parts = ['ticktick', taskId, ...(occurrence === undefined ? [] : [occurrence])];
  return [...parts, ...(piece === 0 ? [] : [String(piece)])].join('/');
}

import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { unexpected } from '../errors.ts';
import { partOf, type WiqlParts } from './wiql-parts.ts';

/** The most that one answer holds; with one more, Azure DevOps refuses the query (VS402337). */
const PAGE = 19_999;

/** The ids of an answer, and how many rows it had: rows that can't be read count, too. */
export interface IdPage {
  ids: number[];
  rows: number;
}

/** Runs one query and gives its ids, at most `top`. */
export type RunQuery = (text: string, top: number | undefined) => Promise<IdPage>;

export function isTooLarge(error: unknown): boolean {
  return error instanceof InvalidRequestError && error.serviceCode === 'VS402337';
}

async function unlessTooLarge(page: Promise<IdPage>): Promise<IdPage | undefined> {
  try {
    return await page;
  } catch (error) {
    if (isTooLarge(error)) return undefined;
    throw error;
  }
}

/** A range of ids above `after` that is not too large: half as wide until it is not. */
async function range(
  ask: (conditions: string[]) => Promise<IdPage>,
  after: number,
  widest: number,
): Promise<{ ids: number[]; width: number }> {
  for (let width = widest; ; width = Math.ceil(width / 2)) {
    const page = ask([`[System.Id] > ${after}`, `[System.Id] <= ${after + width}`]);
    // What one id alone is too large for is not helped by asking for less.
    const found = width === 1 ? await page : await unlessTooLarge(page);
    if (found !== undefined) return { ids: found.ids, width };
  }
}

/**
 * The ids that a query finds, in their own order, page by page: each asks for what lies behind the one before. Should a
 * page be too large all the same, it is asked for in ranges of ids.
 */
export async function* idPages(
  run: RunQuery,
  parts: WiqlParts,
  top: number | undefined,
): AsyncGenerator<number[]> {
  const isDescending = /\bdesc$/i.test(parts.orderBy ?? '');
  const direction = isDescending ? ' DESC' : '';
  let after: number | undefined;
  let width = PAGE;
  let left = top ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    const most = Math.min(left, PAGE);
    const behind = after === undefined ? [] : [`[System.Id] ${isDescending ? '<' : '>'} ${after}`];
    const page = run(partOf(parts, behind, direction), most);
    const open = isDescending ? await page : await unlessTooLarge(page);
    if (open !== undefined) {
      yield open.ids;
      left -= open.rows;
      if (open.rows < most || left <= 0) return;
      const last = open.ids.at(-1);
      if (last === undefined) throw unexpected('answered a query with no id that can be read');
      if (last === after) throw unexpected('answered a query for what lies behind an id with that id');
      after = last;
      continue;
    }
    const from: number = after ?? 0;
    const part = await range((conditions) => run(partOf(parts, conditions, ''), most), from, width);
    yield part.ids;
    left -= part.ids.length;
    after = from + part.width;
    width = part.ids.length < PAGE / 2 ? part.width * 2 : part.width;
  }
}

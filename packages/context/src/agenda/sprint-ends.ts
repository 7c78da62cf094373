import { type AdoClient, fieldPathOf, type WorkItem } from '@context-sdk/ado-client';
import type { CallOptions } from '@context-sdk/oauth-core';
import { isDay, isObject } from '@context-sdk/oauth-core/client-kit';
import { asText } from '../utils/text.ts';
import { ofProject, projectOf } from './open-work-items.ts';

/** The last days of iterations, by the path in lower case. */
export type SprintEnds = ReadonlyMap<string, string>;

/** A node that makes no sense has no end, and costs no other its own. */
function* endsIn(node: unknown): Generator<[path: string, day: string]> {
  if (!isObject(node)) return;
  const { name, path, attributes, children } = node;
  const day = isObject(attributes) ? asText(attributes['finishDate']).slice(0, 10) : '';
  const place = { name: asText(name), ...(path !== undefined && { path: asText(path) }) };
  if (isDay(day) && place.name !== '' && place.path !== '') yield [fieldPathOf(place).toLowerCase(), day];
  if (Array.isArray(children)) for (const child of children) yield* endsIn(child);
}

/** The last days of the iterations that items are in: one request for each project. */
export async function readSprintEnds(
  client: AdoClient,
  items: readonly WorkItem[],
  call: CallOptions,
): Promise<SprintEnds> {
  const projects = new Set(items.map(projectOf).filter(Boolean));
  const trees = await Promise.all(
    [...projects].map((project) => ofProject(client.iterations.tree({ ...call, project }))),
  );
  return new Map(trees.flatMap((tree) => (tree === undefined ? [] : [...endsIn(tree)])));
}

export function sprintEndOf({ fields }: WorkItem, ends: SprintEnds): string | undefined {
  return ends.get(asText(fields['System.IterationPath']).toLowerCase());
}

import { type AdoClient, type ClassificationNode, fieldPathOf, type WorkItem } from '@context-sdk/ado-client';
import type { CallOptions } from '@context-sdk/oauth-core';

/** The last days of iterations, by the path in lower case. */
export type SprintEnds = ReadonlyMap<string, string>;

function* endsIn(node: ClassificationNode): Generator<[path: string, day: string]> {
  const { finishDate } = node.attributes ?? {};
  if (finishDate !== undefined) yield [fieldPathOf(node).toLowerCase(), finishDate.slice(0, 10)];
  for (const child of node.children ?? []) yield* endsIn(child);
}

/** The last days of the iterations that items are in: one request for each project. */
export async function readSprintEnds(
  client: AdoClient,
  items: readonly WorkItem[],
  call: CallOptions,
): Promise<SprintEnds> {
  const projects = new Set(items.map(({ fields }) => fields['System.TeamProject'] ?? '').filter(Boolean));
  const trees = await Promise.all(
    [...projects].map((project) => client.iterations.tree({ ...call, project })),
  );
  return new Map(trees.flatMap((tree) => [...endsIn(tree)]));
}

export function sprintEndOf({ fields }: WorkItem, ends: SprintEnds): string | undefined {
  return ends.get((fields['System.IterationPath'] ?? '').toLowerCase());
}

import { ApiFailure } from '../api-failure.ts';
import { type ApiCall, pathParam, requiredProject, requiredTeam } from '../api/api-call.ts';
import { findType, type WorkItemType } from '../organization/project.ts';

/** A level of the backlog, whose items a board shows by their state. */
export interface BacklogLevel {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly types: readonly string[];
}

export const BACKLOG_LEVELS: readonly BacklogLevel[] = [
  { id: 'Microsoft.EpicCategory', name: 'Epics', rank: 3, types: ['Epic'] },
  { id: 'Microsoft.FeatureCategory', name: 'Features', rank: 2, types: ['Feature'] },
  {
    id: 'Microsoft.RequirementCategory',
    name: 'Stories',
    rank: 1,
    types: ['User Story', 'Product Backlog Item', 'Bug'],
  },
];

/** By its name, its category or the board's id, in any case. */
export function levelOf(call: ApiCall, param: 'board' | 'backlog'): BacklogLevel {
  const wanted = pathParam(call, param).toLowerCase();
  const level = BACKLOG_LEVELS.find((one) =>
    [one.id.toLowerCase(), one.name.toLowerCase(), boardId(call, one)].includes(wanted),
  );
  if (!level)
    throw new ApiFailure(
      404,
      'BacklogDoesNotExistException',
      `VS403411: The ${param} ${wanted} does not exist.`,
    );
  return level;
}

/** The same for the same team. */
export function boardId(call: ApiCall, { rank }: BacklogLevel): string {
  return `${requiredTeam(call).id.slice(0, -1)}${rank}`;
}

export function typesOf(call: ApiCall, { types }: BacklogLevel): readonly WorkItemType[] {
  return types.flatMap((name) => findType(requiredProject(call), name) ?? []);
}

import type { AccountData } from './account-data.ts';
import { ApiFailure } from './api-call.ts';
import type { ProjectLoss } from './records.ts';

const FAILURES: Readonly<Record<Exclude<ProjectLoss, 'empty'>, () => ApiFailure>> = {
  forbidden: () => new ApiFailure(403),
  'not-found': () => new ApiFailure(404),
  error: () => new ApiFailure(500, 'project_not_found'),
};

/** What answers a request in a project that is out of reach; undefined if it is within reach. */
export function answerLost(data: AccountData, projectId: string | undefined): object | undefined {
  const loss = data.lostProjects.get(projectId ?? '');
  if (loss === undefined) return undefined;
  if (loss === 'empty') return {};
  throw FAILURES[loss]();
}

import { isAboutPath, withSuggestion } from '../../requests/path-suggestion.ts';
import type { AdoCall } from '../../wire.ts';
import type { WorkItemOutcome } from './batch-outcome.ts';
import type { BatchRequest } from './batch-request.ts';

/** The project of a new item, or the id of one that is changed, as the URI has it. */
function placeOf(uri: string): { project: string } | { id: number } {
  const [, project, id] = /^(?:\/([^/]+))?\/_apis\/wit\/workitems\/(\d*)/.exec(uri) ?? [];
  return project === undefined ? { id: Number(id) } : { project: decodeURIComponent(project) };
}

/** The outcomes of requests; those that failed for an area or iteration that doesn't exist suggest one. */
export async function suggestedOutcomes(
  call: AdoCall,
  requests: readonly BatchRequest[],
  outcomes: readonly WorkItemOutcome[],
): Promise<WorkItemOutcome[]> {
  const suggested: WorkItemOutcome[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const request = requests[index];
    const error = outcome.status === 'failed' && isAboutPath(outcome.error) ? outcome.error : undefined;
    if (error === undefined || request === undefined) suggested.push(outcome);
    else {
      const better = await withSuggestion(call, error, request.body, placeOf(request.uri));
      suggested.push({ status: 'failed', error: better });
    }
  }
  return suggested;
}

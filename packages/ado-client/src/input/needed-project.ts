import { checkedName } from './checked-name.ts';
import { invalid } from './invalid.ts';

/** The project of a call whose route has to name one: the call's own, or the client's. */
export function neededProject(
  given: string | undefined,
  ofClient: string | undefined,
  field = 'project',
): string {
  const project = given ?? ofClient;
  if (project === undefined) throw invalid(field, 'is needed: give it here, or to the client');
  return checkedName(project, field);
}

/** The project of a call whose route may name one. */
export function optionalProject(given: string | undefined): string | undefined {
  return given === undefined ? undefined : checkedName(given, 'project');
}

import { type ApiCall, type ApiRoute, flag, numberOf, reading } from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { invalidValue } from '../failures.ts';
import { parseQuery } from '../wiql/parse-query.ts';
import { runQuery } from '../wiql/run-query.ts';

export const WIQL_ROUTES: readonly ApiRoute[] = [reading('wiql.query', 'POST wit/wiql', query)];

/** Every project is searched, whatever the path says: the project there is only what @project means. */
function query(call: ApiCall): object {
  const { organization, project, caller, settings } = call;
  const text = property(readObject(call.request), 'query');
  if (typeof text !== 'string' || text === '') throw invalidValue('The query must not be empty.');
  const top = numberOf(call, '$top', 0);
  const context = {
    now: organization.clock.now(),
    me: caller.person,
    project,
    timePrecision: flag(call, 'timePrecision'),
  };
  return runQuery(organization, parseQuery(text), context, {
    top: top === 0 ? undefined : top,
    limit: settings.wiqlLimit,
  });
}

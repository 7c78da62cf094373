import type { HttpOperation } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../errors.ts';
import type { Dialect } from '../operations.ts';

/** A route in the form `POST /task/{id}/complete`, behind the base URL. */
export type GatewayRoute = `${HttpOperation['method']} /${string}`;

/** Routes that the integration guide doesn't have, and a gateway may. */
export interface GatewayRoutes {
  /** Such as `POST /task/{id}/complete`. */
  complete?: GatewayRoute | undefined;
  /** Such as `DELETE /task/{id}`. */
  delete?: GatewayRoute | undefined;
}

/** The integration guide's wire format. A gateway that speaks it has scopes of its own. */
const OPERATIONS: Dialect['operations'] = {
  'tasks.listOpen': { safety: 'safe', method: 'GET', path: '/task' },
  'tasks.get': { safety: 'safe', method: 'GET', path: '/task/{id}' },
  'tasks.create': { safety: 'unsafe', method: 'POST', path: '/task' },
  'tasks.update': { safety: 'idempotent', method: 'PUT', path: '/task/{id}' },
  'tasks.createMany': { safety: 'unsafe', method: 'POST', path: '/task/batch' },
  'tasks.updateMany': { safety: 'idempotent', method: 'POST', path: '/task/batch' },
  'webhooks.register': { safety: 'unsafe', method: 'POST', path: '/webhook' },
};

/** The dialect of a gateway with these routes. Throws {@link ConfigurationError} for one that can't be read. */
export function guideDialect(given?: GatewayRoutes): Dialect {
  const { complete, delete: remove } = given ?? {};
  return {
    operations: {
      ...OPERATIONS,
      ...(complete && { 'tasks.complete': operation('complete', 'unsafe', complete) }),
      ...(remove && { 'tasks.delete': operation('delete', 'idempotent', remove) }),
    },
    batchSize: 20,
    hasProjects: false,
  };
}

function operation(name: string, safety: 'unsafe' | 'idempotent', route: GatewayRoute): HttpOperation {
  const [, method, path] = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*\{id\}\S*)$/.exec(route) ?? [];
  if (method !== undefined && path !== undefined) {
    return { safety, method: method as HttpOperation['method'], path };
  }
  throw errors.misconfigured(`routes.${name} must look like POST /task/{id}/${name}.`);
}

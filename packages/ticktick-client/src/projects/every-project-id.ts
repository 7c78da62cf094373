import type { CallOptions } from '@context-sdk/oauth-core';
import type { Projects } from './projects.ts';

/** The inbox, which TickTick does not list, and every project. */
export async function everyProjectId(projects: Projects, options?: CallOptions): Promise<string[]> {
  return ['inbox', ...(await projects.list(options)).map(({ id }) => id)];
}

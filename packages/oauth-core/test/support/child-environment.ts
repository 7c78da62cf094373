import { fileURLToPath } from 'node:url';

/** For the many processes that tests start on the sources: what one has compiled, the next ones find. */
export const CHILD_ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../../node_modules/.cache/node', import.meta.url)),
};

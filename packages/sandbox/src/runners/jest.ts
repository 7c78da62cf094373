import type { SandboxOptions } from '../sandbox.ts';
import { type RunnerHooks, type SandboxInUse, useSandboxWith } from './use-sandbox.ts';

export type { SandboxInUse } from './use-sandbox.ts';

/**
 * Gives each test of a Jest file or `describe` a new sandbox, as `current`, and leads every request of this process to
 * a service's real host there, whichever library sends it. Throws an Error where Jest's globals are missing.
 */
export function useSandbox(options: SandboxOptions = {}): SandboxInUse {
  const hooks: Partial<RunnerHooks> = globalThis as Partial<RunnerHooks>;
  const { afterAll, beforeAll, beforeEach } = hooks;
  if (!afterAll || !beforeAll || !beforeEach) {
    throw new Error('useSandbox needs the globals of Jest: set injectGlobals, and call it from a test file.');
  }
  return useSandboxWith({ afterAll, beforeAll, beforeEach }, options);
}

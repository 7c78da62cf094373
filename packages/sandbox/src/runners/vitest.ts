import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { SandboxOptions } from '../sandbox.ts';
import { type SandboxInUse, useSandboxWith } from './use-sandbox.ts';

export type { SandboxInUse } from './use-sandbox.ts';

/**
 * Gives each test of a Vitest file or `describe` a new sandbox, as `current`, and leads every request of this process to
 * a service's real host there, whichever library sends it.
 */
export function useSandbox(options: SandboxOptions = {}): SandboxInUse {
  return useSandboxWith({ afterAll, beforeAll, beforeEach }, options);
}

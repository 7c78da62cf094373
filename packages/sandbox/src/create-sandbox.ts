import { emulateAzureDevOps } from './azure-devops/create-azure-devops.ts';
import { emulateGoogle } from './google/create-google.ts';
import { createSandboxOf } from './sandbox-base.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { fillAccounts, restoreSandbox as restore } from './state/restore.ts';
import type { SavedState } from './state/saved-state.ts';
import { emulateTickTick } from './ticktick/sandbox.ts';

/** Sets up every emulated service, each with data and clients of its own. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const sandbox = createSandboxOf(options, (surroundings) => {
    const tickTick = emulateTickTick(options, surroundings);
    const google = emulateGoogle(options, surroundings);
    const azureDevOps = emulateAzureDevOps(options, surroundings);
    return {
      services: [...tickTick.services, ...google.services, ...azureDevOps.services],
      violations: () => [tickTick, google, azureDevOps].flatMap(({ violations }) => violations()),
      controls: { ...tickTick.controls, ...google.controls, ...azureDevOps.controls },
    };
  });
  if (options.keepsState === true) fillAccounts(sandbox);
  return sandbox;
}

/**
 * Sets up a sandbox as `sandbox.save()` saved it, or as a file says that was written by hand. Ids are the same as before;
 * tokens are not restored, and notifications not sent again. Rejects with an Error that names a request that is refused.
 */
export async function restoreSandbox(saved: SavedState, options: SandboxOptions = {}): Promise<Sandbox> {
  return await restore(saved, options, createSandbox);
}

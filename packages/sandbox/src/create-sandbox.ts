import { emulateAzureDevOps } from './azure-devops/create-azure-devops.ts';
import type { AzureDevOpsSandbox, AzureDevOpsSandboxOptions } from './azure-devops/sandbox.ts';
import { emulateGoogle } from './google/create-google.ts';
import type { GoogleSandbox, GoogleSandboxOptions } from './google/sandbox.ts';
import { createSandboxOf } from './sandbox-base.ts';
import { emulateTickTick, type TickTickSandbox, type TickTickSandboxOptions } from './ticktick/sandbox.ts';

/** How a sandbox with every service is set up. */
export interface SandboxOptions
  extends TickTickSandboxOptions, GoogleSandboxOptions, AzureDevOpsSandboxOptions {}

/** All emulated services behind one `fetch`. */
export interface Sandbox extends TickTickSandbox, GoogleSandbox, AzureDevOpsSandbox {}

/** Sets up every emulated service, each with data and clients of its own. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  return createSandboxOf(options, (surroundings) => {
    const tickTick = emulateTickTick(options, surroundings);
    const google = emulateGoogle(options, surroundings);
    const azureDevOps = emulateAzureDevOps(options, surroundings);
    return {
      services: [...tickTick.services, ...google.services, ...azureDevOps.services],
      controls: { ...tickTick.controls, ...google.controls, ...azureDevOps.controls },
    };
  });
}

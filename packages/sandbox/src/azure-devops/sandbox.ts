import {
  createSandboxOf,
  type Emulation,
  type SandboxBase,
  type SandboxBaseOptions,
  type Surroundings,
} from '../sandbox-base.ts';
import type { AzureDevOpsBehavior } from './behavior.ts';
import type { AzureDevOpsControl } from './control.ts';
import { createAzureDevOps } from './create-azure-devops.ts';

/** How a sandbox with Azure DevOps is set up. */
export interface AzureDevOpsSandboxOptions extends SandboxBaseOptions {
  /** dev.azure.com, *.visualstudio.com and login.microsoftonline.com. */
  azureDevOps?: AzureDevOpsBehavior;
}

interface AzureDevOpsControls {
  readonly azureDevOps: AzureDevOpsControl;
}

/** Emulated Azure DevOps organizations, and the Entra ID that signs people in. */
export interface AzureDevOpsSandbox extends SandboxBase, AzureDevOpsControls {}

/** Sets up Azure DevOps and Entra ID alone. */
export function createAzureDevOpsSandbox(options: AzureDevOpsSandboxOptions = {}): AzureDevOpsSandbox {
  return createSandboxOf(options, (surroundings) => emulateAzureDevOps(options, surroundings));
}

export function emulateAzureDevOps(
  options: AzureDevOpsSandboxOptions,
  surroundings: Surroundings,
): Emulation<AzureDevOpsControls> {
  const { services, control } = createAzureDevOps(options.azureDevOps ?? {}, surroundings);
  return { services, controls: { azureDevOps: control } };
}

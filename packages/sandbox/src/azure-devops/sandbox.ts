import { createSandboxOf, type SandboxBase, type SandboxBaseOptions } from '../sandbox-base.ts';
import type { AzureDevOpsBehavior } from './behavior.ts';
import type { AzureDevOpsControl } from './control.ts';
import { emulateAzureDevOps } from './create-azure-devops.ts';

/** How a sandbox with Azure DevOps is set up. */
export interface AzureDevOpsSandboxOptions extends SandboxBaseOptions {
  /** dev.azure.com, *.visualstudio.com and login.microsoftonline.com. */
  azureDevOps?: AzureDevOpsBehavior;
}

/** Emulated Azure DevOps organizations, and the Entra ID that signs people in. */
export interface AzureDevOpsSandbox extends SandboxBase {
  readonly azureDevOps: AzureDevOpsControl;
}

/** Sets up Azure DevOps and Entra ID alone. */
export function createAzureDevOpsSandbox(options: AzureDevOpsSandboxOptions = {}): AzureDevOpsSandbox {
  return createSandboxOf(options, (surroundings) => emulateAzureDevOps(options, surroundings));
}

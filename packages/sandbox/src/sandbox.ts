import type { AzureDevOpsSandbox, AzureDevOpsSandboxOptions } from './azure-devops/sandbox.ts';
import type { GoogleSandbox, GoogleSandboxOptions } from './google/sandbox.ts';
import type { TickTickSandbox, TickTickSandboxOptions } from './ticktick/sandbox.ts';

/** How a sandbox with every service is set up. */
export interface SandboxOptions
  extends TickTickSandboxOptions, GoogleSandboxOptions, AzureDevOpsSandboxOptions {}

/** All emulated services behind one `fetch`. */
export interface Sandbox extends TickTickSandbox, GoogleSandbox, AzureDevOpsSandbox {}

import { createSandboxOf, type SandboxBase, type SandboxBaseOptions } from '../sandbox-base.ts';
import type { GoogleBehavior } from './behavior.ts';
import type { GoogleControl } from './control.ts';
import { emulateGoogle } from './create-google.ts';

/** How a sandbox with Google is set up. */
export interface GoogleSandboxOptions extends SandboxBaseOptions {
  /** accounts.google.com, oauth2.googleapis.com, www.googleapis.com (Calendar), gmail.googleapis.com. */
  google?: GoogleBehavior;
}

/** Emulated Google accounts with Calendar and Gmail. */
export interface GoogleSandbox extends SandboxBase {
  readonly google: GoogleControl;
}

/** Sets up Google alone: sign-in, Calendar and Gmail. */
export function createGoogleSandbox(options: GoogleSandboxOptions = {}): GoogleSandbox {
  return createSandboxOf(options, (surroundings) => emulateGoogle(options, surroundings));
}

import {
  createSandboxOf,
  type Emulation,
  type SandboxBase,
  type SandboxBaseOptions,
  type Surroundings,
} from '../sandbox-base.ts';
import type { GoogleBehavior } from './behavior.ts';
import type { GoogleControl } from './control.ts';
import { createGoogle } from './create-google.ts';

/** How a sandbox with Google is set up. */
export interface GoogleSandboxOptions extends SandboxBaseOptions {
  /** accounts.google.com, oauth2.googleapis.com, www.googleapis.com (Calendar), gmail.googleapis.com. */
  google?: GoogleBehavior;
}

interface GoogleControls {
  readonly google: GoogleControl;
}

/** Emulated Google accounts with Calendar and Gmail. */
export interface GoogleSandbox extends SandboxBase, GoogleControls {}

/** Sets up Google alone: sign-in, Calendar and Gmail. */
export function createGoogleSandbox(options: GoogleSandboxOptions = {}): GoogleSandbox {
  return createSandboxOf(options, (surroundings) => emulateGoogle(options, surroundings));
}

export function emulateGoogle(
  options: GoogleSandboxOptions,
  surroundings: Surroundings,
): Emulation<GoogleControls> {
  const { service, control } = createGoogle(options.google ?? {}, surroundings);
  return { services: [service], controls: { google: control } };
}

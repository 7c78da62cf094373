import {
  createSandboxOf,
  type Emulation,
  type SandboxBase,
  type SandboxBaseOptions,
  type Surroundings,
} from '../sandbox-base.ts';
import type { TickTickBehavior } from './behavior.ts';
import type { TickTickControl } from './control.ts';
import { createRegion } from './create-region.ts';

/** How a sandbox with TickTick is set up. */
export interface TickTickSandboxOptions extends SandboxBaseOptions {
  /** ticktick.com and api.ticktick.com. */
  ticktick?: TickTickBehavior;
  /** dida365.com and api.dida365.com, with apps, accounts and tokens of their own. */
  dida365?: TickTickBehavior;
}

/** An emulated TickTick and its Chinese edition. */
export interface TickTickSandbox extends SandboxBase {
  readonly ticktick: TickTickControl;
  readonly dida365: TickTickControl;
}

/** Sets up TickTick alone, in both editions. */
export function createTickTickSandbox(options: TickTickSandboxOptions = {}): TickTickSandbox {
  return createSandboxOf(options, (surroundings) => emulateTickTick(options, surroundings));
}

export function emulateTickTick(
  options: TickTickSandboxOptions,
  surroundings: Surroundings,
): Emulation<Pick<TickTickSandbox, 'ticktick' | 'dida365'>> {
  const ticktick = createRegion('ticktick', options.ticktick ?? {}, surroundings);
  const dida365 = createRegion('dida365', options.dida365 ?? {}, surroundings);
  return {
    services: [ticktick.service, dida365.service],
    violations: () => [...ticktick.violations.entries, ...dida365.violations.entries],
    controls: { ticktick: ticktick.control, dida365: dida365.control },
  };
}

import { createAzureDevOps } from './azure-devops/create-azure-devops.ts';
import { createClock } from './clock.ts';
import { FaultRules } from './faults/fault-rules.ts';
import { createGoogle } from './google/create-google.ts';
import { createExchange } from './http/exchange.ts';
import { listen } from './http/listen.ts';
import { mswHandlers } from './http/msw-handlers.ts';
import { RequestLog } from './http/request-log.ts';
import { createRandom } from './random.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { sleep as realSleep } from './sleep.ts';
import { createTickTick } from './ticktick/create-ticktick.ts';

/** Sets up the emulated services, each with data and clients of its own. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { seed = 'demo', sleep = realSleep } = options;
  const clock = createClock(options.clock);
  const ticktick = createTickTick('ticktick', options.ticktick ?? {}, { seed, clock, sleep });
  const dida365 = createTickTick('dida365', options.dida365 ?? {}, { seed, clock, sleep });
  const google = createGoogle(options.google ?? {}, { seed, clock, sleep });
  const azureDevOps = createAzureDevOps(options.azureDevOps ?? {}, { seed, clock, sleep });
  const services = [ticktick.service, dida365.service, google.service, ...azureDevOps.services];
  const faults = new FaultRules(createRandom(options.randomSeed ?? 1));
  for (const { fault, scope } of options.faults ?? []) faults.inject(fault, scope);
  const log = new RequestLog(clock);
  const exchange = createExchange({ services, faults, log, sleep });
  return {
    fetch: async (input, init) => exchange(new Request(input, init)),
    mswHandlers: () =>
      mswHandlers(
        services.flatMap(({ hosts }) => hosts),
        exchange,
      ),
    listen: ({ port = 0 } = {}) => listen(exchange, port),
    clock,
    faults: { inject: (fault, scope) => faults.inject(fault, scope), clear: () => faults.clear() },
    requests: log.entries,
    clearRequests: () => {
      log.entries.length = 0;
    },
    ticktick: ticktick.control,
    dida365: dida365.control,
    google: google.control,
    azureDevOps: azureDevOps.control,
  };
}

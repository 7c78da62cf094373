import { tellConnecting } from './connecting.ts';
import { tellEvents } from './events.ts';
import { tellTheDay } from './the-day.ts';
import { tellTrouble } from './trouble.ts';
import { createWorld } from './world.ts';

const startedAt = performance.now();
try {
  const world = createWorld();
  const user = await tellConnecting(world);
  await tellTheDay(world, user);
  await tellEvents(world, user);
  await tellTrouble(world, user);
  console.log(`\nDone in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}

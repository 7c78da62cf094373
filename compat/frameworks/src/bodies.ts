import { MOUNTS } from './mounts.ts';
import { PARSERS } from './parsers.ts';
import { startHost } from './start-host.ts';

/** 16.21: a delivery is read, or the host is told that it can't be. */

let failures = 0;
for (const [name, { isReadable, start }] of Object.entries({ ...MOUNTS, ...PARSERS })) {
  const { handler, events, errors, delivery } = await startHost();
  const mounted = await start(handler);
  const { path, headers, body } = delivery;
  const response = await fetch(`http://127.0.0.1:${mounted.port}${path}`, { method: 'POST', headers, body });
  await mounted.close();
  const isLoud = errors.some(({ message }) => /body parser/.test(message));
  const seen = `${response.status}, ${events.length} event(s), ${isLoud ? 'told why' : 'nothing told'}`;
  const expected = isReadable ? '204, 1 event(s), nothing told' : '500, 0 event(s), told why';
  const isRight = seen === expected;
  if (!isRight) failures += 1;
  process.stdout.write(
    `${isRight ? '✓' : '✗'} ${name}: ${seen}${isRight ? '' : ` instead of ${expected}`}\n`,
  );
}
process.exitCode = failures === 0 ? 0 : 1;

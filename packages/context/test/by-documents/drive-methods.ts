import type { Sandbox } from '@context-sdk/sandbox';
import { argumentsOf } from './arguments.ts';
import { callMethod, methodsBelow } from './methods.ts';
import { valuesFor, wholeArguments } from './values.ts';

/**
 * Calls every method of a client with none of its options and with all of them, and with each alone where the client
 * doesn't take all at once. What the sandbox answers doesn't matter. Gives the methods that sent nothing.
 */
export async function driveMethods(name: string, client: object, sandbox: Sandbox): Promise<string[]> {
  const unsent: string[] = [];
  for (const { path, parameters, input } of methodsBelow(name)) {
    // Its argument is a path: what it sends is the host's.
    if (path === `${name}.fetch`) continue;
    const values = { byName: valuesFor(path, sandbox), whole: wholeArguments(path), input };
    const { none, all, alone } = argumentsOf(path, parameters, values);
    const send = async (lists: readonly unknown[][]): Promise<number> => {
      const before = sandbox.requests.length;
      for (const args of lists) await callMethod(client, path, args).catch(() => undefined);
      return sandbox.requests.length - before;
    };
    const plain = await send([none]);
    const whole = await send(all);
    const single = whole === 0 ? await send(alone) : 0;
    if (plain + whole + single === 0) unsent.push(path);
  }
  return unsent;
}

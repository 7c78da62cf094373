import { type Context, createContext } from '@context-sdk/context';
import { contextTools } from '@context-sdk/context/tools';
import { UNLIMITED } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { mortalProcess, type MortalProcess } from '../support/mortal-store.ts';
import { BASE_URL, providersOf } from '../support/start-context.ts';
import { startAssistant } from './start-assistant.ts';

/** A mail that waits for its person, and a process in which the person approves it. */
async function startWaiting() {
  const { store, sandbox, user, context } = await startAssistant();
  const tools = contextTools(user, { timeZone: 'UTC' });
  await tools['draft_mail']?.execute({ to: ['grace@example.com'], subject: 'Offer', text: 'Here it is.' });
  await tools['send_draft']?.execute({ draft: 'd1' });
  const [waiting] = await context.actions.pending('ada');
  const process: MortalProcess = mortalProcess(store, (input, init) => sandbox.fetch(input, init));
  const approving: Context = createContext({
    baseUrl: BASE_URL,
    providers: providersOf(sandbox),
    store: process.store,
    fetch: process.fetch,
    rateLimiter: UNLIMITED,
  });
  return {
    context,
    process,
    approve: (): Promise<void> => process.untilDeath(approving.actions.approve('ada', waiting?.token ?? '')),
    sent: (): number =>
      sandbox.google
        .testUser()
        .gmail.messages()
        .filter(({ labelIds }) => labelIds.includes('SENT')).length,
  };
}

test.each([false, true])(
  '25.approval: what a process died over still waits, or is listed (the last step arrives: %s)',
  async (arrives) => {
    for (let diesAt = 1; ; diesAt += 1) {
      const { context, process, approve, sent } = await startWaiting();
      Object.assign(process, { diesAt, arrives });
      await approve();
      const waiting = await context.actions.pending('ada');
      const listed = (await context.actions.list('ada')).filter(({ tool }) => tool === 'send_draft');
      const seen = {
        diesAt,
        waiting: waiting.length,
        states: listed.map(({ state }) => state),
        sent: sent(),
      };
      if (process.steps < diesAt) {
        expect(seen).toMatchObject({ waiting: 0, states: ['done'], sent: 1 });
        return;
      }
      expect.soft({ ...seen, isKnown: waiting.length + listed.length > 0 }).toMatchObject({ isKnown: true });
      // What still waits was not sent.
      expect(waiting.length === 0 || sent() === 0).toBe(true);
    }
  },
);

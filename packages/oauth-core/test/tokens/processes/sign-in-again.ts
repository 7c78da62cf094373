import type { Connection, Stage } from './stage.ts';

/** Users who are asked to sign in again do; gives the reasons for which they had to. */
export function signInAgainWhenLost(stage: Stage): () => Promise<string[]> {
  const reasons: string[] = [];
  const underWay = new Map<string, Promise<void>>();
  async function signIn({ key, manager, server }: Connection): Promise<void> {
    const { state, reason } = await manager.status();
    if (state !== 'needs-reauthorization') return;
    reasons.push(`${key}: ${reason}`);
    await manager.save(await server.signIn());
  }
  stage.onFailure = ({ connection, code }) => {
    const hit = stage.connections.find(({ key }) => key === connection);
    if (code !== 'reauthorization_required' || hit === undefined || underWay.has(connection)) return;
    // A store that fails just now is no matter: the next failed call asks again.
    const done = signIn(hit)
      .catch(() => undefined)
      .finally(() => underWay.delete(connection));
    underWay.set(connection, done);
  };
  return async () => {
    await Promise.all(underWay.values());
    return reasons;
  };
}

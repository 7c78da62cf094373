import type { EnvironmentOverrides, Identify } from '@context-sdk/context';

/** The guide calls this `get_ticktick_user`, and shows no route for it. `/user` is our gateway's. */
const identify: Identify = async (fetch) => {
  const user = (await (await fetch('/user')).json()) as { id: string; email: string };
  return { id: user.id, email: user.email };
};

export const guideDialect: EnvironmentOverrides = {
  providers: { ticktick: { dialect: 'guide', identify } },
};

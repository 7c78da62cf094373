import { describe, expect, test } from 'vitest';
import { startHost } from '../support/start-host.ts';

const CALLBACK = '/auth/google/callback';

describe('a base URL with a path, behind a proxy', () => {
  const host = () => startHost({ baseUrl: 'https://host.example/tools', basePath: '/api' });

  test.for(['/tools/api', '/api'])(
    'is reached at %s: whether the proxy leaves its path or cuts it off',
    async (root) => {
      const { handler } = host();
      expect(handler.handles(root + CALLBACK)).toBe(true);
      const begun = await handler(
        new Request(`http://10.0.0.7:8000${root}/auth/google/authorize`, { headers: { cookie: 'user=ada' } }),
      );
      expect(begun.status).toBe(302);
      const { searchParams } = new URL(begun.headers.get('location') ?? '');
      expect(searchParams.get('redirect_uri')).toBe(`https://host.example/tools/api${CALLBACK}`);
    },
  );

  test.for(['', '/tools', '/api/api', '/api/tools', '/tools/tools/api', '/toolsapi'])(
    'and nowhere else: %j',
    async (root) => {
      const { handler } = host();
      expect(handler.handles(root + CALLBACK)).toBe(false);
      expect((await handler(new Request(`https://host.example${root}${CALLBACK}`))).status).toBe(404);
    },
  );
});

import { createAzureDevOpsSandbox } from '@context-sdk/sandbox/azure-devops';
import { createGoogleSandbox } from '@context-sdk/sandbox/google';
import { createTickTickSandbox } from '@context-sdk/sandbox/ticktick';
import { describe, expect, test } from 'vitest';
import { rejectionOf } from './support.ts';

const TICKTICK = 'https://api.ticktick.com/open/v1/project';
const GOOGLE = 'https://www.googleapis.com/calendar/v3/users/me/calendarList';
const AZURE_DEVOPS = 'https://dev.azure.com/fabrikam/_apis/projects?api-version=7.1';

describe('a service alone', () => {
  const tickTick = createTickTickSandbox({ seed: 'empty' });
  const google = createGoogleSandbox({ seed: 'empty' });
  const azureDevOps = createAzureDevOpsSandbox({ seed: 'empty' });

  test.each([
    ['TickTick', tickTick, TICKTICK, tickTick.ticktick.issueApiToken()],
    ['Google', google, GOOGLE, google.google.issueToken().accessToken],
    ['Azure DevOps', azureDevOps, AZURE_DEVOPS, azureDevOps.azureDevOps.issueToken().accessToken],
  ])('%s answers on its own hosts, and no other service does', async (_, sandbox, url, token) => {
    const headers = { authorization: `Bearer ${token}` };
    expect((await sandbox.fetch(url, { headers })).status).toBe(200);
    for (const other of [TICKTICK, GOOGLE, AZURE_DEVOPS].filter((one) => one !== url)) {
      expect(await rejectionOf(sandbox.fetch(other))).toMatchObject({ cause: { code: 'ENOTFOUND' } });
    }
    expect(sandbox.requests).toHaveLength(1);
  });
});

import { ClientSecretCredential, DeviceCodeCredential } from '@azure/identity';
import { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import { isText, type Report } from '../../azure-devops/src/report.ts';
import { codeAt, pkce, REDIRECT, type World } from './world.ts';

const SCOPES = ['499b84ac-1321-427f-aa17-267ca6975798/.default'];
const MSAL = 'https://learn.microsoft.com/entra/msal/javascript/node/';
const IDENTITY = 'https://learn.microsoft.com/javascript/api/overview/azure/identity-readme';

/** Microsoft's own libraries at Entra ID. */
export async function checkMicrosoft(group: (name: string) => Report, { sandbox }: World): Promise<void> {
  const { app, publicApp, tenant, people } = sandbox.azureDevOps;
  const { clientId, clientSecret = '' } = app;
  const authority = `https://login.microsoftonline.com/${tenant.id}`;
  const username = people[0]?.uniqueName ?? '';
  const msal = group('@azure/msal-node');
  const confidential = new ConfidentialClientApplication({ auth: { clientId, clientSecret, authority } });
  const { verifier, challenge } = pkce();
  const result = await msal.check(
    'acquireTokenByCode',
    MSAL,
    async () => {
      const redirectUri = REDIRECT.microsoft;
      const url = await confidential.getAuthCodeUrl({
        scopes: SCOPES,
        redirectUri,
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
      });
      return await confidential.acquireTokenByCode({
        code: await codeAt(url),
        scopes: SCOPES,
        redirectUri,
        codeVerifier: verifier,
      });
    },
    { accessToken: isText, idToken: isText, account: { username, tenantId: tenant.id } },
  );
  await msal.check(
    'acquireTokenSilent',
    MSAL,
    async () => {
      if (!result?.account) throw new Error('no account');
      return await confidential.acquireTokenSilent({
        account: result.account,
        scopes: SCOPES,
        forceRefresh: true,
      });
    },
    { accessToken: isText, fromCache: false },
  );
  await msal.check(
    'acquireTokenByClientCredential',
    MSAL,
    () => confidential.acquireTokenByClientCredential({ scopes: SCOPES }),
    { accessToken: isText },
  );
  const device = new PublicClientApplication({ auth: { clientId: publicApp.clientId, authority } });
  await msal.check(
    'acquireTokenByDeviceCode',
    MSAL,
    () => device.acquireTokenByDeviceCode({ scopes: SCOPES, deviceCodeCallback: () => undefined }),
    { accessToken: isText, account: { username } },
  );
  const identity = group('@azure/identity');
  await identity.check(
    'ClientSecretCredential',
    IDENTITY,
    () => new ClientSecretCredential(tenant.id, clientId, clientSecret).getToken(SCOPES),
    { token: isText },
  );
  await identity.check(
    'DeviceCodeCredential',
    IDENTITY,
    () =>
      new DeviceCodeCredential({
        tenantId: tenant.id,
        clientId: publicApp.clientId,
        userPromptCallback: () => undefined,
      }).getToken(SCOPES),
    { token: isText },
  );
}

import { escapeHtml } from '../http/escape-html.ts';
import { htmlResponse, jsonResponse } from '../http/responses.ts';
import { bodyText, type ServiceRequest } from '../http/service.ts';
import { authenticateClient, type AuthenticatedClient } from './client-authentication.ts';
import type { DeviceRules } from './device-rules.ts';
import { OAuthFailure } from './failure.ts';
import type { Grant } from './grants.ts';
import { page } from './pages.ts';
import { randomHex } from './profile.ts';
import { failure, formParameter, type OAuthCall, type OAuthServer } from './server.ts';

const INTERVAL_SECONDS = 5;
const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

/** Gives a device its codes. With automatic consent the user allows at once. */
export function beginDevice(call: OAuthCall): Response {
  const { server, request, path } = call;
  const { profile, devices, clock } = server;
  try {
    profile.checkPath?.(path);
    const rules = rulesOf(server);
    const form = new URLSearchParams(bodyText(request));
    const clientId = formParameter(server, form, 'client_id');
    if (!server.apps.has(clientId)) throw failure(server, 'unknownClient', clientId);
    const { scopes, openId = [] } = profile.readRequest(form);
    const deviceCode = randomHex();
    const userCode = `${letters()}-${letters()}`;
    devices.set(deviceCode, {
      clientId,
      userCode,
      scopes,
      openId,
      expiresAt: clock.now() + rules.expiresInSeconds * 1000,
      allowed: server.consent === 'automatic' ? true : undefined,
      lastPollAt: Number.NEGATIVE_INFINITY,
    });
    return jsonResponse({
      device_code: deviceCode,
      user_code: userCode,
      [rules.uriName]: rules.verificationUri,
      expires_in: rules.expiresInSeconds,
      interval: INTERVAL_SECONDS,
      message: `To sign in, open ${rules.verificationUri} and enter the code ${userCode}.`,
    });
  } catch (error) {
    if (!(error instanceof OAuthFailure)) throw error;
    return error.toResponse(profile.failureExtras?.(error, request));
  }
}

/** The page on which the user types the code, and what the form sends. */
export function decideDevice({ server, request }: OAuthCall): Response {
  const { site, allow, deny } = server.profile.pages;
  const form = new URLSearchParams(bodyText(request));
  const code = (form.get('user_code') ?? '').trim().toUpperCase();
  const device = [...server.devices.values()].find(({ userCode }) => userCode === code);
  if (device) {
    device.allowed = form.get('decision') === 'allow';
    return htmlResponse(page(site, 'Done', '<p>You can close this page and go back to your device.</p>'));
  }
  const problem = form.has('user_code') ? '<p role="alert">That code is not known.</p>' : '';
  const value = escapeHtml(request.query.get('user_code') ?? '');
  return htmlResponse(
    page(
      site,
      'Connect a device',
      `${problem}<form method="post">
<p><label>Code <input name="user_code" value="${value}" autocomplete="off" required></label></p>
<button type="submit" name="decision" value="allow">${allow}</button>
<button type="submit" name="decision" value="deny">${deny}</button>
</form>`,
    ),
  );
}

/** The grant of a device whose user has allowed it. */
export function pollDevice(server: OAuthServer, form: URLSearchParams, client: AuthenticatedClient): Grant {
  const { devices, clock, grants, signedIn } = server;
  const code = formParameter(server, form, 'device_code');
  const device = devices.get(code);
  if (!device || device.clientId !== client.app.clientId) throw failure(server, 'unknownDeviceCode');
  const sinceLastPoll = clock.now() - device.lastPollAt;
  device.lastPollAt = clock.now();
  if (clock.now() >= device.expiresAt) throw failure(server, 'expiredDeviceCode');
  if (device.allowed === undefined) {
    const isEarly = sinceLastPoll < INTERVAL_SECONDS * 1000;
    throw failure(server, isEarly ? 'slowDown' : 'authorizationPending');
  }
  devices.delete(code);
  if (!device.allowed) throw failure(server, 'accessDenied');
  const { scopes, openId } = device;
  const grant = grants.grantDirectly(signedIn, client.app.clientId, { scopes, offline: true });
  return { ...grant, openId, publicClient: !client.confidential };
}

/** As `authenticateClient`, but a device may leave the secret out where the provider says so. */
export async function authenticateDevice(
  server: OAuthServer,
  request: ServiceRequest,
  form: URLSearchParams,
): Promise<AuthenticatedClient> {
  const app = server.apps.get(form.get('client_id') ?? '');
  const authorization = request.headers.get('authorization');
  if (app?.clientSecret !== undefined && authorization === null && !form.has('client_secret')) {
    return { app, confidential: false };
  }
  return await authenticateClient(server, request, form);
}

function rulesOf({ profile }: OAuthServer): DeviceRules {
  if (!profile.device) throw new OAuthFailure('unsupported_grant_type');
  return profile.device;
}

function letters(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return Array.from(bytes, (byte) => USER_CODE_LETTERS[byte % USER_CODE_LETTERS.length]).join('');
}

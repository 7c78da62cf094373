import type { PeerCase } from './case-files.ts';
import { addresses, fileName, header, mail, parameter } from './mail-judges.ts';
import { authorization, challenge, tokenResponse } from './oauth-judges.ts';
import { series } from './series-judge.ts';
import { instance, relation, route, wallTime } from './service-judges.ts';

/** What ours makes of a case, by the kind of its file. */
export const JUDGES: Readonly<Record<string, (given: PeerCase) => unknown>> = {
  addresses,
  authorization,
  challenge,
  'file-name': fileName,
  header,
  instance,
  mail,
  parameter,
  relation,
  route,
  series,
  'token-response': tokenResponse,
  'wall-time': wallTime,
};

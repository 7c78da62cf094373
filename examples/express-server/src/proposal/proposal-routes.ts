import type { Context, PieceOutcome } from '@context-sdk/context';
import express, { type Response, Router } from 'express';
import type { Activity } from '../activity.ts';
import { formOf } from '../own-forms.ts';
import { applyProposal, propose } from './make-proposal.ts';
import type { Proposals } from './proposals.ts';
import { showProposal } from './show-proposal.ts';

interface ProposalParts {
  context: Context;
  activity: Activity;
  proposals: Proposals;
}

const WRITTEN: ReadonlySet<PieceOutcome> = new Set(['created', 'changed', 'removed']);

/** A week is proposed, shown, and written only when its user says so. */
export function proposalRoutes({ context, activity, proposals }: ProposalParts): Router {
  const router = Router();
  const userOf = (response: Response): string => String(response.locals['userId']);
  const form = express.urlencoded({ extended: false });

  router.get('/plan', async (_request, response) => {
    const proposal = await proposals.of(userOf(response));
    response.render('plan', { proposal: proposal && showProposal(proposal) });
  });

  // What was applied in part is planned again beside what stands.
  router.post('/plan/propose', async (_request, response) => {
    const userId = userOf(response);
    const before = await proposals.of(userId);
    const previous = before?.isApplied ? before.plan : undefined;
    await proposals.propose(userId, await propose(context.user(userId), previous));
    response.redirect(303, '/plan');
  });

  router.post('/plan/apply', form, async (request, response) => {
    const userId = userOf(response);
    const { planId } = formOf(request, ['planId']);
    const proposal = await proposals.of(userId);
    if (proposal === undefined || proposal.plan.id !== planId) {
      const message = 'This proposal was applied, or there is another one by now. Nothing was written.';
      return response.status(409).render('problem', { title: 'Not the latest proposal', message });
    }
    const { applied, next } = await applyProposal(context.user(userId), proposal);
    await proposals.replace(userId, planId, next);
    if (applied !== undefined) {
      const written = applied.pieces.filter(({ outcome }) => WRITTEN.has(outcome)).length;
      const text = `The week is planned: ${written} of ${applied.pieces.length} pieces written`;
      await activity.add(userId, { id: planId, source: 'google-calendar', text });
    }
    response.redirect(303, next === undefined ? '/#activity' : '/plan');
  });

  router.post('/plan/drop', form, async (request, response) => {
    const { planId } = formOf(request, ['planId']);
    await proposals.replace(userOf(response), planId);
    response.redirect(303, '/');
  });
  return router;
}

import { parseTickTickWebhook, type TickTickWebhookEvent } from '@context-sdk/ticktick-client';
import express, { Router } from 'express';

/** Takes the guide's deliveries. A body that can't be read is a 400, by the error handler. */
export function webhookRoutes(onEvent: (event: TickTickWebhookEvent) => void): Router {
  const router = Router();
  router.post('/webhooks/ticktick', express.raw({ type: () => true, limit: '1mb' }), (request, response) => {
    onEvent(parseTickTickWebhook(request.body));
    response.json({ status: 'received' });
  });
  return router;
}

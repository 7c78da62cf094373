import { handler } from '../../../shared-host';

export const GET = handler;
export const POST = handler;

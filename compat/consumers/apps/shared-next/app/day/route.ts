import { connection } from 'next/server';
import { readDay } from '../../shared-host';

export async function GET() {
  await connection();
  return Response.json(await readDay());
}

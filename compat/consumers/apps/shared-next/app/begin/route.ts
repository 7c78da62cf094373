import { begin } from '../../shared-host';

export async function POST(request: Request) {
  const { pat } = (await request.json()) as { pat: string };
  return Response.json(await begin(pat));
}

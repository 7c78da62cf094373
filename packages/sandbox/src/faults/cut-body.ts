import { bodyTerminated } from '../http/network-failure.ts';

/** The same answer, whose body ends halfway and then fails. */
export async function cutBody(response: Response): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  if (whole.length === 0) return new Response(null, { status, headers });
  return new Response(halfOf(whole), { status, headers });
}

function halfOf(whole: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = false;
  return new ReadableStream(
    {
      pull: (controller) => {
        if (sent) controller.error(bodyTerminated());
        else controller.enqueue(whole.subarray(0, Math.ceil(whole.length / 2)));
        sent = true;
      },
    },
    { highWaterMark: 0 },
  );
}

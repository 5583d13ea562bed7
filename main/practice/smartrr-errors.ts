import type { ServiceContext } from './http-service.ts';

/** Says no in the platform's way (subscription-platforms.md 1.2, Errors). */
export function refuse(
  context: ServiceContext,
  status: 400 | 401 | 404 | 422,
  code: string,
  message: string,
): Response {
  return context.json({ message, status, error: { code, message } }, status);
}

/** The body of a request as an object; an empty or broken one has no fields. */
export async function readBody(context: ServiceContext): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = JSON.parse(await context.req.text());
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}

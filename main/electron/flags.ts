import { z } from 'zod';

const flagsSchema = z.object({
  /** No window until somebody asks for one: started by the system at login. */
  isHidden: z.boolean(),
  /** With the practice shop open. */
  isPractice: z.boolean(),
});
/** How Heads Up was started. */
export type Flags = z.infer<typeof flagsSchema>;

/**
 * What a second start handed to the first. As data, because Electron may change a command line on the way; behind a start
 * that brings none is somebody who wants to see the window.
 */
export function parseFlags(data: unknown): Flags {
  const parsed = flagsSchema.safeParse(data);
  return parsed.success ? parsed.data : { isHidden: false, isPractice: false };
}

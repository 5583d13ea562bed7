import { z } from 'zod';

// Imported before any schema: zod decides while a schema is built whether to compile it with `new Function`,
// which the hosts' content security policy forbids.
z.config({ jitless: true });

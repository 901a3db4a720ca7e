import { z } from 'zod';
import { isUnifiedCode } from '../collection/identifiers.js';
import { readSettings, shortName } from '../settingsFile.js';

const endpoint = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** where its gateway asks for one; that a notice is the hub's, its signature says */
  token: z
    .string()
    .regex(/^[\w.~+/=-]{8,500}$/)
    .optional(),
  timeoutSeconds: z.number().min(0.01).max(300).default(20),
});

const file = z.strictObject({
  /** what this hub is called by departments */
  id: shortName,
  /** by unified code */
  departments: z.record(z.string().refine(isUnifiedCode), endpoint),
});

export type NoticeSettings = z.infer<typeof file>;
export type NoticeEndpoint = z.infer<typeof endpoint>;

/** Where departments are told what is due: HUB_NOTICES. @throws {ConfigError} */
export const loadNotices = (path: string): Promise<NoticeSettings> => readSettings('HUB_NOTICES', path, file);

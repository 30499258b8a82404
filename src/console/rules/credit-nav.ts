import type { Texts } from '../texts.js';

const PATHS = { limits: '/credit', checks: '/credit/checks', settings: '/credit/settings' } as const;

/** The pages about credit beside each other; paths are below the administration. */
export const showCreditPages = (current: keyof typeof PATHS, { credit: { pages } }: Texts) =>
  (['limits', 'checks', 'settings'] as const).map((page) => ({ words: pages[page], path: PATHS[page], chosen: page === current }));

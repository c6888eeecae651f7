/** Whom a call reaches at a moment. Pure: the instant comes from the caller. */
import type { Person, Site } from './site.ts';
import { peopleWith } from './site.ts';

/** The people whom a call to these roles reaches at `at` (milliseconds), in the roster's order. */
export const onCall: (site: Site, wanted: readonly string[], at: number) => Person[] = peopleWith;

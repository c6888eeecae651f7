import type { SwapPayload } from '../records/duty-swaps.ts';
import type { SiteDoc } from '../records/sites.ts';
import { offerTitle, renderOffer, renderSwapEnd } from '../render/duty-swap.ts';
import type { Swap } from '../site/duty-change.ts';
import { swapState } from '../site/duty-change.ts';
import type { JobType } from './define.ts';
import { chatWith } from './person.ts';

/** An offer goes to the one who is asked, what comes of it to the one who hears of it, each in their own chat. */
export const swapJob: JobType = {
  type: 'swap',
  async run(doc, job, context) {
    const { messenger, clock } = context;
    const { change, what } = job.payload as SwapPayload;
    const swap = (doc as SiteDoc).duty?.find((one): one is Swap => one.sort === 'swap' && one.id === change);
    // Something else has come of it meanwhile, of which another job tells.
    if (!swap || swapState(swap, clock.now()) !== what) return undefined;
    const person = what === 'offered' || what === 'withdrawn' ? swap.with : swap.by.id;
    const { address, view } = await chatWith(context, person);
    const message =
      what === 'offered'
        ? { card: renderOffer(swap, view), summary: offerTitle(swap, view) }
        : renderSwapEnd(swap, what, view);
    await messenger.send(address, { ...message, alert: true });
    return undefined;
  },
};

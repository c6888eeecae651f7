import type { Doc, Filter, Store, Stored } from '../store/store.ts';

/** Every document of a site that matches, page by page, so that memory stays flat. */
export async function* allDocs<T extends Doc>(
  store: Store,
  site: string,
  filter: Filter,
): AsyncGenerator<Stored<T>> {
  let after: string | undefined;
  do {
    const page = await store.query<T>(site, filter, 200, after);
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

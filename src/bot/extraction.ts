import { isSafetyPart } from '../intake/lexicon/parts.ts';
import type { Extraction } from '../intake/read.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { Language } from '../language.ts';
import type { Site } from '../site/site.ts';
import { instantOf } from '../site/zone.ts';

/** What intake says about a message and not about the record. */
const aside = new Set(['kind', 'op', 'severity', 'id']);

/** An extraction's keys as the kind's fields; local times become instants of the site. Keys without a field are left out. */
export function fieldsOf(
  kind: AnyKind,
  extraction: Extraction,
  site: Site,
  language: Language,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(extraction)) {
    if (aside.has(key) || value === undefined) continue;
    const name = kind.intake[key] ?? key;
    const field = kind.fields[name];
    if (!field) continue;
    const isLocal =
      field.type === 'datetime' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value);
    if (name === 'line' && typeof value === 'string') fields[name] = lineNamed(site, value);
    else if (isLocal)
      fields[name] = new Date(instantOf(site.timeZone, value.slice(0, 10), value.slice(11))).toISOString();
    else if (field.type === 'text' && typeof value === 'string')
      fields[name] = field.codes?.[value]?.[language] ?? value;
    else if (field.type === 'text' && typeof value === 'number') fields[name] = String(value);
    else fields[name] = value;
  }
  const part = fields['part_name'];
  if (kind.fields['safety_related'] && fields['safety_related'] === undefined && typeof part === 'string')
    if (isSafetyPart(part)) fields['safety_related'] = true;
  return fields;
}

/** A line as the site calls it, so that "Line 2" and 总装2线 are one line in every list and digest. */
export function lineNamed(site: Site, said: string): string {
  const plain = (name: string) => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  const wanted = plain(said);
  return (
    site.lines.find(({ name, aliases }) => [name, ...aliases].some((one) => plain(one) === wanted))?.name ??
    said
  );
}

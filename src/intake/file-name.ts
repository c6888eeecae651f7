/** What a file's name, and the words beside it, say of a document. */
import { normalise } from './normalise.ts';
import { documentTypes, validTo } from './kinds/notes.ts';
import { scan } from './passage.ts';

/** By names of fields. */
export interface FileFacts extends Record<string, unknown> {
  doc_type: string | undefined;
  doc_title: string | undefined;
  doc_no: string | undefined;
  doc_rev: string | undefined;
  valid_to: string | undefined;
}

const revision =
  /(?<=^|[\s_.,(（)）-]|\p{Script=Han})(?:revision|rev|version|ver|v|版本|版次)[\s._-]?([A-Z]\d?|\d{1,3}(?:\.\d{1,2})?)(?=$|[\s_.,)）-])|(?<=^|[\s_(（)）-]|\p{Script=Han})([A-Z]|\d{1,4})版/iu;
/** Letters and digits in groups, as document numbers are written; a date has no letters. */
const number = /(?<![A-Za-z0-9])(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)+(?![A-Za-z0-9])/i;
/** What a phone calls a picture is no number of anything. */
const camera = /^(?:IMG|DSC|PXL|MVIMG|VID|WX|微信图片|mmexport|Screenshot)[-_\s]?\w*/i;

/** @param words what was written with it; @param at local `YYYY-MM-DDTHH:mm` that stands for now */
export function readFileName(name: string, words: string, at: string): FileFacts {
  const stem = name.normalize('NFKC').replace(/\.[A-Za-z0-9]{1,8}$/, '');
  const spaced = stem.replaceAll('_', ' ');
  const said = normalise(words);
  const rev = revision.exec(stem) ?? revision.exec(said);
  const without = stem.replace(revision, ' ');
  const no = camera.test(stem) ? undefined : number.exec(without)?.[0];
  const title = (no ? without.replace(no, ' ') : without)
    .replace(/[_\s]+/g, ' ')
    .replace(/[(（]\s*[)）]/g, '')
    .replace(/^[\s.,-]+|[\s.,-]+$/g, '');
  const site = { customers: [], plants: [], lines: [] };
  return {
    doc_type: typeIn(spaced) ?? typeIn(said),
    doc_title: title.slice(0, 160) || undefined,
    doc_no: no,
    doc_rev: (rev?.[1] ?? rev?.[2])?.toUpperCase(),
    valid_to: said === '' ? undefined : validTo(scan(said, at, site)),
  };
}

const typeIn = (text: string): string | undefined =>
  documentTypes.find(([, pattern]) => pattern.test(text))?.[0];

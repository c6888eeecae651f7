/** Whether a file is what its name says. The name's ending decides what is taken; the content must agree with it. */
import { filetypeinfo } from 'magic-bytes.js';

/** Bytes from the start that are looked at. */
export const headBytes = 64 * 1024;

/** Endings that are taken, with the contents that each may have; `text`: no known content, and readable as text. */
const taken: Readonly<Record<string, readonly string[]>> = {
  pdf: ['pdf'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  pptx: ['pptx'],
  doc: ['doc', 'docx', 'rtf'],
  xls: ['xls', 'xlsx'],
  ppt: ['ppt', 'pptx'],
  msg: ['msg'],
  rtf: ['rtf'],
  zip: ['zip'],
  jpg: ['jpg'],
  jpeg: ['jpg'],
  png: ['png'],
  gif: ['gif'],
  bmp: ['bmp'],
  tif: ['tif'],
  tiff: ['tif'],
  webp: ['webp'],
  heic: ['heif', 'heic'],
  mp4: ['mp4'],
  mov: ['mov'],
  dwg: ['dwg'],
  txt: ['text'],
  csv: ['text'],
  eml: ['text'],
  xml: ['xml', 'text'],
  dxf: ['text'],
  stp: ['text'],
  step: ['text'],
  igs: ['text'],
  iges: ['text'],
};

/** For people: endings of which somebody knows at least one. */
export const takenWords = 'PDF, Word, Excel, PowerPoint, JPG, PNG, TXT, CSV, ZIP, DWG, STEP';

/** The name's ending, lower case; empty where it has none. */
export const endingOf = (name: string): string =>
  /\.([A-Za-z0-9]{1,8})$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';

export const isTaken = (name: string): boolean => Object.hasOwn(taken, endingOf(name));

/**
 * What is wrong with the content, if anything: `empty`, or what it really is (`other`: nothing that is known). `head`
 * is its beginning, at most `headBytes` of it.
 */
export function faultOf(name: string, head: Buffer): 'empty' | 'program' | 'other' | undefined {
  if (head.length === 0) return 'empty';
  const wanted = taken[endingOf(name)] ?? [];
  if (isProgram(head)) return 'program';
  const found = contentsOf(head);
  return wanted.some((one) => found.includes(one)) ? undefined : 'other';
}

/** Whatever the ending, a program is named as one: for Windows, Linux, a Mac, or a shell. */
function isProgram(head: Buffer): boolean {
  const start = head.subarray(0, 4).toString('latin1');
  if (start.startsWith('MZ') || start === '\x7fELF' || start.startsWith('#!')) return true;
  return ['cafebabe', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe'].includes(
    head.subarray(0, 4).toString('hex'),
  );
}

function contentsOf(head: Buffer): string[] {
  if (/^AC10\d\d/.test(head.subarray(0, 6).toString('latin1'))) return ['dwg'];
  const known = filetypeinfo(head.subarray(0, 4096)).flatMap(({ typename }) => (typename ? [typename] : []));
  if (known.includes('zip')) return packed(head);
  const xml = known.includes('xml') || known.length === 0;
  return isText(head) && (xml || known.includes('txt')) ? [...known, 'text'] : known;
}

/** Office files are zip archives; the parts that each must have stand near the start, or it is only an archive. */
function packed(head: Buffer): string[] {
  const names = head.toString('latin1');
  const office = Object.entries({ docx: 'word/', xlsx: 'xl/', pptx: 'ppt/' }).filter(([, part]) =>
    names.includes(part),
  );
  // With macros inside it is a program in disguise.
  if (names.includes('vbaProject.bin')) return ['macros'];
  return [...office.map(([name]) => name), 'zip'];
}

/** UTF-8, UTF-16 with its mark, or another eight-bit writing such as GB18030: anything without NUL characters. */
function isText(head: Buffer): boolean {
  const mark = head.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff' || !head.includes(0);
}

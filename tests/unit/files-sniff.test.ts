import { endingOf, faultOf, isTaken } from '../../src/files/sniff.ts';

const zip = (...names: string[]) =>
  Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.from(names.join('\0\0'))]);
const cfb = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
const exe = Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(300)]);
const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ');
const jpg = Buffer.from('ffd8ffe000104a464946', 'hex');

test.each([
  ['质量协议.pdf', pdf],
  ['QA.PDF', pdf],
  ['minutes.docx', zip('[Content_Types].xml', 'word/document.xml')],
  ['orders.xlsx', zip('[Content_Types].xml', 'xl/workbook.xml')],
  ['review.pptx', zip('[Content_Types].xml', 'ppt/presentation.xml')],
  ['bundle.zip', zip('a.txt')],
  ['old.doc', cfb],
  ['old.xls', cfb],
  ['mail.msg', cfb],
  ['photo.jpeg', jpg],
  ['data.csv', Buffer.from('part,qty\n6RF-867,12\n')],
  ['gbk.txt', Buffer.from('bbe1d2e9bccdd2aa', 'hex')],
  ['utf16.txt', Buffer.from('\ufeffminutes', 'utf16le')],
  ['part.step', Buffer.from('ISO-10303-21;\nHEADER;')],
  ['bom.xml', Buffer.from('<?xml version="1.0"?><bom/>')],
  ['frame.dwg', Buffer.concat([Buffer.from('AC1027'), Buffer.alloc(40)])],
])('%s is what it says', (name, head) => {
  expect(isTaken(name)).toBe(true);
  expect(faultOf(name, head)).toBeUndefined();
});

test.each([
  ['报告.pdf', exe, 'program'],
  ['photo.jpg', Buffer.from('\x7fELF\x02\x01'), 'program'],
  ['data.csv', Buffer.from('#!/bin/sh\nrm -rf'), 'program'],
  ['notes.txt', exe, 'program'],
  ['report.pdf', zip('word/document.xml'), 'other'],
  ['minutes.docx', pdf, 'other'],
  ['minutes.docx', zip('a.exe'), 'other'],
  ['orders.xlsx', zip('xl/workbook.xml', 'xl/vbaProject.bin'), 'other'],
  ['data.csv', Buffer.from([1, 2, 0, 4, 9]), 'other'],
  ['photo.png', jpg, 'other'],
  ['empty.pdf', Buffer.alloc(0), 'empty'],
] as const)('%s is not: %#', (name, head, fault) => {
  expect(faultOf(name, head)).toBe(fault);
});

test.each(['tool.exe', 'run.bat', 'macro.xlsm', 'noending', 'page.html', 'a.pdf.exe', '.pdf.', 'x.js'])(
  '%s is not taken at all',
  (name) => {
    expect(isTaken(name)).toBe(false);
  },
);

test('an ending is read from the end', () => {
  expect(endingOf('a.b.PDF ')).toBe('pdf');
  expect(endingOf('constructor')).toBe('');
  expect(isTaken('x.constructor')).toBe(false);
});

import { cleanName } from '../../src/files/name.ts';
import { readFileName } from '../../src/intake/file-name.ts';

const at = '2026-11-23T10:00';

test.each([
  [
    '质量协议_QA-2026-03_RevB.pdf',
    { doc_type: 'quality_agreement', doc_title: '质量协议', doc_no: 'QA-2026-03', doc_rev: 'B' },
  ],
  [
    '会议纪要 2026-11-20.docx',
    { doc_type: 'minutes', doc_title: '会议纪要 2026-11-20', doc_no: undefined, doc_rev: undefined },
  ],
  [
    'Order confirmation PO-88123 v2.pdf',
    { doc_type: 'order_confirmation', doc_no: 'PO-88123', doc_rev: '2' },
  ],
  ['6RF-867-211-A drawing rev.C1.dwg', { doc_type: 'tech_file', doc_no: '6RF-867-211-A', doc_rev: 'C1' }],
  [
    '控制计划(CP-0312)V1.2.xlsx',
    { doc_type: 'tech_file', doc_title: '控制计划', doc_no: 'CP-0312', doc_rev: '1.2' },
  ],
  ['图纸B版.pdf', { doc_type: 'tech_file', doc_title: '图纸', doc_rev: 'B' }],
  ['检验报告_2026版.pdf', { doc_type: 'inspection_data', doc_rev: '2026' }],
  ['IMG_20261123_083201.jpg', { doc_type: undefined, doc_no: undefined, doc_rev: undefined }],
  ['8D report leaking radiator.pdf', { doc_type: 'report', doc_no: undefined }],
])('%s', (name, facts) => {
  expect(readFileName(name, '', at)).toMatchObject(facts);
});

test('the words beside it say what the name does not', () => {
  expect(readFileName('scan.pdf', '质量协议 版本C,有效期到2028年12月', at)).toMatchObject({
    doc_type: 'quality_agreement',
    doc_rev: 'C',
    valid_to: '2028-12-31',
  });
  expect(readFileName('scan.pdf', 'minutes, valid until 2027-03-31', at)).toMatchObject({
    doc_type: 'minutes',
    valid_to: '2027-03-31',
  });
});

test.each([
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['a\u202efdp.exe', 'afdp.exe'],
  ['  质量\n协议.pdf ', '质量协议.pdf'],
  ['', 'file'],
  ['\u0000', 'file'],
])('%j is shown as %s', (name, shown) => {
  expect(cleanName(name)).toBe(shown);
});

test('a long name keeps its ending', () => {
  const name = cleanName(`${'文'.repeat(400)}.pdf`);
  expect(name).toHaveLength(200);
  expect(name.endsWith('文.pdf')).toBe(true);
});

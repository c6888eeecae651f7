import fc from 'fast-check';
import { decodeKey, encodeKey, pageSize, readMark, writeMark } from '../../src/store/keys.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
  fc.string({ unit: fc.constantFrom('~', '0', '4', '1', '.', '/', 'a') }),
);

test('any id comes back from its encoding, which URLs, Cosmos DB and UTF-8 all take as it is', () => {
  fc.assert(
    fc.property(anyText, (id) => {
      const encoded = encodeKey(id);
      expect(decodeKey(encoded)).toBe(id);
      expect(encoded).toMatch(/^[A-Za-z0-9_:@=.~-]+$/);
      expect(new URL(`http://h/docs/${encoded}`).pathname).toBe(`/docs/${encoded}`);
    }),
  );
});

test('what people call a record stays readable', () => {
  expect(encodeKey('DEF-20261123-007')).toBe('DEF-20261123-007');
  expect(encodeKey('19:abc@thread.tacv2')).toBe('19:abc@thread.tacv2');
  expect(encodeKey('a/线')).toBe('a~002f~7ebf');
});

test('a page mark comes back, and anything else is refused', () => {
  const mark = { createdAt: '2026-11-23T08:00:00.000Z', key: 'a~002f' };
  expect(readMark(writeMark(mark))).toEqual(mark);
  fc.assert(
    fc.property(anyText, (text) => {
      expect(() => readMark(text)).toThrow(expect.objectContaining({ code: 'unknown_action', status: 400 }));
    }),
  );
});

test.each([
  [0, 1],
  [-5, 1],
  [1, 1],
  [500, 500],
  [501, 500],
  [2.9, 2],
  [NaN, 1],
  [Infinity, 500],
])('a page of %d holds %d', (asked, size) => expect(pageSize(asked)).toBe(size));

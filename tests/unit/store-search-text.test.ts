import fc from 'fast-check';
import { fold, wordsOf } from '../../src/store/search-text.ts';

test('words are parted by white space of any script and by Chinese stops, each once', () => {
  expect(wordsOf('  线束\u3000断料,\tA、b。B；c ')).toEqual(['线束', '断料,', 'a', 'b', 'c']);
  expect(wordsOf(' \0\n')).toEqual([]);
});

test('case and full-width forms do not count', () => {
  expect(fold('８Ａ０－９７１')).toBe('8a0-971');
  expect(fold('ΟΔΟΣ')).toBe(fold('οδος'));
});

test('a word of a text is found in it, whatever the text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }), (parts) => {
      const folded = fold(parts.join(' '));
      for (const word of wordsOf(parts.join(' '))) expect(folded).toContain(word);
    }),
  );
});

test('folded text holds what SQLite and Cosmos DB can hold, and folds to itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const folded = fold(`${text}\ud800\0`);
      expect(folded.isWellFormed()).toBe(true);
      expect(folded).not.toContain('\0');
    }),
  );
});

/** A file's name as somebody gave it, made safe to show and to hand on. It never becomes a path. */
export function cleanName(name: string): string {
  const plain = name
    .normalize('NFC')
    // Control and direction marks can make `fdp.exe` read `exe.pdf`.
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= maxLength) return plain === '' ? 'file' : plain;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? '';
  return `${plain.slice(0, maxLength - ending.length).toWellFormed()}${ending}`;
}

const maxLength = 200;

/** What identifies goods: their lot, their date code, their serial numbers. */

export function lotOf(text: string): string | undefined {
  const m =
    /(?:批次号?|批号|\blot(?: no\.?| number)?|\bbatch(?: no\.?| number)?)\s?(?:[:#是为]|is )?\s?\s?((?=[A-Za-z-]*\d)[A-Za-z0-9][A-Za-z0-9-]{1,20})(?![A-Za-z0-9-]|\s?(?:件|pcs|个|套|台))/i.exec(
      text,
    );
  return m?.[1];
}
export const dateCodeOf = (text: string): string | undefined =>
  /(?:日期码|周期码|生产周期|\bdate ?code)\s?[::是为]?\s?([A-Z0-9-]{3,12})/i.exec(text)?.[1];
export function serialsOf(text: string): string[] {
  const vins = text.match(/\b(?=[A-HJ-NPR-Z0-9]*\d)[A-HJ-NPR-Z0-9]{17}\b/g) ?? [];
  const named = [
    ...text.matchAll(
      /(?:序列号|S\/N|\bSN(?=[\s:#])|serial(?: no\.?| number)?s?|(?:VIN|车架)(?:码|号)?(?:尾号|后[六6四4]位|后\d位)?)\s?[:#是为]?\s?([A-Z0-9][A-Z0-9-]{3,20}(?:(?:\s?[、,/&和]\s?|\s(?:and|to)\s)[A-Z0-9-]{4,20}){0,20})/gi,
    ),
  ]
    .flatMap((m) => m[1]!.split(/[^A-Z0-9-]+|\band\b|\bto\b/i))
    .filter(Boolean);
  return [...new Set([...vins, ...named.filter((serial) => /\d/.test(serial))])];
}

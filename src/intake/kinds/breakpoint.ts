/** A breakpoint that is no date: a lot, or when the old stock is used up. */
export function effectivityOf(text: string): string | undefined {
  if (
    /(?:库存|旧件|老件|旧料)[^,。;]{0,8}(?:用完|消耗完|耗尽|清完)|用完(?:旧|老|现有)?(?:库存|旧件|老件|旧料)|库存(?:用完|消耗完|耗尽|清完)|旧(?:件|料)用完|\brun(?:s|ning)?[- ]?out (?:old|existing|current)|\brunning change\b|\buse up (?:the )?(?:old |existing |current )?stock|\bafter (?:old |existing |current )?stock (?:is )?(?:used up|consumed|depleted)/i.test(
      text,
    )
  )
    return 'run_out';
  return (
    /(?:从|自)?批次\s?([A-Z0-9-]{4,})\s?(?:起|开始|切)/i.exec(text)?.[1] ??
    /\b(?:from|starting (?:with|from)|as of|beginning with) (?:lot|batch|VIN) ([A-Z0-9-]{4,})/i.exec(
      text,
    )?.[1] ??
    /\bsince (?:lot|batch|VIN) ([A-Z0-9-]{4,})/i.exec(text)?.[1]
  );
}
/** The drawing's revision. */
export function revisionOf(text: string): string | undefined {
  const m =
    /(?:图纸|图号|图面|数模)(?:版本|升版|升级)?(?:[^,。;\n]{0,4}?)(?:到|为|至|:|\s)?\s?(?:Rev\.?|版本|V)?\s?([A-Z]\d?|\d{2})(?:版|(?=[,,。;\s]|$))/i.exec(
      text,
    ) ??
    /\b(?:drawing )?rev(?:ision)?\.?:? ([A-Z]\d?|\d{1,2})\b/i.exec(text) ??
    /([A-Z]\d?)版(?:图|本|$|[,,。])/.exec(text);
  return m?.[1]?.toUpperCase();
}

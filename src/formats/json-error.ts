/** One token after white space: text, a plain value or a mark (RFC 8259). */
const token =
  /[ \t\r\n]*(?:(?<text>"[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\p{Cc}]*)*")|(?<plain>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w))|(?<mark>[{}[\],:]))/uy

type ExpectedToken = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end'

/**
 * Where JSON goes wrong: the position of the first token that cannot stand there, or the text's length where it ends too
 * early. Engines word what JSON.parse throws differently, and some leave the place out.
 */
export function findJsonError(text: string): number {
  const open: ('{' | '[')[] = []
  let expected: ExpectedToken = 'value'
  let end = 0
  for (;;) {
    token.lastIndex = end
    const match = token.exec(text)
    const start = skipSpace(text, end)
    if (match?.groups === undefined) return isCut(text, start) ? text.length : start
    const next = after(match.groups, expected, open)
    if (next === null) return start
    expected = next
    end = token.lastIndex
    if (expected === 'comma or end' && open.length === 0) return skipSpace(text, end)
  }
}

/** What may follow a token; null where the token itself may not stand. Opens and closes brackets in `open`. */
function after(
  { text, plain, mark }: Readonly<Partial<Record<string, string>>>,
  expected: ExpectedToken,
  open: ('{' | '[')[],
): ExpectedToken | null {
  const inValue = expected === 'value' || expected === 'value or ]'
  if (text !== undefined && expected.startsWith('key')) return 'colon'
  if (text !== undefined || plain !== undefined) return inValue ? 'comma or end' : null
  if (mark === ':') return expected === 'colon' ? 'value' : null
  if (mark === '{' || mark === '[') {
    open.push(mark)
    return inValue ? (mark === '{' ? 'key or }' : 'value or ]') : null
  }
  if (mark === ',') {
    if (expected !== 'comma or end') return null
    return open.at(-1) === '{' ? 'key' : 'value'
  }
  const closes = mark === '}' ? '{' : '['
  const mayClose = expected === 'comma or end' || expected === (mark === '}' ? 'key or }' : 'value or ]')
  return mayClose && open.pop() === closes ? 'comma or end' : null
}

function skipSpace(text: string, from: number): number {
  const space = /[ \t\r\n]*/y
  space.lastIndex = from
  return from + (space.exec(text)?.[0].length ?? 0)
}

/** Whether what is left is nothing, or the beginning of a token that the end of the text cuts off. */
function isCut(text: string, start: number): boolean {
  const left = text.slice(start)
  if (left === '' || /^(-?\d*\.?\d*([eE][+-]?)?|t(r(u)?)?|f(a(l(s)?)?)?|n(u(l)?)?)$/.test(left)) return true
  return left.startsWith('"') && !left.slice(1).replace(/\\./gs, '').includes('"')
}

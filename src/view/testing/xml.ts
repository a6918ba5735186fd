/** An element of a small XML document; text is that of the element itself, entities resolved. */
export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Element[]
  readonly text: string
}

interface Growing extends Element {
  readonly children: Growing[]
  text: string
}

const entities: Readonly<Partial<Record<string, string>>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const tag = /^<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/

/** Reads a document of elements, attributes and text, as strictly as XML asks; throws where it is not well formed. */
export function parseXml(document: string): Element {
  const root: Growing = { name: '', attributes: new Map(), children: [], text: '' }
  const open = [root]
  for (let at = 0; at < document.length;) {
    const inner = open[open.length - 1]
    if (document[at] !== '<') {
      const end = document.indexOf('<', at)
      inner.text += resolved(document.slice(at, end < 0 ? undefined : end))
      at = end < 0 ? document.length : end
      continue
    }
    const match = tag.exec(document.slice(at, at + 20_000))
    if (!match) throw new Error(`no tag: ${document.slice(at, at + 80)}`)
    const [whole, closing, name, attributes, empty] = match
    at += whole.length
    if (closing) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes ${inner.name}`)
      continue
    }
    const element: Growing = { name, attributes: attributesIn(attributes), children: [], text: '' }
    inner.children.push(element)
    if (!empty) open.push(element)
  }
  if (open.length > 1) throw new Error(`${open[open.length - 1].name} is not closed`)
  if (root.children.length !== 1 || root.text.trim() !== '') throw new Error('a document has one element')
  return root.children[0]
}

function attributesIn(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name, value] of text.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (found.has(name)) throw new Error(`${name} stands there twice`)
    found.set(name, resolved(value))
  }
  return found
}

function resolved(text: string): string {
  // Of the characters that XML does not allow, those that come up in damaged names.
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const isControl = code < 32 && ![9, 10, 13].includes(code)
    if (isControl || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff) {
      throw new Error(`U+${code.toString(16)} is not allowed`)
    }
  }
  return text.replace(/&(#?\w*);?/g, (whole, name: string) => {
    const character = name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : entities[name]
    if (!whole.endsWith(';') || character === undefined) throw new Error(`${whole} is no entity`)
    return character
  })
}

/** An element and all in it. */
export function* within(element: Element): Generator<Element> {
  yield element
  for (const child of element.children) yield* within(child)
}

/** All text of an element, that of what is in it too. */
export const textOf = (element: Element): string => [...within(element)].map(({ text }) => text).join('')

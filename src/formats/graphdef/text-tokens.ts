import { CutpointError } from '../../errors'

/** A piece of protobuf's text format: what stands at `[at, end)` of the text. */
export interface Token {
  readonly kind: 'word' | 'string' | 'mark' | 'end'
  /** The letters of a word or mark; '' for a string, which `bytesOf` reads. */
  readonly text: string
  readonly at: number
  readonly end: number
}

/** Names, numbers (`-inf`, `1e-3`, `0x1F`): what they mean is looked at later. */
const word = /[-+.\w]+/y
const marks = '{}<>[]:,;/'

/**
 * Reads text in protobuf's text format token by token.
 * https://protobuf.dev/reference/protobuf/textformat-spec/
 * Throws CutpointError `bad-graph` with line and column.
 */
export class TextTokens {
  readonly #text: string
  readonly #path: string
  #at = 0
  #peeked: Token | null = null

  constructor(text: string, path: string) {
    this.#text = text
    this.#path = path
  }

  peek(): Token {
    return (this.#peeked ??= this.#read())
  }

  next(): Token {
    const token = this.peek()
    this.#peeked = null
    return token
  }

  /** Takes the mark if it comes next. */
  take(mark: string): boolean {
    const token = this.peek()
    const found = token.kind === 'mark' && token.text === mark
    if (found) this.#peeked = null
    return found
  }

  /** The bytes that a string stands for; letters beyond ASCII are their UTF-8. */
  bytesOf({ at, end }: Token): Uint8Array {
    return unescape(this.#text.slice(at + 1, end - 1))
  }

  /** The error for something at a token, with its line and column. */
  fail(what: string, { at }: Pick<Token, 'at'>): CutpointError {
    const before = this.#text.slice(0, at)
    const line = before.split('\n').length
    const column = at - before.lastIndexOf('\n')
    return new CutpointError(
      'bad-graph',
      `${this.#path}: ${what}, at line ${line}, column ${column}.`,
      'Write the graph again, or use another copy of it.',
      { path: this.#path, line, column },
    )
  }

  #read(): Token {
    const at = (this.#at = this.#afterBlanks())
    if (at >= this.#text.length) return { kind: 'end', text: '', at, end: at }
    const letter = this.#text[at]
    if (letter === '"' || letter === "'") {
      this.#at = this.#afterString(letter)
      return { kind: 'string', text: '', at, end: this.#at }
    }
    word.lastIndex = at
    const text = marks.includes(letter) ? letter : word.exec(this.#text)?.[0]
    if (text === undefined) throw this.fail(`“${letter}” means nothing here`, { at })
    this.#at = at + text.length
    return { kind: marks.includes(letter) ? 'mark' : 'word', text, at, end: this.#at }
  }

  /** After blanks, and comments up to the end of their line. */
  #afterBlanks(): number {
    let at = this.#at
    for (;;) {
      const code = this.#text.charCodeAt(at)
      if (code === hash) {
        const end = this.#text.indexOf('\n', at)
        at = end < 0 ? this.#text.length : end
      } else if (code <= space || code === byteOrderMark) at += 1
      else return at
    }
  }

  #afterString(quote: string): number {
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const letter = this.#text[at]
      if (letter === quote) return at + 1
      if (letter === '\n') break
      if (letter === '\\') at += 1
    }
    throw this.fail('a text in quotes does not end', { at: this.#at })
  }
}

const hash = 0x23
const space = 0x20
const byteOrderMark = 0xfeff
const backslash = 0x5c

/** What a backslash and a letter stand for. */
const letters: Readonly<Partial<Record<string, number>>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 }
const numbers = /([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})/y

function unescape(text: string): Uint8Array {
  // Escapes are longer than what they stand for; UTF-8 takes up to three bytes a letter.
  const bytes = new Uint8Array(3 * text.length)
  const encoder = new TextEncoder()
  let length = 0
  const add = (letter: string): void => {
    const encoded = encoder.encode(letter)
    bytes.set(encoded, length)
    length += encoded.length
  }
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    if (code >= 0x80) {
      const letter = String.fromCodePoint(text.codePointAt(at) ?? code)
      add(letter)
      at += letter.length
    } else if (code !== backslash) {
      bytes[length++] = code
      at += 1
    } else {
      numbers.lastIndex = at + 1
      const found: readonly (string | undefined)[] = numbers.exec(text) ?? []
      const [whole = text.slice(at + 1, at + 2), octal, hex, short, long] = found
      const point = short ?? long
      if (octal !== undefined) bytes[length++] = parseInt(octal, 8)
      else if (hex !== undefined) bytes[length++] = parseInt(hex, 16)
      else if (point !== undefined) add(codePoint(parseInt(point, 16)))
      else bytes[length++] = letters[whole] ?? whole.charCodeAt(0)
      at += 1 + whole.length
    }
  }
  return bytes.slice(0, length)
}

function codePoint(code: number): string {
  return String.fromCodePoint(code <= 0x10ffff ? code : 0xfffd)
}

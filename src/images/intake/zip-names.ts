/** In which encoding the names in a zip are: old tools write them in that of their country, and say nothing of it. */

export interface ZipNames {
  /** Encodings in which all names can be read, the likeliest first. */
  readonly encodings: readonly string[]
  /** Whether another one is nearly as likely as the first. */
  readonly unsure: boolean
}

/** A second guess with this share of the first one's score is nearly as likely. */
const near = 0.8

/**
 * Guesses the encoding of all names together: UTF-8 where all are valid in it; else that in which the letters are the most
 * usual ones of one script.
 *
 * @param names bytes, of which some are not ASCII
 */
export function guessEncoding(names: readonly Uint8Array[]): ZipNames {
  const foreign = names.filter((name) => name.some((byte) => byte >= 0x80))
  if (foreign.every((name) => decodeName(name, 'utf-8') !== null)) return { encodings: ['utf-8'], unsure: false }
  const guesses = [...scorers]
    .filter(([encoding]) => foreign.every((name) => isReadable(decodeName(name, encoding))))
    .map(([encoding, score]) => ({ encoding, score: score(foreign, encoding) }))
    .sort((a, b) => b.score - a.score)
  const unsure = guesses.length > 1 && guesses[1].score > near * guesses[0].score
  return { encodings: guesses.map(({ encoding }) => encoding), unsure }
}

/** A name in an encoding; null where its bytes cannot be read in it. */
export function decodeName(bytes: Uint8Array, encoding: string): string | null {
  if (encoding === oldZip) {
    return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : upperHalf[byte - 0x80])).join('')
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Code page 437, which PKWARE's APPNOTE.TXT (appendix D) has for names without a mark; browsers do not know it. */
const oldZip = 'cp437'

/** Its upper half: https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP437.TXT */
const upperHalf =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

const isReadable = (name: string | null): boolean => name !== null && !/[\p{Cc}\p{Co}\ufffd]/u.test(name)

type Score = (names: readonly Uint8Array[], encoding: string) => number

/** The mean over all letters that are not ASCII of how usual they are in an encoding, 0 to 1. */
const scorers: ReadonlyMap<string, Score> = new Map<string, Score>([
  ['shift_jis', byPairs(shiftJis)],
  ['gbk', byPairs((lead, trail) => (trail < 0xa1 || lead < 0xa1 ? 0.1 : lead < 0xb0 ? 0.3 : lead < 0xd8 ? 0.95 : 0.5))],
  // Four of ten letters in Big5 have a low second byte, so that many without any are rather GBK.
  ['big5', byPairs((lead, trail) => (lead < 0xa4 ? 0.2 : lead < 0xc7 ? (trail < 0x80 ? 1 : 0.7) : 0.4))],
  ['euc-kr', hangul],
  ['ibm866', byLetters(cyrillic)],
  ['windows-1251', byLetters(cyrillic)],
  ['windows-1252', byLetters(latin)],
  [oldZip, byLetters(latin)],
])

/** How usual a letter of two bytes is; where it has only one, the second is 0. */
type LetterFrequency = (lead: number, trail: number) => number

function byPairs(usual: LetterFrequency): Score {
  return (names) => {
    let sum = 0
    let letters = 0
    for (const name of names) {
      let before = 0
      for (let at = 0; at < name.length; at++) {
        const lead = name[at]
        if (lead < 0x80) {
          before = lead
          continue
        }
        const alone = usual === shiftJis && lead > 0xa0 && lead < 0xe0
        if (!alone) at++
        // Words of two scripts are rarely meant: `Äpfel` is not a Japanese sign and `fel`.
        const mixed = isAsciiLetter(before) || isAsciiLetter(name[at + 1])
        sum += usual(lead, alone ? 0 : name[at]) * (mixed ? 0.5 : 1)
        letters++
        before = 0
      }
    }
    return sum / letters
  }
}

/** Kana, then the first and the second level of kanji, as JIS X 0208 has them; half-width kana are rare. */
function shiftJis(lead: number, trail: number): number {
  if (trail === 0) return 0.15
  if (lead < 0x82) return trail === 0x5b ? 0.95 : 0.4
  if (lead < 0x84) return 0.95
  if (lead < 0x88) return 0.2
  return lead < 0x98 || (lead === 0x98 && trail < 0x73) ? 0.92 : 0.35
}

/** All letters are hangul, which in Chinese they would be by chance only, and the less so the more there are. */
function hangul(names: readonly Uint8Array[]): number {
  const letters = names.reduce((sum, name) => sum + name.filter((byte) => byte >= 0x80).length / 2, 0)
  const most = 0.9 + 0.02 * Math.min(letters, 5)
  return byPairs((lead, trail) => (lead >= 0xb0 && lead < 0xc9 && trail > 0xa0 ? most : 0.15))(names, 'euc-kr')
}

/** How usual a letter is, by that and the letters beside it. */
type Letter = (letter: string, before: string, after: string) => number

function byLetters(usual: Letter): Score {
  return (names, encoding) => {
    let sum = 0
    let letters = 0
    for (const name of names) {
      const text = Array.from(decodeName(name, encoding) ?? '')
      text.forEach((letter, at) => {
        if (letter < '\u0080') return
        sum += usual(letter, text[at - 1] ?? '', text[at + 1] ?? '')
        letters++
      })
    }
    return sum / letters
  }
}

function cyrillic(letter: string, before: string, after: string): number {
  if (!/\p{Script=Cyrillic}/u.test(letter) || /[a-z]/i.test(before) || /[a-z]/i.test(after)) return 0.05
  // A capital after a small letter is rarely meant.
  return /\p{Lu}/u.test(letter) && /\p{Ll}/u.test(before) ? 0.2 : 0.9
}

function latin(letter: string, before: string, after: string): number {
  if (!/\p{Script=Latin}/u.test(letter)) return 0.05
  // Capitals amid small letters are rarely meant.
  const capital = /\p{Lu}/u.test(letter)
  if (capital ? /\p{L}/u.test(before) && /\p{Ll}/u.test(after) : /\p{Lu}/u.test(after)) return 0.2
  return /[a-z]/i.test(before) || /[a-z]/i.test(after) ? 0.8 : 0.3
}

const isAsciiLetter = (byte: number | undefined): boolean =>
  byte !== undefined && /[a-z]/i.test(String.fromCharCode(byte))

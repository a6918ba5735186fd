import { describe, expect, it } from 'vitest'
import { CutpointError, fromErrorRecord, toErrorRecord } from './errors'
import { withMarksShown } from './marks'
import { modelTexts } from './texts/model/model'
import { toldTexts } from './texts/model/told'
import { keepingTexts } from './texts/page/keeping'
import { projectTexts } from './texts/page/project'

const marks = Array.from(
  '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u0000\u0007\u001b\u007f\u0085',
)

describe('withMarksShown', () => {
  it.each(marks.map((mark) => [mark.codePointAt(0) ?? 0, mark] as const))('writes out the mark %i', (code, mark) => {
    const shown = `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
    expect(withMarksShown(`“cat${mark}gpj.exe” is a picture.`)).toBe(`“cat${shown}gpj.exe” is a picture.`)
  })

  it('leaves all else as it is', () => {
    const text = 'Ünïcödé, עברית, العربية, 猫, 👩‍🚀, “a\tb”\nand more'
    expect(withMarksShown(text)).toBe(text)
  })
})

describe('texts', () => {
  it('say names of files, layers and tensors with their marks written out', () => {
    const name = 'cat\u202egpj'
    const said = [
      projectTexts.savedTitle(name),
      keepingTexts.returnModel(name),
      toldTexts.ask(name),
      modelTexts.samePicture(name),
    ]
    for (const text of said) expect(text).toContain('“cat[U+202E]gpj”')
  })
})

describe('CutpointError', () => {
  const name = 'cat\u202egpj'

  it('says names with their marks written out, and keeps them in its details', () => {
    const error = new CutpointError('bad-graph', `“${name}” is bad.`, `Rename “${name}”.`, { name })
    expect([error.message, error.next]).toEqual(['“cat[U+202E]gpj” is bad.', 'Rename “cat[U+202E]gpj”.'])
    expect(error.details).toEqual({ name })
    expect(fromErrorRecord(toErrorRecord(error)).message).toBe(error.message)
    // Reasons of others come into a sentence of ours.
    expect(toErrorRecord(new Error(`no ${name}`)).message).toContain('no cat[U+202E]gpj')
  })
})

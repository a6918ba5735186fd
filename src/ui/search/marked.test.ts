import { describe, expect, it } from 'vitest'
import { marked } from './marked'

const bold = (text: string, query: string): string =>
  marked(text, query)
    .map((piece) => (piece.hit ? `<${piece.text}>` : piece.text))
    .join('')

describe('marked', () => {
  it('marks each word wherever it stands, whatever its case', () => {
    expect(bold('block_1/Conv2D', 'conv')).toBe('block_1/<Conv>2D')
    expect(bold('block_1/block_2/Add', '  BLOCK add')).toBe('<block>_1/<block>_2/<Add>')
    expect(bold('aaaa', 'aa')).toBe('<aaaa>')
    expect(bold('stem', 'conv')).toBe('stem')
    expect(bold('stem', '')).toBe('stem')
    expect(bold('', 'x')).toBe('')
  })

  it('joins what overlaps', () => {
    expect(bold('depthwise', 'depth pthwi')).toBe('<depthwi>se')
  })
})

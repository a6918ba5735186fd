import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { panelOf } from '../../heads/panels'
import { headKinds, specOf } from '../../heads/specs'
import { nameOfHead, titleOfHead } from '../../texts/heads/names'
import { KindFields } from './KindFields'

/** A network that was dropped to be a head. */
const ownFacts = {
  ...{ name: 'mine.keras', hash: 'hash', inputShape: [4], outputs: 2, parameters: 10 },
  ...({ end: 'softmax', lastInputs: 4 } as const),
}

describe('kinds of heads on screen', () => {
  it('have names of their own', () => {
    expect(new Set(headKinds.map((kind) => panelOf(kind).name)).size).toBe(headKinds.length)
    expect(new Set(headKinds.map((kind) => titleOfHead(kind, specOf(kind).defaults))).size).toBe(headKinds.length)
  })

  it('say why they are not trained by themselves where they are not', () => {
    for (const kind of headKinds) expect(panelOf(kind).notByItself === null).toBe(specOf(kind).quick)
  })

  it('say that labels are balanced where that makes a difference', () => {
    for (const kind of headKinds) {
      const { defaults: head, weighs } = specOf(kind)
      expect(
        nameOfHead({ options: { head, classWeights: 'balanced' }, report: {} }) !==
          nameOfHead({ options: { head, classWeights: 'none' }, report: {} }),
      ).toBe(weighs)
    }
  })

  it('are said to have tuned the network only where that is used', () => {
    const options = { head: specOf('linear').defaults, classWeights: 'none' } as const
    const numbers = { loss: 1, accuracy: 1 }
    const tail = {
      from: 'a:0',
      layers: 1,
      parameters: 1,
      epochs: 1,
      ms: 1,
      stopped: 'epochs',
      before: numbers,
      after: numbers,
    }
    const named = (kept: boolean): string =>
      nameOfHead({ options, report: { tail: { ...tail, kept, decidedBy: { photos: 1, setAside: false } } } })
    expect(named(true)).toBe('Linear, λ 0.03, network tuned')
    expect(named(false)).toBe('Linear, λ 0.03')
  })

  it.each(headKinds)('let every option of %s be chosen, as it stands', (kind) => {
    const { defaults } = specOf(kind)
    const head = defaults.kind === 'own' ? { ...defaults, network: ownFacts } : defaults
    const markup = [false, true]
      .map((more) => renderToStaticMarkup(createElement(KindFields, { kind, more, head, onChange: () => undefined })))
      .join('')
    const chosen = [...markup.matchAll(/<option value="([^"]*)" selected/g)].map(([, value]) => value)
    const values = Object.entries(head)
      // A network is dropped, and said what it is.
      .filter(([name]) => name !== 'kind' && name !== 'network')
      .map(([, value]) => JSON.stringify(value).replaceAll('"', '&quot;'))
    expect(chosen.toSorted()).toEqual(values.toSorted())
    if (kind === 'own') expect(markup).toContain('mine.keras')
  })
})

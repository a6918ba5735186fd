import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { panelOf } from '../../heads/panels'
import { headKinds, specOf } from '../../heads/specs'
import { nameOfHead, titleOfHead } from '../../texts/heads/names'
import { KindFields } from './KindFields'

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
        nameOfHead({ head, tail: null, classWeights: 'balanced' }) !==
          nameOfHead({ head, tail: null, classWeights: 'none' }),
      ).toBe(weighs)
    }
  })

  it.each(headKinds)('let every option of %s be chosen, as it stands', (kind) => {
    const { defaults: head } = specOf(kind)
    const markup = [false, true]
      .map((more) => renderToStaticMarkup(createElement(KindFields, { kind, more, head, onChange: () => undefined })))
      .join('')
    const chosen = [...markup.matchAll(/<option value="([^"]*)" selected/g)].map(([, value]) => value)
    const values = Object.entries(head)
      .filter(([name]) => name !== 'kind')
      .map(([, value]) => JSON.stringify(value).replaceAll('"', '&quot;'))
    expect(chosen.toSorted()).toEqual(values.toSorted())
  })
})

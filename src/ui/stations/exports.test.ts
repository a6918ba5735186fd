import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { writers } from '../../formats/writers'
import { exportTexts } from '../../texts/training/export'
import { Exports } from './Exports'

describe('what the graft can be exported as', () => {
  const [first] = writers

  it('is a button that says what it gives, where there is one format', () => {
    const markup = renderToStaticMarkup(createElement(Exports, { all: [first], onExport: () => undefined }))
    expect(markup).toContain('Export trunk and head (zip)</button>')
    expect(markup).toContain(exportTexts.writers[first.id].holds)
    expect(markup).not.toContain('aria-haspopup')
  })

  it('is a menu where there are several', () => {
    const markup = renderToStaticMarkup(createElement(Exports, { all: [first, first], onExport: () => undefined }))
    expect(markup).toContain('aria-haspopup="menu"')
    expect(markup).toContain(`${exportTexts.menu}</button>`)
  })
})

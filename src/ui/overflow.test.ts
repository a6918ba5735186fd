import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface CssRule {
  readonly where: string
  readonly body: string
}

/** All innermost rules of the page's stylesheets. */
const rules: readonly CssRule[] = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.css'))
  .flatMap((file) =>
    [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(
      ([, selector, body]) => ({ where: `${file}: ${selector.trim()}`, body }),
    ),
  )

const wrong = (isWrong: (body: string) => boolean): string[] =>
  rules.filter(({ body }) => isWrong(body)).map(({ where }) => where)

test('what only cuts off is no scroll container: `hidden` can be scrolled by the focus, and not back by the user', () => {
  expect(rules.length).toBeGreaterThan(300)
  expect(wrong((body) => /overflow(-x|-y)?:\s*hidden/.test(body))).toEqual([])
})

test('a scroll container holds what is positioned in it, so that nothing around it grows', () => {
  const scrolls = (body: string): boolean => /overflow(-x|-y)?:\s*(auto|scroll)/.test(body)
  expect(rules.filter(({ body }) => scrolls(body)).length).toBeGreaterThan(15)
  expect(wrong((body) => scrolls(body) && !/position:\s*(relative|absolute|fixed|sticky)/.test(body))).toEqual([])
})

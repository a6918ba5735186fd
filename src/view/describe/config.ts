import type { Fact } from './attributes'

/** Rows and depth beyond which a configuration is not written out. */
const most = { rows: 100, depth: 4 } as const

/**
 * The configuration of a Keras layer as rows: nested objects by a path of names, `kernel_initializer.seed`, an object of
 * a class by that class's name. What is null is left out.
 */
export function configFacts(config: unknown): Fact[] {
  const facts: Fact[] = []
  if (isRecord(config)) flatten(config, '', 0, facts)
  return facts.slice(0, most.rows)
}

function flatten(record: Readonly<Record<string, unknown>>, path: string, depth: number, facts: Fact[]): void {
  for (const [key, value] of Object.entries(record)) {
    if (facts.length >= most.rows || value === null || value === undefined) continue
    const name = path === '' ? key : `${path}.${key}`
    if (!isRecord(value) || depth >= most.depth) {
      facts.push({ name, value: configText(value) })
    } else if (typeof value.class_name === 'string') {
      facts.push({ name, value: value.class_name })
      if (isRecord(value.config)) flatten(value.config, name, depth + 1, facts)
    } else {
      flatten(value, name, depth + 1, facts)
    }
  }
}

function configText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(configText).join(', ')
  if (typeof value === 'string') return value === '' ? '(empty)' : value
  if (typeof value === 'number') return String(Number(value.toPrecision(7)))
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

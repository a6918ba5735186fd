/** An edge between two ids. */
export interface Link {
  readonly from: string
  readonly to: string
}

/**
 * Ids so ordered that each stands after what it depends on, branches staying together: the reverse of the order in
 * which a depth-first walk leaves them. Links that close a circle are passed over; links to unknown ids too.
 */
export function flowOrder(ids: readonly string[], links: readonly Link[]): string[] {
  const next = new Map<string, string[]>(ids.map((id) => [id, []]))
  const hasInput = new Set<string>()
  for (const { from, to } of links) {
    if (!next.has(from) || !next.has(to)) continue
    next.get(from)?.push(to)
    hasInput.add(to)
  }
  const left: string[] = []
  const seen = new Set<string>()
  const walk = (start: string) => {
    if (seen.has(start)) return
    seen.add(start)
    const path = [{ id: start, rest: [...(next.get(start) ?? [])] }]
    while (path.length > 0) {
      const top = path[path.length - 1]
      const following = top.rest.pop()
      if (following === undefined) {
        left.push(top.id)
        path.pop()
      } else if (!seen.has(following)) {
        seen.add(following)
        path.push({ id: following, rest: [...(next.get(following) ?? [])] })
      }
    }
  }
  // The walk left last comes first in the end, so it starts from the last sources.
  for (const id of ids.toReversed()) if (!hasInput.has(id)) walk(id)
  for (const id of ids) walk(id)
  return left.reverse()
}

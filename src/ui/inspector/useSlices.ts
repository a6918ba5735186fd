import { useEffect, useRef, useState } from 'react'
import { weightValues } from '../../store/model/weights'

/** Values asked for at once. */
const sliceLength = 1024
/** Milliseconds a place must be seen before its values are asked for, so that flying past asks for nothing. */
const restBefore = 40
/** Slices kept. */
const mostSlices = 64

type ValueSlice = readonly number[] | readonly string[]

/** The values of a weight as far as they have come: those of the lines seen are asked for, slice by slice. */
export function useSlices(
  id: string,
  elements: number,
  from: number,
  to: number,
): { readonly at: (position: number) => number | string | undefined; readonly failed: boolean } {
  const asked = useRef(new Set<number>())
  const [slices, setSlices] = useState<ReadonlyMap<number, ValueSlice>>(new Map())
  const [failed, setFailed] = useState(false)
  const first = Math.floor(from / sliceLength)
  const last = Math.floor(Math.max(from, Math.min(elements, to) - 1) / sliceLength)
  useEffect(() => {
    const ask = (slice: number): void => {
      if (asked.current.has(slice)) return
      asked.current.add(slice)
      weightValues(id, slice * sliceLength, sliceLength).then(
        (values) => setSlices((known) => withSlice(known, slice, values, asked.current)),
        () => setFailed(true),
      )
    }
    const timer = setTimeout(() => {
      for (let slice = first; slice <= last; slice++) ask(slice)
    }, restBefore)
    return () => clearTimeout(timer)
  }, [id, first, last])
  return { failed, at: (position) => slices.get(Math.floor(position / sliceLength))?.[position % sliceLength] }
}

/** With another slice, and without the one that came longest ago where there are too many. */
function withSlice(
  known: ReadonlyMap<number, ValueSlice>,
  slice: number,
  values: ValueSlice,
  asked: Set<number>,
): ReadonlyMap<number, ValueSlice> {
  const next = new Map(known).set(slice, values)
  const [oldest] = next.keys()
  if (next.size > mostSlices && oldest !== slice) {
    next.delete(oldest)
    asked.delete(oldest)
  }
  return next
}

import { useEffect, useState } from 'react'

interface Identified {
  readonly id: string
}

interface GradualState<T> {
  readonly wanted: readonly T[]
  readonly shown: readonly T[]
}

/**
 * A list that grows to the one wanted by `perFrame` new entries a frame, so that tasks stay short on a slow machine too.
 * What is drawn already stays, what is gone goes at once; where something stays, what is new waits for the next frame.
 */
export function useGradually<T extends Identified>(wanted: readonly T[], perFrame: number): readonly T[] {
  const [drawn, setDrawn] = useState<GradualState<T>>(() => ({ wanted, shown: admit(wanted, [], perFrame) }))
  // A new wish is followed in the same frame, so that nothing that is gone is drawn once more.
  if (drawn.wanted !== wanted) setDrawn({ wanted, shown: firstOf(wanted, drawn.shown, perFrame) })

  useEffect(() => {
    if (drawn.shown.length >= drawn.wanted.length) return
    const frame = requestAnimationFrame(() =>
      setDrawn((now) => ({ wanted: now.wanted, shown: admit(now.wanted, now.shown, perFrame) })),
    )
    return () => cancelAnimationFrame(frame)
  }, [drawn, perFrame])

  return drawn.shown
}

function firstOf<T extends Identified>(wanted: readonly T[], shown: readonly T[], perFrame: number): readonly T[] {
  const staying = admit(wanted, shown, 0)
  return staying.length > 0 ? staying : admit(wanted, [], perFrame)
}

/** Of `wanted`, what is shown already and the first few others. */
function admit<T extends Identified>(wanted: readonly T[], shown: readonly T[], perFrame: number): readonly T[] {
  const known = new Set(shown.map(({ id }) => id))
  let places = perFrame
  return wanted.filter(({ id }) => known.has(id) || places-- > 0)
}

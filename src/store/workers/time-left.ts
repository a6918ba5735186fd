/** How far a job was, and when. */
interface ProgressReading {
  readonly at: number
  readonly done: number
}

/** Milliseconds that are looked back: long enough to be steady, short enough to notice a change of pace. */
const lookBack = 10_000
/** Milliseconds before anything is said: the first things often take longest. */
const patience = 1_000

/**
 * Watches one kind of work and says how long the rest will take at its pace: null while that cannot be said. Each call is a
 * reading; a new kind of work, or another total, starts over.
 */
export function watchPace(): (what: string, done: number, total: number, now: number) => number | null {
  let kind = ''
  let readings: ProgressReading[] = []
  return (what, done, total, now) => {
    const thisKind = `${what} ${total}`
    const last = readings.at(-1)
    if (thisKind !== kind || (last && done < last.done)) readings = []
    kind = thisKind
    readings.push({ at: now, done })
    while (readings.length > 2 && readings[1].at < now - lookBack) readings.shift()
    const [first] = readings
    const [time, gone] = [now - first.at, done - first.done]
    return total > 0 && time >= patience && gone > 0 ? ((total - done) * time) / gone : null
  }
}

/** As people say it: `about 20 s left`. */
export function timeLeftText(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 4) return 'a few seconds left'
  if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} s left`
  if (seconds < 90) return 'about a minute left'
  return `about ${Math.round(seconds / 60)} minutes left`
}
